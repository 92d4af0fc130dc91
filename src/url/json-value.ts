import { type Cursor, type Rule } from './cursor.js';
import { type Expression } from './tree.js';

/**
 * A JSON array or object; items and member values may be any expression.
 * Examples: `["red",'green']`, `{"Name":Customer/Name}`. [OData-ABNF arrayOrObject] [OData-URL 5.1.1.14.2]
 */
export function parseArrayOrObject(cursor: Cursor, expression: Rule<Expression>): Expression {
  cursor.enter();
  const value = cursor.code === 91 ? parseArray(cursor, expression) : parseObject(cursor, expression);
  cursor.leave();
  return value;
}

function parseArray(cursor: Cursor, expression: Rule<Expression>): Expression {
  const at = cursor.at();
  const items: Expression[] = [];
  cursor.index++;
  cursor.skipSpace();
  if (!cursor.skip(93)) {
    do {
      cursor.countItem(items);
      items.push(parseItem(cursor, expression));
    } while (cursor.skipComma());
    cursor.skipSpace();
    cursor.expect(93, "a comma or ']'");
  }
  return { kind: 'list', items, at };
}

function parseObject(cursor: Cursor, expression: Rule<Expression>): Expression {
  const at = cursor.at();
  const members: { readonly name: string; readonly value: Expression }[] = [];
  cursor.index++;
  cursor.skipSpace();
  if (!cursor.skip(125)) {
    do {
      cursor.countItem(members);
      if (cursor.code !== 34) cursor.fail('a member name in double quotes');
      const name = parseString(cursor);
      if (!cursor.skipSpaced(58)) cursor.fail('a colon');
      cursor.skipSpace();
      members.push({ name, value: parseItem(cursor, expression) });
    } while (cursor.skipComma());
    cursor.skipSpace();
    cursor.expect(125, "a comma or '}'");
  }
  return { kind: 'object', members, at };
}

function parseItem(cursor: Cursor, expression: Rule<Expression>): Expression {
  if (cursor.code !== 34) return expression(cursor);
  const at = cursor.at();
  cursor.countNode();
  return { kind: 'literal', type: 'string', text: parseString(cursor), at };
}

/** `"double quote (\") in value"` [OData-ABNF stringInUrl] */
function parseString(cursor: Cursor): string {
  const { text, index: start } = cursor;
  let end = start + 1;
  while (end < text.length && text.charCodeAt(end) !== 34) end += text.charCodeAt(end) === 92 ? 2 : 1;
  if (end >= text.length) cursor.fail('a closing double quote', text.length);
  cursor.index = end + 1;
  const content = text.slice(start + 1, end);
  if (!content.includes('\\')) return content;
  try {
    return JSON.parse(`"${content}"`) as string;
  } catch {
    return cursor.fail('a valid JSON string', start);
  }
}
