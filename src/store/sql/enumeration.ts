import type { EnumType } from '../../edm/index.js';
import { constant, integer, join, once, sql, type Sql } from './sql.js';

/** The number of an enumeration value; null for what is no member. Flags that are set together are summed up. */
export function numberOfMember(value: Sql, type: EnumType): Sql {
  const branches = type.members.map((member) => sql` WHEN ${constant(member.name)} THEN ${integer(member.value)}`);
  if (branches.length === 0) return sql`NULL`;
  if (!type.isFlags) return sql`CASE ${value}${join(branches, '')} END`;
  return once(value, (v) => {
    const list = sql`(',' || ${v} || ',')`;
    const terms = type.members.map((member, index) => {
      const without = sql`replace(${list}, ${constant(`,${member.name},`)}, '')`;
      return sql`${index === 0 ? sql`` : sql` + `}CASE WHEN ${without} <> ${list} THEN ${integer(member.value)} ELSE 0 END`;
    });
    return sql`CASE ${v}${join(branches, '')} ELSE ${join(terms, '')} END`;
  });
}

/** The member of a number; null where there is none. */
export function memberOfNumber(number: Sql, type: EnumType): Sql {
  const branches = type.members.map((member) => sql` WHEN ${integer(member.value)} THEN ${constant(member.name)}`);
  return branches.length === 0 ? sql`NULL` : sql`CASE ${number}${join(branches, '')} END`;
}
