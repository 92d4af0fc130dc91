import { integer, join, name, sql, type Sql } from '../sql.js';
import { CARRIED, carried, carry, limbOf, limbsIn, listed, zeros } from './long-numbers.js';
import { table } from './steps.js';

/**
 * Long division of whole numbers, which are texts of digits without signs; the divisor is not zero. The dividend comes
 * in pieces of twelve digits. Each digit of the quotient, to the base of 10^12, is estimated with doubles: it is the
 * nearest to what remains, not the one below it, so that being off by one does no harm, and may be negative.
 */
const PIECE = 12;
const PIECE_ZEROS = sql`'000000000000'`;
const START = sql`-2`;
const IS_BEFORE_END = sql`i < pieces OR (i = pieces AND (s < 0 OR k > ${START}))`;

/**
 * The tables behind one named `w` with columns `x` and `y`. Of the last, `d`, each row whose `k` is `START` is at the start
 * of a piece `i`: there, `r` is what remains, with the sign `s`, and `l` lists the digits of the quotient. In between, limb
 * by limb, the piece is appended to what remains and the divisor taken away `q` times. What remains at the very end is
 * mended by a last turn where it is negative.
 */
export const divisionTables: readonly Sql[] = [
  table(
    name('e'),
    sql`SELECT x, y, (length(x) + ${integer(PIECE - 1)}) / ${integer(PIECE)} AS pieces, ${limbsIn(sql`length(y) + ${integer(PIECE)}`)} AS most FROM w`,
  ),
  table(name('d'), sql`${start()} UNION ALL SELECT ${turn()} FROM d WHERE ${IS_BEFORE_END}`),
];

function start(): Sql {
  const padded = sql`${zeros(sql`(pieces * ${integer(PIECE)} - length(x))`)} || x`;
  return sql`SELECT ${padded} AS x, y, pieces, most, 0 AS i, ${START} AS k, '' AS r, 1 AS s, 0 AS q, '' AS l, 0 AS v, 0 AS over, '' AS o, 0 AS under, '' AS u FROM e`;
}

function turn(): Sql {
  const piece = sql`substr(x, ${integer(PIECE)} * i + 1, ${integer(PIECE)})`;
  const at = (digits: Sql): Sql => limbOf(digits, sql`(k + 1)`);
  const [plus, minus] = [carry(sql`v + over`), carry(sql`under - v`)];
  const isEnd = sql`k > most`;
  const digits = sql`CASE WHEN over < 0 THEN ltrim(under || u, '0') ELSE ltrim(over || o, '0') END`;
  const shifted = sql`${digits} || CASE WHEN i + 1 < pieces THEN ${PIECE_ZEROS} ELSE '' END`;
  const atLimb = (value: Sql, initial: Sql, present: Sql): Sql =>
    sql`CASE WHEN k < 0 THEN ${initial} WHEN k <= most THEN ${value} ELSE ${present} END`;
  const columns = [
    sql`x, y, pieces, most, i + (${isEnd})`,
    sql`CASE WHEN ${isEnd} THEN ${START} ELSE k + 1 END`,
    sql`CASE WHEN ${isEnd} THEN ${shifted} ELSE r END`,
    sql`CASE WHEN ${isEnd} THEN CASE WHEN over < 0 THEN -1 ELSE 1 END ELSE s END`,
    sql`CASE WHEN k = ${START} THEN CASE WHEN i < pieces THEN ${estimate(sql`r`, piece, sql`y`)} ELSE -1 END ELSE q END`,
    sql`CASE WHEN ${isEnd} AND i < pieces THEN ${listed(sql`q`)} || l ELSE l END`,
    sql`s * ${at(sql`r`)} + ${at(piece)} - q * ${at(sql`y`)}`,
    atLimb(plus.beyond, sql`0`, sql`over`),
    atLimb(sql`${plus.digits} || o`, sql`''`, sql`o`),
    atLimb(minus.beyond, sql`0`, sql`under`),
    atLimb(sql`${minus.digits} || u`, sql`''`, sql`u`),
  ];
  return join(columns, ', ');
}

/** The tables behind these for the quotient. */
export const quotientTables: readonly Sql[] = [
  table(name('c'), sql`SELECT l, -(s < 0) AS first FROM d WHERE k = ${START} AND i = pieces`),
  carried(PIECE),
];

export const LONG_QUOTIENT = CARRIED;

/** What remains, perhaps as an empty text. */
export const LONG_REMAINDER = sql`(SELECT r FROM d WHERE k = ${START} AND i >= pieces AND s > 0)`;

/** The whole number nearest to a quotient, for all that doubles can tell: they have 15 digits, and it has no more than twelve. */
function estimate(rest: Sql, piece: Sql, divisor: Sql): Sql {
  const head = (digits: Sql): Sql => sql`CAST(substr(${digits}, 1, 17) AS REAL)`;
  const further = (digits: Sql): Sql => sql`max(length(${digits}) - 17, 0)`;
  const power = (exponent: Sql): Sql => sql`CAST('1e' || (${exponent}) AS REAL)`;
  const whole = sql`s * ${head(rest)} * ${power(sql`${further(rest)} - ${further(divisor)}`)}`;
  const part = sql`CAST(${piece} AS REAL) * ${power(sql`-${further(divisor)}`)}`;
  return sql`CAST(round((${whole} + ${part}) / ${head(divisor)}) AS INTEGER)`;
}
