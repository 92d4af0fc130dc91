import type { Expression } from '../expression.js';
import { fault } from './fault.js';

/**
 * `matchesPattern` takes ECMAScript regular expressions [OData-URL 5.1.1.7.1]. Those that might take exponential time
 * are refused, and so is what databases do not know; what is known only with a row is left to the statement.
 */
export function checkPattern(pattern: Expression, at: number, maxLength: number): void {
  if (pattern.kind !== 'literal' || pattern.value === null) return;
  const text = String(pattern.value);
  if (text.length > maxLength) throw fault(`The pattern is longer than ${maxLength} characters`, at);
  if (!isRegularExpression(text)) throw fault(`'${excerpt(text)}' is not a regular expression`, at);
  const problem = unknownCharacter(text) ?? findProblem(text);
  if (problem !== undefined) throw fault(`The pattern '${excerpt(text)}' has ${problem}, which is refused`, at);
}

function isRegularExpression(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

/** An escape, a class, a group's begin or end, a quantifier, or any other character. */
const TOKEN =
  /\\.|\[(?:\\.|[^\]\\])*\]|\(\?<?[=!]|\((?:\?(?::|<[^>]*>))?|(?:[*+?]|\{(?<least>\d+)(?:(?<comma>,)(?<most>\d*))?\})\??|[^]/gu;

const MOST_REPETITIONS = 10;
const MOST_UNBOUNDED = 10;
/** The databases write repetitions out. */
const MOST_COPIES = 255;
const MOST_STATES = 5000;

interface Group {
  repeats: boolean;
  branches: boolean;
  /** How many states it takes with its repetitions written out. */
  size: number;
}

const ATOM: Group = { repeats: false, branches: false, size: 1 };
const newGroup = (): Group => ({ ...ATOM, size: 3 });

/**
 * A repeated group must neither repeat nor branch within: `(a+)+`, `(a|ab)*`. Groups repeated a few times may:
 * `(\d{1,3}\.){3}`.
 */
function findProblem(pattern: string): string | undefined {
  const open = [newGroup()];
  let closed = ATOM;
  let unbounded = 0;
  for (const { 0: token, groups = {} } of pattern.matchAll(TOKEN)) {
    const group = open.at(-1)!;
    const before = closed;
    closed = ATOM;
    const unknown = unknownIn(token);
    if (unknown !== undefined) return unknown;
    if (token.startsWith('(')) open.push(newGroup());
    else if (token === '|') {
      group.branches = true;
      group.size++;
    } else if (token === ')') {
      closed = open.pop()!;
      const around = open.at(-1)!;
      around.repeats ||= closed.repeats;
      around.branches ||= closed.branches;
      around.size += closed.size;
    } else if (/^[*+?{]/.test(token)) {
      const { least, most } = repetitions(token, groups);
      const copies = most === Infinity ? Math.max(least, 1) : most;
      if (copies > MOST_COPIES) return `more than ${String(MOST_COPIES)} repetitions`;
      group.size += before.size * copies + 1;
      if (group.size > MOST_STATES) return 'more repetitions than can be written out';
      if (most > MOST_REPETITIONS && before.repeats) return 'a repetition within a repetition';
      if (most > MOST_REPETITIONS && before.branches) return 'a choice within a repetition';
      if (most === Infinity && ++unbounded > MOST_UNBOUNDED) return 'too many repetitions';
      group.repeats ||= least !== most;
    } else group.size++;
  }
  return undefined;
}

const ESCAPE =
  /\\(?:x(?<byte>[\da-f]{2})|u\{(?<point>[\da-f]+)\}|u(?<unit>[\da-f]{4})(?:\\u(?<low>d[c-f][\da-f]{2}))?|(?<other>[^]))/giu;

/** No text has a NUL, or one of two surrogates alone. */
function unknownCharacter(pattern: string): string | undefined {
  for (const { groups = {} } of pattern.matchAll(ESCAPE)) {
    const { byte, point, unit, low, other } = groups;
    const code = Number.parseInt(byte ?? point ?? unit ?? '1', 16);
    if (other === '0' || code === 0) return 'a NUL, which no text has';
    const isHigh = code >= 0xd800 && code < 0xdc00;
    const isAlone = code >= 0xd800 && code < 0xe000 && !(isHigh && low !== undefined);
    if (isAlone || (low !== undefined && !isHigh)) return 'half of a character';
  }
  return undefined;
}

/** What databases do not know of regular expressions. */
function unknownIn(token: string): string | undefined {
  if (/^\\[1-9k]/.test(token)) return 'a back reference';
  if (/^\(\?<?[=!]/.test(token)) return 'a look-around';
  const escapes = [...token.matchAll(/\\(.)/gsu)].map(([, character]) => character!);
  if (escapes.some((character) => /[pP]/.test(character))) return 'a property of characters';
  return token === String.raw`\B` ? String.raw`a place that is no boundary of words (\B)` : undefined;
}

function repetitions(token: string, groups: { [name: string]: string | undefined }): { least: number; most: number } {
  if (token.startsWith('?')) return { least: 0, most: 1 };
  if (!token.startsWith('{')) return { least: 0, most: Infinity };
  const least = Number(groups['least']);
  if (groups['comma'] === undefined) return { least, most: least };
  return { least, most: groups['most'] === '' ? Infinity : Number(groups['most']) };
}

function excerpt(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
}
