import { suggestion } from '../error/index.js';
import { parseAggregateItems } from './aggregate.js';
import { parseArguments } from './arguments.js';
import { qualifiedNameEnd } from './characters.js';
import { parseComputeItems } from './compute.js';
import { type Cursor } from './cursor.js';
import { type NestedOptions, parseExpandItem } from './expand.js';
import { parseCommonExpression } from './expression.js';
import { parseGroupItems } from './group-by.js';
import { newOptions } from './option-builder.js';
import { parseOrderItems, skipDirection } from './order-by.js';
import { parseNamePath } from './name-path.js';
import { parseSearch } from './search.js';
import {
  type ExpandItem,
  type Expression,
  type HierarchyArgument,
  type NestedApply,
  type Transformation,
} from './tree.js';

type TransformationName = Exclude<Transformation['kind'], 'hierarchy' | 'function'> | HierarchyName;
type HierarchyName = (Transformation & { readonly kind: 'hierarchy' })['name'];

const names = [
  'addnested',
  'aggregate',
  'ancestors',
  'bottomcount',
  'bottompercent',
  'bottomsum',
  'compute',
  'concat',
  'descendants',
  'expand',
  'filter',
  'groupby',
  'identity',
  'join',
  'nest',
  'orderby',
  'outerjoin',
  'search',
  'skip',
  'top',
  'topcount',
  'toppercent',
  'topsum',
  'traverse',
] as const satisfies readonly TransformationName[];

const namesByText: ReadonlyMap<string, TransformationName> = new Map(names.map((name) => [name, name]));

/**
 * The value of `$apply`: transformations, each applied to the result of the one before it.
 * Example: `filter(Price gt 5)/groupby((Category),aggregate(Price with sum as Total))`.
 * [OData-Aggregation 3] [OData-ABNF applyExpr]
 */
export function parseApply(cursor: Cursor, nested: NestedOptions): readonly Transformation[] {
  const transformations: Transformation[] = [];
  cursor.enter();
  do {
    cursor.countNode();
    transformations.push(parseTransformation(cursor, nested));
  } while (cursor.skip(47));
  cursor.leave();
  return transformations;
}

function parseTransformation(cursor: Cursor, nested: NestedOptions): Transformation {
  const { text, index: start } = cursor;
  const at = cursor.at();
  const written = cursor.qualifiedName('a transformation');
  const name = namesByText.get(written) ?? namesByText.get(written.toLowerCase());
  if (name === 'identity') return { kind: name, at };
  if (name === undefined && !written.includes('.'))
    cursor.reject(`unknown transformation '${text.slice(start, cursor.index)}'.${suggestion(written, names)}`, start);
  cursor.expect(40, 'an opening parenthesis');
  cursor.skipSpace();
  if (name === undefined)
    return { kind: 'function', name: written, arguments: parseArguments(cursor, parseCommonExpression), at };
  const transformation = parseParameters(cursor, name, at, nested);
  cursor.close();
  return transformation;
}

function parseParameters(
  cursor: Cursor,
  name: Exclude<TransformationName, 'identity'>,
  at: number,
  nested: NestedOptions,
): Transformation {
  switch (name) {
    case 'aggregate':
      return { kind: name, items: parseAggregateItems(cursor, parseCommonExpression), at };
    case 'groupby':
      return {
        kind: name,
        properties: parseGroupItems(cursor, () => parseHierarchyArguments(cursor, nested)),
        apply: parseNextApply(cursor, nested),
        at,
      };
    case 'filter':
      return { kind: name, expression: parseCommonExpression(cursor), at };
    case 'search':
      return { kind: name, expression: parseSearch(cursor), at };
    case 'compute':
      return { kind: name, items: parseComputeItems(cursor), at };
    case 'orderby':
      return { kind: name, items: parseOrderItems(cursor), at };
    case 'top':
    case 'skip':
      return { kind: name, count: parseCommonExpression(cursor), at };
    case 'expand':
      return { kind: name, item: parseExpansion(cursor, nested), at };
    case 'concat':
      return { kind: name, branches: parseBranches(cursor, nested), at };
    case 'join':
    case 'outerjoin':
      return {
        kind: name,
        path: parseNamePath(cursor),
        alias: parseAlias(cursor),
        apply: parseNextApply(cursor, nested),
        at,
      };
    case 'nest':
      return { kind: name, nested: parseNested(cursor, nested), at };
    case 'addnested': {
      const path = parseNamePath(cursor);
      if (!cursor.skipComma()) cursor.fail('a comma and a sequence of transformations');
      return { kind: name, path, nested: parseNested(cursor, nested), at };
    }
    case 'ancestors':
    case 'descendants':
    case 'traverse':
      return { kind: 'hierarchy', name, arguments: parseHierarchyArguments(cursor, nested), at };
    default:
      return { kind: name, ...parseAmountAndMeasure(cursor), at };
  }
}

