import { parse as parseLosslessly } from 'lossless-json';

import { isExactNumber } from './primitive/decimal-digits.js';

/** A number of a JSON text that no double holds exactly; its digits are kept as they were written. */
export class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

/** What a JSON text means, with every digit of its numbers. */
export type JsonValue = null | boolean | number | string | JsonNumber | JsonValue[] | JsonObject;

export interface JsonObject {
  [member: string]: JsonValue;
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber);
}

/** A text that is not JSON, or that is JSON whose meaning is unclear. */
export class JsonSyntaxError extends Error {
  /** Zero-based offset into the text. */
  readonly position: number;

  constructor(message: string, position: number) {
    super(`${message} at position ${position}`);
    this.name = 'JsonSyntaxError';
    this.position = position;
  }
}

const DEEPEST_NESTING = 200;

/** With at most this many characters and no exponent, a number keeps all its digits in a double. */
const LONGEST_SAFE_NUMBER = 15;

const QUOTE = 0x22;
const MINUS = 0x2d;
const DOT = 0x2e;
const DIGIT_ZERO = 0x30;
const DIGIT_NINE = 0x39;
const COLON = 0x3a;
const OPENING_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSING_BRACKET = 0x5d;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

/** Reads a JSON text without losing a digit, a duplicate member or the place of an error. [RFC 8259] */
export function parseJson(text: string): JsonValue {
  const { memberCount, isSafe } = survey(text);
  const value = isSafe ? parseQuickly(text) : parseExactly(text);
  if (countMembers(value, text) !== memberCount) throw duplicateMember(text);
  return value;
}

/** Writes a JSON text; `JsonNumber`s keep their digits. */
export function writeJson(value: JsonValue): string {
  return hasJsonNumber(value) ? writeDigits(value) : JSON.stringify(value);
}

function hasJsonNumber(value: JsonValue): boolean {
  if (typeof value === 'number') requireFinite(value);
  if (typeof value !== 'object' || value === null) return false;
  if (value instanceof JsonNumber) return true;
  if (Array.isArray(value)) return value.some(hasJsonNumber);
  for (const name of Object.keys(value)) if (hasJsonNumber(value[name]!)) return true;
  return false;
}

function requireFinite(number: number): void {
  if (!Number.isFinite(number)) throw new RangeError(`JSON has no number ${number}.`);
}

function writeDigits(value: JsonValue): string {
  if (typeof value === 'number') requireFinite(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (value instanceof JsonNumber) return value.text;
  if (Array.isArray(value)) return `[${value.map(writeDigits).join(',')}]`;
  const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}:${writeDigits(member)}`);
  return `{${members.join(',')}}`;
}

/**
 * One pass over a text that may yet turn out not to be JSON. It keeps deep nesting away from the recursive parsers,
 * finds numbers that a double might not hold, and counts members, since duplicates vanish when they are parsed.
 */
function survey(text: string): { memberCount: number; isSafe: boolean } {
  let memberCount = 0;
  let isSafe = true;
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) index = endOfString(text, index);
    else if (code === COLON) memberCount++;
    else if (code === OPENING_BRACE || code === OPENING_BRACKET) {
      if (++depth > DEEPEST_NESTING)
        throw new JsonSyntaxError(`Objects and arrays are nested more than ${DEEPEST_NESTING} levels deep`, index);
    } else if (code === CLOSING_BRACE || code === CLOSING_BRACKET) depth--;
    else if (code === MINUS || isDigit(code)) {
      const start = index;
      while (isDigitOrDot(text.charCodeAt(index + 1))) index++;
      isSafe &&= index - start < LONGEST_SAFE_NUMBER && !isExponentMark(text.charCodeAt(index + 1));
    }
  }
  return { memberCount, isSafe };
}

/** Index of the closing quote, or the last index of a text that has none. */
function endOfString(text: string, openingQuote: number): number {
  let end = text.indexOf('"', openingQuote + 1);
  while (end > 0) {
    let beforeBackslashes = end - 1;
    while (text.charCodeAt(beforeBackslashes) === BACKSLASH) beforeBackslashes--;
    if ((end - beforeBackslashes) % 2 === 1) return end;
    end = text.indexOf('"', end + 1);
  }
  return text.length;
}

function isDigit(code: number): boolean {
  return code >= DIGIT_ZERO && code <= DIGIT_NINE;
}

function isDigitOrDot(code: number): boolean {
  return isDigit(code) || code === DOT;
}

function isExponentMark(code: number): boolean {
  return code === 0x65 || code === 0x45;
}

function parseQuickly(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    // The message of the engine may lack the position.
    return parseExactly(text);
  }
}

function parseExactly(text: string): JsonValue {
  try {
    return parseLosslessly(text, undefined, { parseNumber, onDuplicateKey: () => undefined }) as JsonValue;
  } catch (error) {
    const [, message = 'The text is not JSON', position = '0'] =
      /^(.*) at position (\d+)$/s.exec(error instanceof Error ? error.message : '') ?? [];
    throw new JsonSyntaxError(message, Number(position));
  }
}

function parseNumber(text: string): number | JsonNumber {
  return isExactNumber(text) ? Number(text) : new JsonNumber(text);
}

function countMembers(value: JsonValue, text: string): number {
  if (typeof value !== 'object' || value === null || value instanceof JsonNumber) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) count += countMembers(item, text);
    return count;
  }
  for (const name of Object.keys(value)) {
    if (name === '__proto__')
      throw new JsonSyntaxError("A member must not be called '__proto__'", positionOf(text, name));
    count += 1 + countMembers(value[name]!, text);
  }
  return count;
}

function positionOf(text: string, name: string): number {
  for (const member of memberNames(text)) if (member.name === name) return member.position;
  return 0;
}

function duplicateMember(text: string): JsonSyntaxError {
  const seen = new Map<number, Set<string>>();
  for (const { name, position, object } of memberNames(text)) {
    const names = seen.get(object) ?? new Set();
    if (names.has(name)) return new JsonSyntaxError(`The member '${name}' occurs twice in one object`, position);
    seen.set(object, names.add(name));
  }
  return new JsonSyntaxError('A member occurs twice in one object', 0);
}

/** The member names of a valid JSON text, each with the offset of the object that it belongs to. */
function* memberNames(text: string): Iterable<{ name: string; position: number; object: number }> {
  const open: number[] = [];
  let lastString: readonly [start: number, end: number] = [0, 0];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) {
      const start = index;
      index = endOfString(text, start);
      lastString = [start, index + 1];
    } else if (code === OPENING_BRACE) open.push(index);
    else if (code === CLOSING_BRACE) open.pop();
    else if (code === COLON) {
      const name = JSON.parse(text.slice(...lastString)) as string;
      yield { name, position: lastString[0], object: open.at(-1) ?? 0 };
    }
  }
}
