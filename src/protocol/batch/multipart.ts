import { badRequest } from '../../error/index.js';

/** A stretch of the body. */
export interface Extent {
  readonly start: number;
  readonly end: number;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const TAB = 9;
const DASH = 45;

/**
 * The parts between the boundaries; what stands before the first and behind the last one means nothing.
 * Lines may end with a bare line feed, and the closing boundary with the body. [RFC 2046 5.1.1]
 */
export function splitParts(bytes: Buffer, boundary: string, within: Extent, most: number): Extent[] {
  const parts: Extent[] = [];
  let start: number | undefined;
  for (const delimiter of delimiters(bytes.subarray(0, within.end), boundary, within.start)) {
    if (start !== undefined) parts.push({ start, end: Math.max(start, delimiter.lineBreak) });
    if (delimiter.isClosing) return parts;
    if (parts.length === most)
      throw badRequest(`Number of batch request steps exceeds the maximum value of ${String(most)}.`);
    start = delimiter.end;
  }
  if (start === undefined)
    throw badRequest(`The batch has no line '--${shown(boundary)}', though its Content-Type names that boundary.`, {
      position: within.start,
    });
  throw badRequest(`The batch ends without the line '--${shown(boundary)}--'.`, { position: within.end });
}

export function tooManyRequestsInBatch(most: number): Error {
  return badRequest(`Number of batch request steps exceeds the maximum value of ${String(most)}.`);
}

interface Delimiter {
  /** Where the line break before it begins: that belongs to the boundary, not to the part. */
  readonly lineBreak: number;
  readonly end: number;
  readonly isClosing: boolean;
}

/** Lines that consist of `--boundary` or `--boundary--`, perhaps with white space behind. */
function* delimiters(bytes: Buffer, boundary: string, start: number): Generator<Delimiter> {
  const dashed = Buffer.from(`--${boundary}`);
  let at = bytes.indexOf(dashed, start);
  while (at >= 0) {
    let end = at + dashed.length;
    if (at === start || bytes[at - 1] === LINE_FEED) {
      const isClosing = bytes[end] === DASH && bytes[end + 1] === DASH;
      if (isClosing) end += 2;
      while (bytes[end] === SPACE || bytes[end] === TAB) end++;
      const next = lineBreakEnd(bytes, end);
      if (next !== undefined) yield { lineBreak: lineBreakStart(bytes, at, start), end: next, isClosing };
    }
    at = bytes.indexOf(dashed, end);
  }
}

/** The offset behind the line break or the end that is here; undefined where something else is. */
function lineBreakEnd(bytes: Buffer, at: number): number | undefined {
  if (at === bytes.length) return at;
  if (bytes[at] === LINE_FEED) return at + 1;
  return bytes[at] === CARRIAGE_RETURN && bytes[at + 1] === LINE_FEED ? at + 2 : undefined;
}

function lineBreakStart(bytes: Buffer, at: number, start: number): number {
  if (at === start) return at;
  return at - 2 >= start && bytes[at - 2] === CARRIAGE_RETURN ? at - 2 : at - 1;
}

function shown(boundary: string): string {
  return boundary.slice(0, 100);
}
