import { identifierEnd } from './characters.js';
import { type Cursor, type Rule } from './cursor.js';
import { type Argument, type Expression } from './tree.js';

/**
 * What stands behind an opening parenthesis, up to and with the closing one: a key predicate or the parameters of a
 * function. Examples: `1)`, `ID=1,Name='x')`, `a=@p)`, `)`.
 * [OData-ABNF keyPredicate, functionParameters, functionExprParameters]
 */
export function parseArguments(cursor: Cursor, value: Rule<Expression>): readonly Argument[] {
  const items: Argument[] = [];
  cursor.skipSpace();
  if (cursor.skip(41)) return items;
  do {
    cursor.countItem(items);
    const at = cursor.at();
    const name = nameBeforeEquals(cursor);
    items.push(name === undefined ? { value: value(cursor), at } : { name, value: value(cursor), at });
  } while (cursor.skipComma());
  cursor.close();
  return items;
}

function nameBeforeEquals(cursor: Cursor): string | undefined {
  const start = cursor.index;
  const end = identifierEnd(cursor.text, start);
  if (end === start || cursor.text.charCodeAt(end) !== 61) return undefined;
  cursor.index = end + 1;
  return cursor.text.slice(start, end);
}
