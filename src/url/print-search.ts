import { type SearchExpression } from './tree.js';

/** The text of a search expression, decoded. `AND` is always written. [OData-ABNF searchExpr] */
export function printSearch(search: SearchExpression): string {
  switch (search.kind) {
    case 'or':
      return `${printSearch(search.left)} OR ${search.right.kind === 'or' ? group(search.right) : printSearch(search.right)}`;
    case 'and':
      return `${operand(search.left, false)} AND ${operand(search.right, true)}`;
    case 'not':
      return `NOT ${operand(search.operand, true)}`;
    case 'word':
      return search.text === 'NOT' ? '(NOT)' : search.text;
    case 'phrase':
      return search.text === '' ? "('')" : `"${search.text.replaceAll(/["\\]/g, '\\$&')}"`;
    default:
      return search satisfies never;
  }
}

function operand(search: SearchExpression, isRight: boolean): string {
  return search.kind === 'or' || (isRight && search.kind === 'and') ? group(search) : printSearch(search);
}

function group(search: SearchExpression): string {
  return `(${printSearch(search)})`;
}
