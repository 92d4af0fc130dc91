import { type Cursor } from './cursor.js';
import { parseNamePath } from './name-path.js';
import { type GroupItem } from './tree.js';

const totalPattern = /(?:null|\$all)(?=[ \t]*[,)])/iy;

/** `(Category,rollup(null,Country,City))`, with its parentheses. [OData-ABNF groupbyList] [OData-Aggregation 3.2.3] */
export function parseGroupItems(cursor: Cursor): readonly GroupItem[] {
  const items: GroupItem[] = [];
  cursor.expect(40, 'an opening parenthesis');
  cursor.skipSpace();
  do {
    cursor.countItem(items);
    items.push(parseGroupItem(cursor));
  } while (cursor.skipComma());
  cursor.close();
  return items;
}

function parseGroupItem(cursor: Cursor): GroupItem {
  const at = cursor.at();
  const path = parseNamePath(cursor);
  const isRollup = path.length === 1 && path[0]!.toLowerCase() === 'rollup' && cursor.skip(40);
  return isRollup ? parseRollup(cursor, at) : { kind: 'path', path, at };
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
