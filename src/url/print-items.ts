import { printExpression } from './print-expression.js';
import { type ComputeItem, type OrderItem } from './tree.js';

/** `Name,Price desc` */
export function printOrderItems(items: readonly OrderItem[]): string {
  return items
    .map(({ expression, direction }) => printExpression(expression) + (direction === 'desc' ? ' desc' : ''))
    .join(',');
}

/** `Price mul 2 as Double` */
export function printComputeItems(items: readonly ComputeItem[]): string {
  return items.map(({ expression, alias }) => `${printExpression(expression)} as ${alias}`).join(',');
}
