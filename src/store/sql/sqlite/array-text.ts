import { join, sql, value, type Sql } from '../sql.js';

/** The JSON text of an array from those of its items. SQLite limits how deep expressions may be, so that it is put together in halves. */
export function arrayText(items: readonly Sql[]): Sql {
  return items.length === 0 ? sql`'[]'` : sql`('[' || ${listText(items)} || ']')`;
}

/** The JSON text of an object from those of its members. */
export function objectText(members: readonly (readonly [name: string, json: Sql])[]): Sql {
  const texts = members.map(([name, json]) => sql`${value(`${JSON.stringify(name)}:`)} || ${json}`);
  return texts.length === 0 ? sql`'{}'` : sql`('{' || ${listText(texts)} || '}')`;
}

const MOST_AT_ONCE = 50;

function listText(items: readonly Sql[]): Sql {
  if (items.length <= MOST_AT_ONCE) {
    const [first, ...others] = items;
    return sql`${first!}${join(
      others.map((item) => sql` || ',' || ${item}`),
      '',
    )}`;
  }
  const middle = Math.ceil(items.length / 2);
  return sql`(${listText(items.slice(0, middle))}) || ',' || (${listText(items.slice(middle))})`;
}
