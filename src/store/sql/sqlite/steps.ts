import { join, name, sql, type Sql } from '../sql.js';

/**
 * A computation in steps. Each is a list of columns that may use those of the step before it; the last is the result,
 * null where the condition on the first step does not hold. SQLite's parser takes few levels of nesting,
 * so steps stand beside each other; and it must not put them into one another again, which would compute the first ones
 * many times. Example: `inSteps(sql`v IS NOT NULL`, [sql`${x} AS v`, sql`v * v AS w`, sql`w + 1`])`.
 */
export function inSteps(condition: Sql, lists: readonly Sql[]): Sql {
  const where = lists.length === 2 ? sql` WHERE ${condition}` : sql``;
  const result = sql`${lists.at(-1)!} FROM ${step(lists.length - 2)}${where}`;
  return inTables(steps(condition, lists.slice(0, -1)), result);
}

/** Tables `s0`, `s1` and so on of one row, or none, for steps; further ones start behind those there are. */
export function steps(condition: Sql, lists: readonly Sql[], start = 0): readonly Sql[] {
  return lists.map((list, position) => {
    const index = start + position;
    const from = index === 0 ? sql`` : sql` FROM ${step(index - 1)}`;
    const where = index === 1 ? sql` WHERE ${condition}` : sql``;
    return table(step(index), sql`SELECT ${list}${from}${where}`);
  });
}

/** A table that is made once. */
export function table(name: Sql, select: Sql): Sql {
  return sql`${name} AS MATERIALIZED (${select})`;
}

/** A value out of some tables, each of which may use those before it and itself. */
export function inTables(tables: readonly Sql[], result: Sql): Sql {
  return sql`(WITH RECURSIVE ${join(tables, ', ')} SELECT ${result})`;
}

const STEPS = Array.from({ length: 24 }, (_, index) => name(`s${index}`));

export function step(index: number): Sql {
  return STEPS[index]!;
}
