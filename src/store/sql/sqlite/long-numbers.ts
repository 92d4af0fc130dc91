import { integer, name, sql, type Sql } from '../sql.js';
import { table } from './steps.js';

/**
 * Whole numbers of any length as texts of digits, for SQLite has 64 bits only. A number is taken apart into limbs of six
 * digits; what a computation makes of each place is a coefficient of its own, and carrying over what is too much gives
 * the digits again. All of it stands in tables beside each other; see `steps.ts`.
 */
const LIMB = 6;

/** The limb at the place `k`, from the end on, of a text of digits. */
export function limbOf(digits: Sql, k: Sql): Sql {
  return sql`CAST(substr(${digits}, ${integer(-LIMB)} * (${k} + 1), ${integer(LIMB)}) AS INTEGER)`;
}

/** How many limbs some digits take, or a few more. */
export function limbsIn(length: Sql): Sql {
  return sql`(${length}) / ${integer(LIMB)} + 1`;
}

/** How a coefficient stands in a list of them: sign and nineteen digits are as many as 64 bits have. */
const WIDTH = 20;

/** A coefficient, to be put behind those of the places below it. */
export function listed(coefficient: Sql): Sql {
  return sql`printf('%0${integer(WIDTH)}d', ${coefficient})`;
}

/**
 * The tables behind one named `w` that has one row, or none: its column `most` says how many places there are, of which
 * each has a coefficient made of columns of `w` and of `n.k`. Their last, `r`, holds the number; see `CARRIED`.
 * Example: the coefficients 5 and -2 at the places 1 and 0 are `4999998`.
 */
export function fromCoefficients(coefficient: Sql): readonly Sql[] {
  return [
    table(name('n'), sql`SELECT 0 AS k, most FROM w UNION ALL SELECT k + 1, most FROM n WHERE k < most`),
    table(name('c'), sql`SELECT group_concat(${listed(coefficient)}, '' ORDER BY n.k) AS l, 0 AS first FROM n, w`),
    carried(LIMB),
  ];
}

/**
 * A table `r` that carries over the coefficients that a table `c` lists in `l`, to the lowest of which `first` is added.
 * Its columns are a place and its coefficient, then what is beyond the places before it and their digits, of the number
 * and of its opposite, one of which is not negative in the end. Whatever it needs stands in its own rows: SQLite would
 * make another table again for each of them.
 */
export function carried(digits: number): Sql {
  const plus = carry(sql`v + over`, digits);
  const minus = carry(sql`under - v`, digits);
  const at = (place: Sql): Sql => sql`CAST(substr(l, ${integer(WIDTH)} * ${place} + 1, ${integer(WIDTH)}) AS INTEGER)`;
  const start = sql`SELECT 0 AS k, l, ${at(sql`0`)} AS v, first AS over, '' AS o, -first AS under, '' AS u FROM c`;
  const next = sql`SELECT k + 1, l, ${at(sql`(k + 1)`)}, ${plus.beyond}, ${plus.digits} || o, ${minus.beyond}, ${minus.digits} || u FROM r WHERE ${integer(WIDTH)} * k < length(l)`;
  return table(name('r'), sql`${start} UNION ALL ${next}`);
}

/** The number that `r` comes to, without leading zeros. */
export const CARRIED = sql`(SELECT CASE WHEN over < 0 THEN '-' || ltrim(under || u, '0') ELSE coalesce(nullif(ltrim(over || o, '0'), ''), '0') END FROM r WHERE ${integer(WIDTH)} * k >= length(l))`;

/** The digits of a place, and what is beyond them, rounded down. */
export function carry(sum: Sql, digits: number = LIMB): { readonly digits: Sql; readonly beyond: Sql } {
  const base = integer(10 ** digits);
  const rest = sql`((${sum}) % ${base} + ${base}) % ${base}`;
  return { digits: sql`printf('%0${integer(digits)}d', ${rest})`, beyond: sql`((${sum}) - ${rest}) / ${base}` };
}

/** One more than a text of digits says, which starts with a zero; `kept` is what stands before the nines at its end. */
export function incremented(digits: Sql, kept: Sql): Sql {
  const next = sql`substr('123456789', substr(${kept}, -1) + 1, 1)`;
  return sql`ltrim(substr(${kept}, 1, length(${kept}) - 1) || ${next} || replace(substr(${digits}, length(${kept}) + 1), '9', '0'), '0')`;
}

export function zeros(count: Sql): Sql {
  return sql`substr(hex(zeroblob(${count})), 1, ${count})`;
}
