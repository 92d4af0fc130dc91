import type { Kind } from '../kind.js';
import { sql, type Sql } from '../sql.js';
import { decimalToReal, realToDecimal } from '../sqlite/decimals.js';
import { inSteps } from '../sqlite/steps.js';
import type { AggregateDialect, Split } from './aggregate-dialect.js';

/** Integers are INTEGER, decimals texts, doubles REAL or INTEGER or the text `NaN`. */
export function sqliteAggregates(ignoreCase: boolean): AggregateDialect {
  return {
    count: (count) => count,
    sum(value, kind) {
      switch (kind) {
        case 'integer':
          return integerSum(value);
        case 'double':
          return doubleSum(value);
        default:
          return decimalSum(value);
      }
    },
    extreme(method, value, _key, kind) {
      if (!COMPARABLE.has(kind) || (kind === 'string' && ignoreCase)) return undefined;
      return method === 'min' ? sql`min(${value})` : sql`max(${value})`;
    },
  };
}

/** Kinds whose values the database compares rightly. */
const COMPARABLE: ReadonlySet<Kind> = new Set([
  'boolean',
  'integer',
  'double',
  'string',
  'text',
  'date',
  'timeOfDay',
  'dateTime',
]);

/** SQLite fails where a sum of integers passes 64 bits. Halves do not; what does not fit together is null. */
function integerSum(value: Sql): Split {
  return {
    parts: [sql`sum(${value} >> 32)`, sql`sum(${value} & 4294967295)`],
    finish: ([high, low]) =>
      sql`CASE WHEN abs(${high!} + ${low!} / 4294967296) < 2147483648 THEN ${high!} * 4294967296 + ${low!} END`,
  };
}

function doubleSum(value: Sql): Split {
  return {
    parts: [sql`count(${value})`, sql`max(typeof(${value}) = 'text')`, sql`sum(${value} * 1.0)`],
    finish: ([count, hasNaN, sum]) =>
      sql`CASE WHEN ${count!} = 0 THEN NULL WHEN ${hasNaN!} THEN 'NaN' ELSE coalesce(${sum!}, 'NaN') END`,
  };
}

/**
 * Exact with up to 36 digits before the point and 24 behind it: five integers of twelve digits each are summed up, and
 * what they carry over is seen to afterwards. Other decimals have 15 digits.
 */
function decimalSum(value: Sql): Split {
  const sign = sql`CASE WHEN ${value} GLOB '-*' THEN -1 ELSE 1 END`;
  const point = sql`instr(${value} || '.', '.')`;
  const whole = sql`substr(${value}, 1, ${point} - 1)`;
  const padded = sql`substr(${ZEROS} || ltrim(${whole}, '-'), -36)`;
  const fraction = sql`substr(${value}, ${point} + 1) || ${ZEROS}`;
  const limb = (digits: Sql, from: Sql): Sql => sql`sum(${sign} * CAST(substr(${digits}, ${from}, 12) AS INTEGER))`;
  const isLong = sql`${point} > 37 OR length(${value}) - ${point} > 24 OR ${value} GLOB '*N*'`;
  return {
    parts: [
      limb(padded, sql`1`),
      limb(padded, sql`13`),
      limb(padded, sql`25`),
      limb(fraction, sql`1`),
      limb(fraction, sql`13`),
      sql`max(${isLong})`,
      sql`max(${value} = 'NaN')`,
      sql`sum(${decimalToReal(value)})`,
    ],
    finish: ([a, b, c, d, e, isInexact, hasNaN, real]) =>
      sql`CASE WHEN ${isInexact!} THEN CASE WHEN ${hasNaN!} THEN 'NaN' ELSE coalesce(${realToDecimal(real!)}, 'NaN') END ELSE ${fromLimbs([a!, b!, c!, d!, e!])} END`,
  };
}

const ZEROS = sql`'000000000000000000000000000000000000'`;

/** What an integer has beyond twelve digits, rounded down, and the rest, which is never negative. */
const carry = (limb: Sql): Sql => sql`(${limb} - ${rest(limb)}) / 1000000000000`;
const rest = (limb: Sql): Sql => sql`((${limb} % 1000000000000 + 1000000000000) % 1000000000000)`;

/** `a` to `e` are worth 10^24, 10^12, 1, 10^-12 and 10^-24. The first pass finds the sign, the second the digits. */
function fromLimbs([a, b, c, d, e]: readonly [Sql, Sql, Sql, Sql, Sql]): Sql {
  return inSteps(sql`a IS NOT NULL`, [
    sql`${a} AS a, ${b} AS b, ${c} AS c, ${d} AS d, ${e} AS e`,
    sql`a, b, c, d + ${carry(sql`e`)} AS d, ${rest(sql`e`)} AS e`,
    sql`a, b, c + ${carry(sql`d`)} AS c, ${rest(sql`d`)} AS d, e`,
    sql`a, b + ${carry(sql`c`)} AS b, ${rest(sql`c`)} AS c, d, e`,
    sql`CASE WHEN a + ${carry(sql`b`)} < 0 THEN -1 ELSE 1 END AS n, a + ${carry(sql`b`)} AS a, ${rest(sql`b`)} AS b, c, d, e`,
    sql`n, n * a AS a, n * b AS b, n * c AS c, n * d + ${carry(sql`n * e`)} AS d, ${rest(sql`n * e`)} AS e`,
    sql`n, a, b, c + ${carry(sql`d`)} AS c, ${rest(sql`d`)} AS d, e`,
    sql`n, a, b + ${carry(sql`c`)} AS b, ${rest(sql`c`)} AS c, d, e`,
    sql`n, a + ${carry(sql`b`)} AS a, ${rest(sql`b`)} AS b, c, d, e`,
    sql`n, ltrim(printf('%d%012d%012d', a, b, c), '0') AS i, rtrim(printf('%012d%012d', d, e), '0') AS f`,
    sql`CASE WHEN n < 0 THEN '-' ELSE '' END || CASE i WHEN '' THEN '0' ELSE i END || CASE f WHEN '' THEN '' ELSE '.' || f END`,
  ]);
}
