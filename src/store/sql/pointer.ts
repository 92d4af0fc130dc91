import type { JsonPlace } from './json-place.js';
import type { Scope } from './scope.js';
import { constant, EMPTY, integer, isEmpty, sql, type Sql } from './sql.js';

/** JSON Pointer of a declared place within its document, as a text, with ordinals that count from the beginning. [RFC 6901] */
export function pointerTo(place: JsonPlace, scope: Scope): Sql {
  const { pointer, steps } = place;
  const path: Sql[] = pointer === undefined ? [] : [pointer];
  let text = '';
  for (const [at, step] of steps.entries()) {
    if ('index' in step && step.index < 0) {
      if (text !== '') path.push(constant(text));
      path.push(ordinalFromEnd({ ...place, steps: steps.slice(0, at) }, step.index, scope));
      text = '';
    } else text += `/${'index' in step ? String(step.index) : step.name}`;
  }
  if (text !== '' || path.length === 0) path.push(constant(text));
  return path.reduce((before, each) => sql`${before} || ${each}`);
}

function ordinalFromEnd(array: JsonPlace, index: number, { dialect, newAlias }: Scope): Sql {
  const { table, condition } = dialect.json.items(array, newAlias());
  const length = sql`(SELECT count(*) FROM ${table}${isEmpty(condition) ? EMPTY : sql` WHERE ${condition}`})`;
  return sql`'/' || CAST(${length} + ${integer(index)} AS TEXT)`;
}
