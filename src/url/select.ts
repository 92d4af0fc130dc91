import { identifierEnd } from './characters.js';
import { type Cursor, type Rule } from './cursor.js';
import { parseAnnotation } from './path-expression.js';
import { type QueryOptions, type SelectItem } from './tree.js';

/**
 * `*`, `ns.*`, `Address/City`, `Addresses($top=5;$filter=City eq 'X')`, `ns.function(a,b)`.
 * [OData-ABNF selectItem] [OData-URL 5.1.4]
 */
export function parseSelectItems(cursor: Cursor, nested: Rule<QueryOptions>): readonly SelectItem[] {
  const items: SelectItem[] = [];
  do {
    cursor.countItem(items);
    items.push(parseSelectItem(cursor, nested));
  } while (cursor.skipComma());
  return items;
}

function parseSelectItem(cursor: Cursor, nested: Rule<QueryOptions>): SelectItem {
  const at = cursor.at();
  const path: string[] = [];
  do {
    cursor.countNode();
    path.push(parsePathPart(cursor));
  } while (!path.at(-1)!.endsWith('*') && cursor.skip(47));
  if (path.at(-1)!.endsWith('*') || !cursor.skip(40)) return { path, at };
  cursor.skipSpace();
  return startsParameterName(cursor)
    ? { path, parameters: parseParameterNames(cursor), at }
    : { path, options: nested(cursor), at };
}

/** A property, a type cast, an operation, an annotation, `*` or `ns.*`. */
function parsePathPart(cursor: Cursor): string {
  if (cursor.skip(42)) return '*';
  if (cursor.code === 64) return `@${parseAnnotation(cursor).term}`;
  const name = cursor.qualifiedName('a property name');
  if (cursor.code !== 46 || cursor.text.charCodeAt(cursor.index + 1) !== 42) return name;
  cursor.index += 2;
  return `${name}.*`;
}

/** Options have an equals sign behind their name, parameters a comma or the closing parenthesis. */
function startsParameterName(cursor: Cursor): boolean {
  const end = identifierEnd(cursor.text, cursor.index);
  const next = cursor.text.charCodeAt(end);
  return end > cursor.index && (next === 44 || next === 41);
}

/** [OData-ABNF parameterNames] */
function parseParameterNames(cursor: Cursor): readonly string[] {
  const names: string[] = [];
  do {
    names.push(cursor.identifier('a parameter name'));
  } while (cursor.skipComma());
  cursor.close();
  return names;
}
