import { type Cursor } from './cursor.js';
import { parseCommonExpression } from './expression.js';
import { type ComputeItem } from './tree.js';

/** `Price mul Amount as Total,day(Date) as Day` [OData-ABNF computeItem] [OData-URL 5.1.10] */
export function parseComputeItems(cursor: Cursor): readonly ComputeItem[] {
  const items: ComputeItem[] = [];
  do {
    cursor.countItem(items);
    const at = cursor.at();
    const expression = parseCommonExpression(cursor);
    if (!cursor.skipKeyword('as')) cursor.fail("'as' and an alias");
    items.push({ expression, alias: cursor.identifier('an alias'), at });
  } while (cursor.skipComma());
  return items;
}
