import type { Expression } from '../expression.js';
import { edm } from './primitives.js';

/** What holds always. */
export const TRUE: Expression = { kind: 'literal', value: true, type: edm('Boolean') };

/** What holds never. */
export const FALSE: Expression = { kind: 'literal', value: false, type: edm('Boolean') };

export function isNotNull(left: Expression): Expression {
  const right: Expression = { kind: 'literal', value: null, type: undefined };
  return { kind: 'comparison', operator: 'ne', left, right, type: undefined };
}
