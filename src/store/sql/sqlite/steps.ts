import { join, name, sql, type Sql } from '../sql.js';

/**
 * A computation in steps. Each is a list of columns that may use those of the step before it; the last is the result,
 * null where the condition on the first step does not hold. SQLite's parser takes few levels of nesting,
 * so steps stand beside each other; and it must not put them into one another again, which would compute the first ones
 * many times. Example: `inSteps(sql`v IS NOT NULL`, [sql`${x} AS v`, sql`v * v AS w`, sql`w + 1`])`.
 */
export function inSteps(condition: Sql, lists: readonly Sql[]): Sql {
  const steps = lists.slice(0, -1).map((list, index) => {
    const from = index === 0 ? sql`` : sql` FROM ${step(index - 1)}`;
    const where = index === 1 ? sql` WHERE ${condition}` : sql``;
    return sql`${step(index)} AS MATERIALIZED (SELECT ${list}${from}${where})`;
  });
  const where = lists.length === 2 ? sql` WHERE ${condition}` : sql``;
  return sql`(WITH ${join(steps, ', ')} SELECT ${lists.at(-1)!} FROM ${step(lists.length - 2)}${where})`;
}

const STEPS = Array.from({ length: 12 }, (_, index) => name(`s${index}`));

function step(index: number): Sql {
  return STEPS[index]!;
}
