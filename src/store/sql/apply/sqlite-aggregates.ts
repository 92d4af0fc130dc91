import type { Kind } from '../kind.js';
import { integer, name, sql, type Sql } from '../sql.js';
import { unscaled } from '../sqlite/decimals.js';
import { CARRIED, carried, listed } from '../sqlite/long-numbers.js';
import { refusal } from '../sqlite/refusal.js';
import { inTables, table } from '../sqlite/steps.js';
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

const LIMB = 12;
const LIMBS_BEFORE_POINT = 3;
const LIMBS_BEHIND_POINT = 3;
const DIGITS_BEFORE_POINT = LIMB * LIMBS_BEFORE_POINT;
const DIGITS_BEHIND_POINT = LIMB * LIMBS_BEHIND_POINT;

const TOO_LONG = refusal(
  `summed decimals have more than ${DIGITS_BEFORE_POINT} digits before the point or ${DIGITS_BEHIND_POINT} behind it`,
);

/** Exact: limbs of twelve digits are summed up each for itself, and what they carry over is seen to afterwards. */
function decimalSum(value: Sql): Split {
  const sign = sql`CASE WHEN ${value} GLOB '-*' THEN -1 ELSE 1 END`;
  const point = sql`instr(${value} || '.', '.')`;
  const whole = sql`ltrim(substr(${value}, 1, ${point} - 1), '-')`;
  const padded = sql`substr(${ZEROS} || ${whole}, ${integer(-DIGITS_BEFORE_POINT)})`;
  const fraction = sql`substr(${value}, ${point} + 1) || ${ZEROS}`;
  const limbs = (digits: Sql, count: number): Sql[] =>
    Array.from({ length: count }, (_, index) => {
      const limb = sql`substr(${digits}, ${integer(index * LIMB + 1)}, ${integer(LIMB)})`;
      return sql`sum(${sign} * CAST(${limb} AS INTEGER))`;
    });
  const isLong = sql`length(${whole}) > ${integer(DIGITS_BEFORE_POINT)} OR length(${value}) - ${point} > ${integer(DIGITS_BEHIND_POINT)}`;
  const special = sql`CASE WHEN ${value} GLOB '*N*' THEN ${value} END`;
  return {
    parts: [
      sql`max(${special})`,
      sql`min(${special})`,
      sql`max(${isLong})`,
      ...limbs(padded, LIMBS_BEFORE_POINT),
      ...limbs(fraction, LIMBS_BEHIND_POINT),
    ],
    finish: ([most, least, hasLong, ...sums]) => {
      const list = sums.reduce((below, sum) => sql`${listed(sum)} || ${below}`, sql`''`);
      const tables = [table(name('c'), sql`SELECT ${list} AS l, 0 AS first`), carried(LIMB)];
      const exact = unscaled(inTables(tables, CARRIED), integer(DIGITS_BEHIND_POINT));
      return sql`CASE WHEN ${most!} IS NOT NULL THEN CASE WHEN ${least!} = ${most!} THEN ${most!} ELSE 'NaN' END WHEN ${hasLong!} THEN ${TOO_LONG} WHEN ${sums[0]!} IS NOT NULL THEN ${exact} END`;
    },
  };
}

const ZEROS = sql`'000000000000000000000000000000000000'`;
