import { JsonNumber, parseJson, type JsonObject, type JsonValue, type TypeReference } from '../edm/index.js';
import { badRequest } from '../error/index.js';
import type { Expression, Literal } from '../url/index.js';

import { aliasWithoutValue } from './bind/fault.js';
import type { Aliases } from './bind-key.js';

/** What an argument is read with. */
export interface ArgumentReading {
  readonly aliases: Aliases;
  /** Whether an alias without a value is refused rather than null. */
  readonly demandsAliasValues: boolean;
  /** The value of an expression that is no literal; 400 where it means nothing. */
  evaluate(expression: Expression): Promise<JsonValue>;
}

/**
 * An argument of a function call as the JSON value that a payload would hold, so that one validation serves both.
 * Text needs quotes and other values must have none, but for durations, whose prefix may be left out; an alias without a
 * value is null. [OData-URL 5.1.1.14, 5.3]
 */
export async function argumentValue(
  expression: Expression,
  reference: TypeReference | undefined,
  reading: ArgumentReading,
  open: readonly string[] = [],
): Promise<JsonValue> {
  const inner = (each: Expression): Promise<JsonValue> => argumentValue(each, undefined, reading, open);
  switch (expression.kind) {
    case 'literal':
      refuseQuotes(expression, reference);
      return literalValue(expression);
    case 'alias': {
      const { name, at } = expression;
      const value = reading.aliases.get(name);
      if (value === undefined && reading.demandsAliasValues) throw aliasWithoutValue(name, at);
      if (value === undefined) return null;
      if (open.includes(name)) throw badRequest(`The parameter alias '@${name}' refers to itself.`, { position: at });
      return argumentValue(value, reference, reading, [...open, name]);
    }
    case 'list': {
      const items: JsonValue[] = [];
      for (const item of expression.items) items.push(await inner(item));
      return items;
    }
    case 'object': {
      const object: JsonObject = {};
      for (const { name, value } of expression.members) object[name] = await inner(value);
      return object;
    }
    case 'unary':
      if (expression.operator === 'negate' && expression.operand.kind === 'literal')
        return literalValue({ ...expression.operand, text: `-${expression.operand.text}` });
      return reading.evaluate(expression);
    default:
      return reading.evaluate(expression);
  }
}

function literalValue({ type, text }: Literal): JsonValue {
  switch (type) {
    case 'null':
      return null;
    case 'boolean':
      return text.toLowerCase() === 'true';
    case 'integer':
    case 'decimal':
    case 'double':
      return /^[-+]?(INF|NaN)$/i.test(text) ? text : numberValue(text.replace(/^\+/, ''));
    default:
      return text;
  }
}

/** URL literals may leave out digits that JSON demands: `.5`. */
function numberValue(text: string): JsonValue {
  const value = Number(text);
  if (!Number.isFinite(value)) return new JsonNumber(text);
  return parseJson(text.replace(/^(-?)\./, '$10.').replace(/^(-?)0+(?=\d)/, '$1'));
}

function refuseQuotes({ type, at, text }: Literal, reference: TypeReference | undefined): void {
  if (reference === undefined || type === 'null' || reference.isCollection) return;
  const wantsText = reference.typeName === 'Edm.String';
  const isScalar = reference.typeName.startsWith('Edm.') && reference.typeName !== 'Edm.Duration';
  if (isScalar && wantsText !== (type === 'string')) {
    throw badRequest(`A value of type '${reference.typeName}' is expected, not '${text.slice(0, 60)}'.`, {
      position: at,
    });
  }
}
