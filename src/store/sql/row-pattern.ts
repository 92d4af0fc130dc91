import { portablePattern } from './pattern.js';
import type { Scope } from './scope.js';
import { constant, integer, join, name, sql, value, type Sql } from './sql.js';

/**
 * Regular expressions that are known only when a row is read. They are checked and translated by the statement itself, so
 * that they may have less than those that `portablePattern` reads: characters and escaped ones, `.`, `\d` and its kin
 * outside of classes, classes of characters and of ranges such as `a-f`, groups that do not stand within each other, and
 * `^` and `$` where an alternative begins or ends. Repetitions are bounded as for literals; counts have one digit.
 */

const LITERAL = String.raw`[^\\\^\$.*+?()\[\]{}|]`;
const ESCAPED = String.raw`\\[\\\^\$.*+?()\[\]{}|\/]`;
const CLASS_LITERAL = String.raw`[^\\\^\$.*+?()\[\]{}|\-]`;
const RANGE = rangesOf('0123456789', 'abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ');
const CLASS = String.raw`\[\^?(?:${RANGE}|${CLASS_LITERAL}|${ESCAPED}|\\-)+\]`;
const ATOM = String.raw`(?:${LITERAL}|${ESCAPED}|\\[dDwWsS]|\.|${CLASS})`;
const COUNT = String.raw`\{(?:[1-9]|${countsOf('0123456789')})\}`;
const BOUNDED = String.raw`(?:\?|${COUNT})\??`;
const UNBOUNDED = String.raw`(?:[*+]|\{[1-9],\})\??`;
const PIECE = `${ATOM}(?:${BOUNDED}|${UNBOUNDED})?`;
const OPEN = String.raw`\((?:\?:)?`;
/** What repeats or branches within may be repeated a few times, anything else without end. */
const GROUP = String.raw`(?:${OPEN}(?:${PIECE})*(?:\|(?:${PIECE})*)*\)(?:${BOUNDED})?|${OPEN}${ATOM}+\)${UNBOUNDED})`;
const BRANCH = String.raw`\^?(?:${PIECE}|${GROUP})*\$?`;

/** What a pattern of a row has to match. */
export const ROW_PATTERN = String.raw`^${BRANCH}(?:\|${BRANCH})*$`;

const MOST_UNBOUNDED = 10;

/** Each text with what it becomes, in this order: escaped characters come first, so that others mean something. */
const TRANSLATIONS: readonly (readonly [text: string, translation: string])[] = [
  ['\\\\', portablePattern('\\\\')],
  ...[...'^$.*+?()[]{}|/'].map((character) => [`\\${character}`, portablePattern(`\\${character}`)] as const),
  ['\\-', portablePattern('[\\-]').slice(1, -1)],
  ['(?:', '('],
  ['*?', '*'],
  ['+?', '+'],
  ['}?', '}'],
  ['??', '?'],
  ['.', portablePattern('.')],
  ...[...'dDwWsS'].map((letter) => [`\\${letter}`, portablePattern(`\\${letter}`)] as const),
];

/** Whether a text matches a pattern; null where the pattern is none of these, or too long. [OData-URL 5.1.1.7.1] */
export function matchesRowPattern(text: Sql, pattern: Sql, mostCharacters: number, { dialect }: Scope): Sql {
  const { matches } = dialect.strings;
  const isOne = matches(sql`v`, sql`${value(portablePattern(ROW_PATTERN))}`);
  const steps = [
    pattern,
    sql`CASE WHEN length(v) <= ${integer(mostCharacters)} THEN CASE WHEN ${isOne} THEN v END END`,
    ...TRANSLATIONS.map(([from, to]) => sql`replace(v, ${constant(from)}, ${constant(to)})`),
  ];
  const tables = steps.map((step, index) => {
    const from = index === 0 ? sql`` : sql` FROM ${tableOf(index - 1)}`;
    return sql`${tableOf(index)} AS (SELECT ${step} AS v${from})`;
  });
  const unbounded = sql`${countOf('*')} + ${countOf('+')} + ${countOf(',}')}`;
  const result = sql`CASE WHEN ${unbounded} <= ${integer(MOST_UNBOUNDED)} THEN ${matches(text, sql`v`)} END`;
  return sql`(WITH ${join(tables, ', ')} SELECT ${result} FROM ${tableOf(steps.length - 1)})`;
}

function tableOf(step: number): Sql {
  return name(`p${step}`);
}

/** How often a text stands in the pattern. */
function countOf(part: string): Sql {
  return sql`(length(v) - length(replace(v, ${constant(part)}, ''))) / ${integer(part.length)}`;
}

/** `a-f`, but not `f-a`. */
function rangesOf(...alphabets: readonly string[]): string {
  const ranges = alphabets.flatMap((alphabet) =>
    [...alphabet].map((first) => `${first}-[${first}-${alphabet.at(-1)!}]`),
  );
  return `(?:${ranges.join('|')})`;
}

/** `2,5`, but not `5,2` or `0,0`. */
function countsOf(digits: string): string {
  return [...digits].map((least) => `${least},[${least === '0' ? '1' : least}-9]`).join('|');
}
