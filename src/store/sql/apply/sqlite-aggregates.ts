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
 * Exact with up to 18 digits on each side of the point: four integers of nine digits each are summed up, and what they
 * carry over is seen to afterwards. Other decimals have 15 digits.
 */
function decimalSum(value: Sql): Split {
  const sign = sql`CASE WHEN ${value} GLOB '-*' THEN -1 ELSE 1 END`;
  const point = sql`instr(${value} || '.', '.')`;
  const fraction = sql`substr(${value}, ${point} + 1) || '000000000000000000'`;
  const whole = sql`CAST(${value} AS INTEGER)`;
  const isLong = sql`${point} > 19 OR length(${value}) - ${point} > 18 OR ${value} GLOB '*N*'`;
  return {
    parts: [
      sql`sum(${whole} / 1000000000)`,
      sql`sum(${whole} % 1000000000)`,
      sql`sum(${sign} * CAST(substr(${fraction}, 1, 9) AS INTEGER))`,
      sql`sum(${sign} * CAST(substr(${fraction}, 10, 9) AS INTEGER))`,
      sql`max(${isLong})`,
      sql`max(${value} = 'NaN')`,
      sql`sum(${decimalToReal(value)})`,
    ],
    finish: ([a, b, c, d, isInexact, hasNaN, real]) =>
      sql`CASE WHEN ${isInexact!} THEN CASE WHEN ${hasNaN!} THEN 'NaN' ELSE coalesce(${realToDecimal(real!)}, 'NaN') END ELSE ${fromLimbs(a!, b!, c!, d!)} END`,
  };
}

/** What an integer has beyond nine digits, rounded down, and the rest, which is never negative. */
const carry = (limb: Sql): Sql => sql`(${limb} - ${rest(limb)}) / 1000000000`;
const rest = (limb: Sql): Sql => sql`((${limb} % 1000000000 + 1000000000) % 1000000000)`;

/** `a`, `b`, `c` and `d` are worth 10^9, 1, 10^-9 and 10^-18. The first pass finds the sign, the second the digits. */
function fromLimbs(a: Sql, b: Sql, c: Sql, d: Sql): Sql {
  return inSteps(sql`a IS NOT NULL`, [
    sql`${a} AS a, ${b} AS b, ${c} AS c, ${d} AS d`,
    sql`a, b, c + ${carry(sql`d`)} AS c, ${rest(sql`d`)} AS d`,
    sql`a, b + ${carry(sql`c`)} AS b, ${rest(sql`c`)} AS c, d`,
    sql`a + ${carry(sql`b`)} AS a, ${rest(sql`b`)} AS b, c, d`,
    sql`CASE WHEN a < 0 THEN -1 ELSE 1 END AS n, a, b, c, d`,
    sql`n, n * a AS a, n * b AS b, n * c + ${carry(sql`n * d`)} AS c, ${rest(sql`n * d`)} AS d`,
    sql`n, a, b + ${carry(sql`c`)} AS b, ${rest(sql`c`)} AS c, d`,
    sql`n, a + ${carry(sql`b`)} AS a, ${rest(sql`b`)} AS b, c, d`,
    sql`n, CASE a WHEN 0 THEN CAST(b AS TEXT) ELSE a || printf('%09d', b) END AS i, rtrim(printf('%09d%09d', c, d), '0') AS f`,
    sql`CASE WHEN n < 0 THEN '-' ELSE '' END || i || CASE f WHEN '' THEN '' ELSE '.' || f END`,
  ]);
}
