import type { ScalarType } from '../../edm/index.js';

import type { Expression } from '../expression.js';
import { edm } from './primitives.js';
import { TRUE } from './truth.js';

export { isNotNull } from './truth.js';

export function text(value: string): Expression {
  return { kind: 'literal', value, type: edm('String') };
}

/** Null where a part is. */
export function concatenated(parts: readonly Expression[]): Expression {
  const type = edm('String');
  if (parts.length === 0) return text('');
  return parts.reduce((left, right): Expression => ({
    kind: 'call',
    function: 'concat',
    arguments: [left, right],
    type,
  }));
}

/** So many characters of a text from a position on, or all of them. */
export function partOf(value: Expression, start: number, length?: number): Expression {
  const numbers = [start, ...(length === undefined ? [] : [length])];
  const literals = numbers.map((each): Expression => ({ kind: 'literal', value: each, type: edm('Int32') }));
  return { kind: 'call', function: 'substring', arguments: [value, ...literals], type: edm('String') };
}

/** The text of the first case that holds. */
export function casesOf(
  cases: readonly (readonly [condition: Expression, value: Expression])[],
  otherwise: Expression,
): Expression {
  const branches = [...cases, [TRUE, otherwise] as const].map(([condition, value]) => ({ condition, value }));
  return { kind: 'case', branches, type: edm('String') };
}

export function castTo(operand: Expression, type: ScalarType): Expression {
  return { kind: 'cast', operand, type };
}
