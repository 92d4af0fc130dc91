import { type Cursor, type Rule } from './cursor.js';
import { parseNamePath } from './name-path.js';
import { type AggregateItem, type Expression } from './tree.js';

/**
 * `Price with sum as Total,$count as Number`, `Forecast`, `Amount with sum as Daily from Time with average`.
 * [OData-ABNF aggregateExpr] [OData-Aggregation 3.2.1]
 */
export function parseAggregateItems(cursor: Cursor, expression: Rule<Expression>): readonly AggregateItem[] {
  const items: AggregateItem[] = [];
  do {
    cursor.countItem(items);
    items.push(parseAggregateItem(cursor, expression));
  } while (cursor.skipComma());
  return items;
}

function parseAggregateItem(cursor: Cursor, parse: Rule<Expression>): AggregateItem {
  const at = cursor.at();
  const expression = parse(cursor);
  const method = parseMethod(cursor);
  const early = parseFrom(cursor, true);
  const alias = cursor.skipKeyword('as') ? cursor.identifier('an alias') : undefined;
  const from = [...early, ...parseFrom(cursor, alias === undefined)];
  return { expression, ...method, ...(alias === undefined ? {} : { alias }), from, at };
}

/** `(Amount with sum)`, with the cursor at the parenthesis: the function that makes one value of a collection. [OData-Aggregation 3.6.1] */
export function parseAggregateFunction(cursor: Cursor, parse: Rule<Expression>): AggregateItem {
  cursor.enter();
  cursor.index++;
  cursor.skipSpace();
  const at = cursor.at();
  const expression = parse(cursor);
  const item = { expression, ...parseMethod(cursor), from: parseFrom(cursor, true), at };
  cursor.close();
  cursor.leave();
  return item;
}

/** `with sum` [OData-ABNF aggregateWith] */
function parseMethod(cursor: Cursor): { readonly method?: string } {
  return cursor.skipKeyword('with') ? { method: cursor.qualifiedName('an aggregation method') } : {};
}

/**
 * `from Customer,Product with average from Time`. As such an expression ends in an alias, a comma goes on with the paths
 * until there is one. [OData-ABNF aggregateFrom] [OData-Aggregation 3.2.1.6]
 */
function parseFrom(cursor: Cursor, needsAlias: boolean): AggregateItem['from'] {
  const from: AggregateItem['from'][number][] = [];
  while (cursor.skipKeyword('from')) {
    cursor.countItem(from);
    const paths = [parseNamePath(cursor)];
    let method = parseMethod(cursor);
    const isNext = (): boolean => needsAlias && method.method === undefined && cursor.skipComma();
    while (isNext()) {
      cursor.countItem(paths);
      paths.push(parseNamePath(cursor));
      method = parseMethod(cursor);
    }
    from.push({ paths, ...method });
  }
  return from;
}
