import { type Cursor } from './cursor.js';
import { parseCommonExpression } from './expression.js';
import { parseNamePath } from './name-path.js';
import { type AggregateItem } from './tree.js';

/**
 * `Price with sum as Total,$count as Number`, `Forecast`, `Amount with sum as Daily from Time with average`.
 * [OData-ABNF aggregateExpr] [OData-Aggregation 3.2.1]
 */
export function parseAggregateItems(cursor: Cursor): readonly AggregateItem[] {
  const items: AggregateItem[] = [];
  do {
    cursor.countItem(items);
    items.push(parseAggregateItem(cursor));
  } while (cursor.skipComma());
  return items;
}

function parseAggregateItem(cursor: Cursor): AggregateItem {
  const at = cursor.at();
  const expression = parseCommonExpression(cursor);
  const method = parseMethod(cursor);
  const early = parseFrom(cursor);
  const alias = cursor.skipKeyword('as') ? cursor.identifier('an alias') : undefined;
  const from = [...early, ...parseFrom(cursor)];
  return { expression, ...method, ...(alias === undefined ? {} : { alias }), from, at };
}

/** `with sum` [OData-ABNF aggregateWith] */
function parseMethod(cursor: Cursor): { readonly method?: string } {
  return cursor.skipKeyword('with') ? { method: cursor.qualifiedName('an aggregation method') } : {};
}

/** `from Customer with average from Time` [OData-ABNF aggregateFrom] */
function parseFrom(cursor: Cursor): AggregateItem['from'] {
  const from: AggregateItem['from'][number][] = [];
  while (cursor.skipKeyword('from')) {
    cursor.countItem(from);
    from.push({ path: parseNamePath(cursor), ...parseMethod(cursor) });
  }
  return from;
}
