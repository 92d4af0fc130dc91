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
  const problem = findProblem(text);
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

/**
 * A repeated group must neither repeat nor branch within: `(a+)+`, `(a|ab)*`. Groups repeated a few times may:
 * `(\d{1,3}\.){3}`.
 */
function findProblem(pattern: string): string | undefined {
  const open = [{ repeats: false, branches: false }];
  let closed = { repeats: false, branches: false };
  let unbounded = 0;
  for (const { 0: token, groups = {} } of pattern.matchAll(TOKEN)) {
    const group = open.at(-1)!;
    const before = closed;
    closed = { repeats: false, branches: false };
    if (/^\\[1-9k]/.test(token)) return 'a back reference';
    if (/^\(\?<?[=!]/.test(token)) return 'a look-around';
    if (token.startsWith('(')) open.push({ repeats: false, branches: false });
    else if (token === '|') group.branches = true;
    else if (token === ')') {
      closed = open.pop()!;
      open.at(-1)!.repeats ||= closed.repeats;
      open.at(-1)!.branches ||= closed.branches;
    } else if (/^[*+?{]/.test(token)) {
      const { least, most } = repetitions(token, groups);
      if (most > MOST_REPETITIONS && before.repeats) return 'a repetition within a repetition';
      if (most > MOST_REPETITIONS && before.branches) return 'a choice within a repetition';
      if (most === Infinity && ++unbounded > MOST_UNBOUNDED) return 'too many repetitions';
      group.repeats ||= least !== most;
    }
  }
  return undefined;
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
