import { type Cursor } from './cursor.js';
import { parseNamePath } from './name-path.js';
import { type GroupItem, type HierarchyArgument } from './tree.js';

const totalPattern = /(?:null|\$all)(?=[ \t]*[,)])/iy;

/** Reads the parameters that hierarchical transformations have too; here, so that groups need not know transformations. */
type ParseHierarchy = (cursor: Cursor) => readonly HierarchyArgument[];

/** `(Category,rollup(null,Country,City))`, with its parentheses. [OData-ABNF groupbyList] [OData-Aggregation 3.2.3] */
export function parseGroupItems(cursor: Cursor, parseHierarchy: ParseHierarchy): readonly GroupItem[] {
  const items: GroupItem[] = [];
  cursor.expect(40, 'an opening parenthesis');
  cursor.skipSpace();
  do {
    cursor.countItem(items);
    items.push(parseGroupItem(cursor, parseHierarchy));
  } while (cursor.skipComma());
  cursor.close();
  return items;
}

function parseGroupItem(cursor: Cursor, parseHierarchy: ParseHierarchy): GroupItem {
  const at = cursor.at();
  const path = parseNamePath(cursor);
  const word = path.length === 1 ? path[0]!.toLowerCase() : '';
  if (word === 'rollup' && cursor.skip(40)) return parseRollup(cursor, at);
  if (word !== 'rolluprecursive' || !cursor.skip(40)) return { kind: 'path', path, at };
  cursor.skipSpace();
  const item = { kind: word, arguments: parseHierarchy(cursor), at } as const;
  cursor.close();
  return item;
}

/** `rollup(Country,City)`; `null` or `$all` in front asks for the grand total as well. [OData-ABNF rollupSpec] */
function parseRollup(cursor: Cursor, at: number): GroupItem {
  cursor.skipSpace();
  const total = skipTotal(cursor);
  const paths: (readonly string[])[] = [];
  if (total && !cursor.skipComma()) cursor.fail('a comma and a property');
  do {
    cursor.countItem(paths);
    paths.push(parseNamePath(cursor));
  } while (cursor.skipComma());
  cursor.close();
  return { kind: 'rollup', total, paths, at };
}

function skipTotal(cursor: Cursor): boolean {
  totalPattern.lastIndex = cursor.index;
  if (!totalPattern.test(cursor.text)) return false;
  cursor.index = totalPattern.lastIndex;
  return true;
}
