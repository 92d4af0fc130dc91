import { JsonNumber, type JsonValue } from '../json.js';

const LONGEST_EXCERPT = 60;

/** Says what a value must be and what it is: `must be a GUID such as …, not 'abc'`. */
export function mismatch(expected: string, value: JsonValue): { readonly problem: string } {
  return { problem: `must be ${expected}, not ${excerpt(value)}` };
}

/** The value as a reader of an error message wants to see it: short, and told apart from the sentence around it. */
export function excerpt(value: JsonValue): string {
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'string') return `'${shorten(value)}'`;
  if (typeof value === 'object' && value !== null && !(value instanceof JsonNumber)) return 'an object';
  return shorten(String(value));
}

function shorten(text: string): string {
  return text.length <= LONGEST_EXCERPT ? text : `${text.slice(0, LONGEST_EXCERPT - 1)}…`;
}
