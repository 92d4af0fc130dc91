import { isJsonObject, type JsonObject, type JsonValue, type Operation } from '../../edm/index.js';
import { ServiceError } from '../../error/index.js';
import { argumentValue, noOverload, overloadNamed, type OperationTarget } from '../../plan/index.js';
import { parseExpression, type QueryOptions } from '../../url/index.js';
import { urlLimits, type Limits } from '../limits.js';

export interface Call {
  readonly operation: Operation;
  /** Parameters by name as JSON values, not yet validated. */
  readonly parameters: JsonObject;
}

/**
 * The overload of a function whose parameter names are those given, inline or, where nothing stands behind the function,
 * as implicit aliases in the query. [OData-URL 4.5.2, 5.3; OData-Protocol 11.5.4.1]
 */
export function functionCall(target: OperationTarget, options: QueryOptions, limits: Limits): Call {
  const inline = target.arguments ?? [];
  const implicit = inline.length > 0 || target.rest.length > 0 ? [] : options.custom;
  const names = new Set([...inline.map((argument) => argument.name ?? ''), ...implicit.map((option) => option.name)]);
  const operation = overloadNamed(target.overloads, names);
  if (operation === undefined) throw noOverload(target.overloads, names);
  const parameters: JsonObject = {};
  for (const { name, value } of inline) {
    parameters[name!] = argumentValue(value, typeOf(operation, name!), options.aliases);
  }
  for (const { name, value } of implicit) parameters[name] = implicitValue(value, operation, name, options, limits);
  return { operation, parameters };
}

/** The overload of an action: bound ones differ by their binding type alone, which the path has settled. [CSDL-JSON 12.2] */
export function actionCall(target: OperationTarget, body: JsonValue | undefined): Call {
  const names = isJsonObject(body) ? Object.keys(body).filter((name) => !name.includes('@')) : [];
  const operation = overloadNamed(target.overloads, names) ?? target.overloads[0]!;
  return { operation, parameters: isJsonObject(body) ? body : {} };
}

function typeOf(operation: Operation, name: string) {
  return operation.parameters.find((parameter) => parameter.name.toLowerCase() === name.toLowerCase())?.reference;
}

/** Implicit aliases hold literals, or bare text for strings. */
function implicitValue(
  text: string,
  operation: Operation,
  name: string,
  options: QueryOptions,
  limits: Limits,
): JsonValue {
  const type = typeOf(operation, name);
  try {
    return argumentValue(parseExpression(text, urlLimits(limits)), type, options.aliases);
  } catch (error) {
    if (!(error instanceof ServiceError) || type?.typeName !== 'Edm.String') throw error;
    return text;
  }
}
