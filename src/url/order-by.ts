import { type Cursor } from './cursor.js';
import { parseCommonExpression } from './expression.js';
import { type OrderItem } from './tree.js';

/** `Name,Price desc` [OData-ABNF orderbyItem] [OData-URL 5.1.5] */
export function parseOrderItems(cursor: Cursor): readonly OrderItem[] {
  const items: OrderItem[] = [];
  do {
    cursor.countItem(items);
    items.push(parseOrderItem(cursor));
  } while (cursor.skipComma());
  return items;
}

function parseOrderItem(cursor: Cursor): OrderItem {
  const expression = parseCommonExpression(cursor);
  return { expression, direction: skipDirection(cursor) ?? 'asc' };
}

/** Whitespace and `asc` or `desc`, if they stand here. */
export function skipDirection(cursor: Cursor): 'asc' | 'desc' | undefined {
  const start = cursor.index;
  if (cursor.skipSpace()) {
    const end = cursor.index + (cursor.code === 97 || cursor.code === 65 ? 3 : 4);
    const direction = cursor.text.slice(cursor.index, end).toLowerCase();
    if (direction === 'asc' || direction === 'desc') {
      cursor.index = end;
      return direction;
    }
  }
  cursor.index = start;
  return undefined;
}
