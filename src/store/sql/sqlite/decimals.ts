import { EMPTY, sql, type Sql } from '../sql.js';
import { incremented, zeros } from './long-numbers.js';
import { inSteps } from './steps.js';

/** SQLite has no decimal numbers. Here they are canonical texts such as `-12.5`, and `INF`, `-INF`, `NaN`. */

const PRESENT = sql`v IS NOT NULL`;

/** From a number `v` such as `-1.25e-07` to `-0.000000125`, in steps. */
const WITHOUT_EXPONENT = [
  sql`CASE WHEN v GLOB '-*' THEN '-' ELSE '' END AS s, instr(v || 'e', 'e') AS e, v`,
  sql`s, substr(v, length(s) + 1, e - 1 - length(s)) AS m, CAST(substr(v, e + 1) AS INTEGER) AS x`,
  sql`s, m, x, replace(m, '.', '') AS d, instr(m || '.', '.') - 1 + x AS p`,
  sql`s, CASE WHEN x = 0 THEN m WHEN p <= 0 THEN '0.' || ${zeros(sql`-p`)} || d ELSE substr(d || ${zeros(sql`p`)}, 1, p) || '.' || substr(d, p + 1) END AS u`,
  sql`s, CASE WHEN instr(u, '.') THEN rtrim(rtrim(u, '0'), '.') ELSE u END AS u`,
  sql`CASE u WHEN '0' THEN u ELSE s || u END`,
] as const;

/** A text that sorts as the decimal does: sign, number of digits before the point, digits; complements where negative. */
export function decimalKey(decimal: Sql): Sql {
  return inSteps(PRESENT, [
    sql`${decimal} AS v`,
    sql`v, instr(v || '.', '.') AS w, replace(replace(replace(v, '0', 'j'), '1', 'i'), '2', 'h') AS c`,
    sql`v, w, replace(replace(replace(c, '3', 'g'), '4', 'f'), '5', 'e') AS c`,
    sql`v, w, replace(replace(replace(replace(c, '6', 'd'), '7', 'c'), '8', 'b'), '9', 'a') AS c`,
    sql`CASE WHEN v = '-INF' THEN '0' WHEN v = 'INF' THEN '3' WHEN v = 'NaN' THEN '4' WHEN v GLOB '-*' THEN '1' || printf('%04d', 9999 - w) || c || '~' ELSE '2' || printf('%04d', w) || v END`,
  ]);
}

/** The key of a known decimal. */
export function decimalKeyOf(text: string): string {
  if (text === '-INF') return '0';
  if (text === 'INF') return '3';
  if (text === 'NaN') return '4';
  const width = `${text}.`.indexOf('.') + 1;
  if (!text.startsWith('-')) return `2${String(width).padStart(4, '0')}${text}`;
  const complement = text.replaceAll(/\d/g, (digit) => 'jihgfedcba'[Number(digit)]!);
  return `1${String(9999 - width).padStart(4, '0')}${complement}~`;
}

/** Infinite and huge decimals are infinite; the caller looks after NaN. */
export function decimalToReal(decimal: Sql): Sql {
  return sql`CASE ${decimal} WHEN 'INF' THEN 9e999 WHEN '-INF' THEN -9e999 ELSE CAST(${decimal} AS REAL) END`;
}

/** The decimal with the fewest digits that means the same double. */
export function doubleToDecimal(double: Sql): Sql {
  return inSteps(PRESENT, [
    sql`${double} AS v`,
    sql`v, CASE typeof(v) WHEN 'real' THEN printf('%.15g', v) END AS g, CASE typeof(v) WHEN 'real' THEN printf('%.16g', v) END AS h`,
    sql`CASE WHEN g IS NULL THEN CAST(v AS TEXT) WHEN v = 9e999 THEN 'INF' WHEN v = -9e999 THEN '-INF' WHEN CAST(g AS REAL) = v THEN g WHEN CAST(h AS REAL) = v THEN h ELSE printf('%!.17g', v) END AS v`,
    ...WITHOUT_EXPONENT,
  ]);
}

/** The decimal of a whole number, or of its digits, the last of which stand behind the point: 1250 and a scale of 2 give `12.5`. */
export function unscaled(whole: Sql, scale: Sql): Sql {
  return inSteps(PRESENT, [sql`${whole} AS v, ${scale} AS k`, ...stepsOfUnscaled(EMPTY), sql`t`]);
}

/** The same in steps, which keep some columns: from `v` and `k` to `t`. */
export function stepsOfUnscaled(kept: Sql): readonly Sql[] {
  return [
    sql`${kept}v GLOB '-*' AS s, ${zeros(sql`(k + 1)`)} || ltrim(v, '-') AS d, k`,
    sql`${kept}s, ltrim(substr(d, 1, length(d) - k), '0') AS i, CASE k WHEN 0 THEN '' ELSE rtrim(substr(d, -k), '0') END AS f`,
    sql`${kept}CASE WHEN s AND i || f <> '' THEN '-' ELSE '' END || CASE i WHEN '' THEN '0' ELSE i END || CASE f WHEN '' THEN '' ELSE '.' || f END AS t`,
  ];
}

export function roundDecimal(mode: 'round' | 'floor' | 'ceiling', decimal: Sql): Sql {
  return inSteps(PRESENT, [
    sql`${decimal} AS v`,
    sql`v, instr(v || '.', '.') AS p, v GLOB '-*' AS s`,
    sql`s, substr(v, s + 1, p - s - 1) AS i, substr(v, p + 1) AS f`,
    sql`s, i, ${AWAY_FROM_ZERO[mode]} AS up, '0' || i AS d`,
    sql`s, i, up, d, rtrim(d, '9') AS h`,
    sql`s, CASE WHEN up THEN ${incremented(sql`d`, sql`h`)} ELSE i END AS i`,
    sql`CASE WHEN s AND i <> '0' THEN '-' ELSE '' END || i`,
  ]);
}

/** The canonical decimal of a text of digits, without exponent; null for other texts. */
export function decimalFromText(text: Sql): Sql {
  return inSteps(PRESENT, [
    sql`${text} AS v`,
    sql`v GLOB '-*' AS s, substr(v, 1 + (v GLOB '[-+]*')) AS v`,
    sql`s, CASE WHEN v GLOB '[0-9]*' AND v GLOB '*[0-9]' AND v NOT GLOB '*[^0-9.]*' AND v NOT GLOB '*.*.*' THEN v END AS v`,
    sql`s, ltrim(substr(v, 1, instr(v || '.', '.') - 1), '0') AS i, rtrim(substr(v, instr(v || '.', '.') + 1), '0') AS f`,
    sql`s, CASE i WHEN '' THEN '0' ELSE i END || CASE f WHEN '' THEN '' ELSE '.' || f END AS v`,
    sql`CASE WHEN s AND v <> '0' THEN '-' ELSE '' END || v`,
  ]);
}

const AWAY_FROM_ZERO = { round: sql`f >= '5'`, floor: sql`s AND f <> ''`, ceiling: sql`NOT s AND f <> ''` };
