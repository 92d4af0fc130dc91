import { JsonNumber, parseJson, type JsonObject, type JsonValue, type TypeReference } from '../edm/index.js';
import { badRequest } from '../error/index.js';
import type { Expression, Literal } from '../url/index.js';

import type { Aliases } from './bind-key.js';

/**
 * An argument of a function call as the JSON value that a payload would hold, so that one validation serves both.
 * Text needs quotes and other values must have none; an alias without a value is null. [OData-URL 5.1.1.14, 5.3]
 */
export function argumentValue(
  expression: Expression,
  reference: TypeReference | undefined,
  aliases: Aliases,
): JsonValue {
  switch (expression.kind) {
    case 'literal':
      refuseQuotes(expression, reference);
      return literalValue(expression);
    case 'alias': {
      const value = aliases.get(expression.name);
      if (value === undefined) return null;
      if (value.kind === 'alias')
        throw badRequest(`The parameter alias '@${expression.name}' leads to another alias.`, { position: value.at });
      return argumentValue(value, reference, aliases);
    }
    case 'list':
      return expression.items.map((item) => argumentValue(item, undefined, aliases));
    case 'object': {
      const object: JsonObject = {};
      for (const { name, value } of expression.members) object[name] = argumentValue(value, undefined, aliases);
      return object;
    }
    case 'unary':
      if (expression.operator === 'negate' && expression.operand.kind === 'literal')
        return literalValue({ ...expression.operand, text: `-${expression.operand.text}` });
      break;
    default:
  }
  throw badRequest('An argument of a function must be a literal, a JSON value or a parameter alias.', {
    position: expression.at,
  });
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
  const isScalar = reference.typeName.startsWith('Edm.');
  if (isScalar && wantsText !== (type === 'string')) {
    throw badRequest(`A value of type '${reference.typeName}' is expected, not '${text.slice(0, 60)}'.`, {
      position: at,
    });
  }
}
