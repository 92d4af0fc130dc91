import type { Expression } from './expression.js';

/** Whether all conditions hold, or any of them; undefined where there are none. */
export function combine(operator: 'and' | 'or', conditions: readonly Expression[]): Expression | undefined {
  const [first, ...others] = conditions;
  return others.reduce<Expression | undefined>(
    (left, right) => left && { kind: 'logic', operator, left, right },
    first,
  );
}
