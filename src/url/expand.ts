import { identifierEnd } from './characters.js';
import { type Cursor } from './cursor.js';
import { parseAnnotation } from './path-expression.js';
import { noOptions } from './option-builder.js';
import { type ExpandItem, type QueryOptions } from './tree.js';

/** Reads options in parentheses of which only some are allowed; the cursor stands behind the opening one. */
export type NestedOptions = (cursor: Cursor, allowed: ReadonlySet<string>) => QueryOptions;

const countOptions = new Set(['filter', 'search']);
const referenceOptions = new Set([...countOptions, 'orderby', 'skip', 'top', 'count']);
const entityOptions = new Set([...referenceOptions, 'select', 'expand', 'compute', 'apply', 'levels', '@']);
const starOptions = new Set(['levels']);
const none: ReadonlySet<string> = new Set();

/**
 * `Items`, `*`, `Orders/$ref`, `Items($select=Name;$expand=Product)`, `ns.Employee/Manager($levels=max)`.
 * [OData-ABNF expandItem] [OData-URL 5.1.3]
 */
export function parseExpandItems(cursor: Cursor, nested: NestedOptions): readonly ExpandItem[] {
  const items: ExpandItem[] = [];
  do {
    cursor.countItem(items);
    items.push(parseExpandItem(cursor, nested));
  } while (cursor.skipComma());
  return items;
}

/** [OData-ABNF expandPath] */
export function parseExpandItem(cursor: Cursor, nested: NestedOptions): ExpandItem {
  const at = cursor.at();
  const path: string[] = [];
  let as: ExpandItem['as'] = 'entities';
  do {
    cursor.countNode();
    if (cursor.code === 36) as = parseSuffix(cursor, path);
    else path.push(parsePathPart(cursor));
  } while (as === 'entities' && cursor.skip(47));
  const options = cursor.skip(40) ? nested(cursor, allowedOptions(as, path)) : noOptions;
  return { path, as, options, at };
}

function allowedOptions(as: ExpandItem['as'], path: readonly string[]): ReadonlySet<string> {
  const isStar = path.at(-1) === '*';
  switch (as) {
    case 'entities':
      return isStar ? starOptions : entityOptions;
    case 'references':
      return isStar ? none : referenceOptions;
    case 'count':
      return countOptions;
    case 'stream':
      return none;
    default:
      return as satisfies never;
  }
}

function parsePathPart(cursor: Cursor): string {
  if (cursor.skip(42)) return '*';
  if (cursor.code === 64) return `@${parseAnnotation(cursor).term}`;
  return cursor.qualifiedName('a navigation property');
}

/** `$ref` and `$count` behind a path, or `$value` alone. */
function parseSuffix(cursor: Cursor, path: string[]): ExpandItem['as'] {
  const start = cursor.index;
  cursor.index = identifierEnd(cursor.text, start + 1);
  const word = cursor.text.slice(start, cursor.index);
  if (path.length > 0 && word === '$ref') return 'references';
  if (path.length > 0 && word === '$count' && path.at(-1) !== '*') return 'count';
  if (path.length > 0 || word !== '$value') return cursor.fail('a navigation property, $ref or $count', start);
  path.push(word);
  return 'stream';
}
