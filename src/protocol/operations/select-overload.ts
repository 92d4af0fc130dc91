import {
  isJsonObject,
  parseJson,
  type JsonObject,
  type JsonValue,
  type Operation,
  type TypeReference,
} from '../../edm/index.js';
import { badRequest, ServiceError } from '../../error/index.js';
import {
  argumentValue,
  noOverload,
  overloadNamed,
  planArgument,
  type ArgumentReading,
  type OperationTarget,
} from '../../plan/index.js';
import type { Reader } from '../../store/index.js';
import { parseExpression, type Argument, type Expression, type QueryOptions } from '../../url/index.js';
import type { Exchange } from '../exchange.js';
import { urlLimits } from '../limits.js';

import { planContextOf } from '../plan-context.js';

/** Works out an expression. */
type Evaluate = Reader['evaluate'];

export interface Call {
  readonly operation: Operation;
  /** Parameters by name as JSON values, not yet validated; those that are expressions are worked out. */
  parameters(evaluate: Evaluate): Promise<JsonObject>;
}

/**
 * The overload of a function whose parameter names are those given, inline or, where nothing stands behind the function,
 * as implicit aliases in the query. [OData-URL 4.5.2, 5.3; OData-Protocol 11.5.4.1]
 */
export function functionCall(exchange: Exchange<OperationTarget>, options: QueryOptions = exchange.tree.options): Call {
  const { target } = exchange;
  const inline = target.arguments ?? [];
  const implicit = inline.length > 0 || target.rest.length > 0 ? [] : implicitArguments(target, options);
  const names = new Set([...inline.map((argument) => argument.name ?? ''), ...implicit.map(({ name }) => name)]);
  const operation = overloadNamed(target.overloads, names);
  if (operation === undefined) throw noOverload(target.overloads, names);
  return {
    operation,
    async parameters(evaluate) {
      const reading = readingOf(exchange, evaluate);
      const parameters: JsonObject = {};
      for (const { name, value } of inline)
        parameters[name!] = await argumentValue(value, typeOf(operation, name!), reading);
      for (const { name, value } of implicit)
        parameters[name] =
          typeof value === 'string'
            ? await implicitValue(value, typeOf(operation, name), exchange)
            : await argumentValue(value, typeOf(operation, name), reading);
      return parameters;
    },
  };
}

interface Implicit {
  readonly name: string;
  /** Text that is no expression yet, or the value of an alias. */
  readonly value: string | Expression;
}

/** `EmployeesByManager?ManagerID=3`, or `?@ManagerID=3`. [OData-Protocol 11.5.4.1.1] */
function implicitArguments({ overloads, arguments: written }: OperationTarget, options: QueryOptions): Implicit[] {
  if (written !== undefined) return [...options.custom];
  const isParameter = (name: string): boolean => overloads.some((each) => typeOf(each, name) !== undefined);
  const aliases = [...options.aliases].filter(([name]) => isParameter(name));
  return [...options.custom, ...aliases.map(([name, value]) => ({ name, value }))];
}

function readingOf(exchange: Exchange<OperationTarget>, evaluate: Evaluate): ArgumentReading {
  const context = planContextOf(exchange);
  return {
    aliases: context.aliases,
    demandsAliasValues: context.demandsAliasValues === true,
    async evaluate(tree) {
      const plan = planArgument(tree, exchange.target.binding, context);
      const value = plan === undefined ? null : await evaluate(plan.expression);
      if (value === null) return null;
      return parseJson(plan!.type === undefined ? String(value) : plan!.type.toJson(value, false));
    },
  };
}

/** The overload of an action: bound ones differ by their binding type alone, which the path has settled. [CSDL-JSON 12.2] */
export function actionCall(target: OperationTarget, body: JsonValue | undefined): Call {
  const names = isJsonObject(body) ? Object.keys(body).filter((name) => !name.includes('@')) : [];
  const operation = overloadNamed(target.overloads, names) ?? target.overloads[0]!;
  return { operation, parameters: () => Promise.resolve(isJsonObject(body) ? body : {}) };
}

function typeOf(operation: Operation, name: NonNullable<Argument['name']>): TypeReference | undefined {
  return operation.nonBindingParameters.find((parameter) => parameter.name.toLowerCase() === name.toLowerCase())
    ?.reference;
}

/** Bare text is that of a string; all else must be a literal, since a name might be such text as well. */
async function implicitValue(
  text: string,
  type: TypeReference | undefined,
  { parts, tree }: Exchange,
): Promise<JsonValue> {
  const { aliases } = tree.options;
  const { limits, demandsAliasValues } = parts.profile;
  const evaluate = (): never => {
    throw badRequest('The value of a parameter in the query must be a literal or a JSON value, unless it has an @.');
  };
  try {
    return await argumentValue(parseExpression(text, urlLimits(limits)), type, {
      aliases,
      demandsAliasValues,
      evaluate,
    });
  } catch (error) {
    if (!(error instanceof ServiceError) || type?.typeName !== 'Edm.String') throw error;
    return text;
  }
}