/** `, aggregate(…)`, if a comma stands here. */
function parseNextApply(cursor: Cursor, nested: NestedOptions): readonly Transformation[] {
  return cursor.skipComma() ? parseApply(cursor, nested) : [];
}

function parseAlias(cursor: Cursor): string {
  if (!cursor.skipKeyword('as')) cursor.fail("'as' and an alias");
  return cursor.identifier('an alias');
}

/** `filter(Amount gt 3) as Great,topcount(1,Amount) as Greatest` [OData-Aggregation 3.4.3, 3.5.2] */
function parseNested(cursor: Cursor, nested: NestedOptions): readonly NestedApply[] {
  const items: NestedApply[] = [];
  do {
    cursor.countItem(items);
    const at = cursor.at();
    items.push({ apply: parseApply(cursor, nested), alias: parseAlias(cursor), at });
  } while (cursor.skipComma());
  return items;
}

/** `topcount(2,Amount)`, `bottompercent(50,Amount)` [OData-Aggregation 3.3.1] */
function parseAmountAndMeasure(cursor: Cursor): { readonly amount: Expression; readonly measure: Expression } {
  const amount = parseCommonExpression(cursor);
  if (!cursor.skipComma()) cursor.fail('a comma and a measure');
  return { amount, measure: parseCommonExpression(cursor) };
}

/** `concat(identity,aggregate(…))` [OData-Aggregation 3.4.1] */
function parseBranches(cursor: Cursor, nested: NestedOptions): readonly (readonly Transformation[])[] {
  const branches = [parseApply(cursor, nested)];
  if (!cursor.skipComma()) cursor.fail('a comma and another sequence of transformations');
  do {
    cursor.countItem(branches);
    branches.push(parseApply(cursor, nested));
  } while (cursor.skipComma());
  return branches;
}

/** `expand(Sales,filter(Amount gt 3),expand(Product))`, which is the same as `Sales($filter=Amount gt 3;$expand=Product)`. */
function parseExpansion(cursor: Cursor, nested: NestedOptions): ExpandItem {
  cursor.enter();
  const item = parseExpandItem(cursor, nested);
  const options = { ...newOptions(), ...item.options };
  while (cursor.skipComma()) {
    const start = cursor.index;
    const name = cursor.identifier("'filter' or 'expand'").toLowerCase();
    cursor.expect(40, 'an opening parenthesis');
    cursor.skipSpace();
    const at = cursor.at();
    const inner = cursor.index;
    const written = () => cursor.text.slice(inner, cursor.index);
    if (name === 'filter' && options.filter === undefined)
      options.filter = { value: parseCommonExpression(cursor), text: written(), at };
    else if (name === 'expand') {
      const value = [...(options.expand?.value ?? []), parseExpansion(cursor, nested)];
      options.expand = { value, text: [options.expand?.text, written()].join(',').replace(/^,/, ''), at };
    } else cursor.fail("'filter' once or 'expand'", start);
    cursor.close();
  }
  cursor.leave();
  return { ...item, options };
}

/** `ancestors($root/Units,UnitHierarchy,ID,filter(contains(Name,'East')),keep start)` [OData-Aggregation 6.2] */
function parseHierarchyArguments(cursor: Cursor, nested: NestedOptions): readonly HierarchyArgument[] {
  const items: HierarchyArgument[] = [];
  do {
    cursor.countItem(items);
    items.push(parseHierarchyArgument(cursor, nested));
  } while (cursor.skipComma());
  return items;
}

function parseHierarchyArgument(cursor: Cursor, nested: NestedOptions): HierarchyArgument {
  const { text, index: start } = cursor;
  const end = qualifiedNameEnd(text, start);
  const word = text.slice(start, end).toLowerCase();
  if (word === 'identity' || (namesByText.has(word) && text.charCodeAt(end) === 40))
    return { kind: 'apply', apply: parseApply(cursor, nested) };
  const expression = parseCommonExpression(cursor);
  if (word === 'keep' && skipStart(cursor)) return { kind: 'keep' };
  const direction = skipDirection(cursor);
  return direction === undefined
    ? { kind: 'expression', expression }
    : { kind: 'order', items: [{ expression, direction }] };
}

function skipStart(cursor: Cursor): boolean {
  const before = cursor.index;
  cursor.skipSpace();
  const end = cursor.index + 5;
  if (cursor.text.slice(cursor.index, end).toLowerCase() === 'start') {
    cursor.index = end;
    return true;
  }
  cursor.index = before;
  return false;
}
