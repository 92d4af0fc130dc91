import type { ImpliedType } from '../../plan/index.js';
import { portablePattern } from './pattern.js';
import { join, sql, value, type Sql } from './sql.js';

/**
 * Whether the name of a type goes without saying where it stands. `matches` says whether the path of the object that has it
 * matches a regular expression; paths are such as `$`, `$.Homes[2]` and `$."Häuser"[0].Main`.
 */
export function isImplied(types: readonly ImpliedType[], typeName: Sql, matches: (pattern: Sql) => Sql): Sql {
  const conditions = types.map(({ typeName: implied, member }) => {
    const isNamed = sql`${typeName} = ${value(implied)}`;
    return member === undefined
      ? isNamed
      : sql`(${isNamed} AND ${matches(sql`${value(portablePattern(endOf(member)))}`)})`;
  });
  return sql`(${join(conditions, ' OR ')})`;
}

function endOf(member: string): string {
  const start = member === '' ? String.raw`^\$` : String.raw`\."?${member}"?`;
  return String.raw`${start}(?:\[\d+\])?$`;
}
