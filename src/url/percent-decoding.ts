import { badRequest } from '../error/index.js';

/** Decoded text that remembers where its characters stood in the raw text. */
export interface DecodedText {
  readonly text: string;
  /** Raw offset of the first character. */
  readonly start: number;
  /** Raw offset of each character and of the end; absent where the text is the same as its raw form. */
  readonly offsets?: readonly number[];
}

/**
 * Decodes a part of a raw URL once. Example: `a%20b` is `a b`; in a query `+` is a space, too.
 * [OData-URL 2]
 */
export function decode(raw: string, start: number, end: number, plusIsSpace: boolean): DecodedText {
  for (let index = start; index < end; index++) {
    const code = raw.charCodeAt(index);
    if (code === 37 || code === 0 || (plusIsSpace && code === 43)) return decodeEscapes(raw, start, end, plusIsSpace);
  }
  return { text: raw.slice(start, end), start };
}

/** Text that was already decoded by the caller. */
export function decoded(text: string): DecodedText {
  return { text, start: 0 };
}

function decodeEscapes(raw: string, start: number, end: number, plusIsSpace: boolean): DecodedText {
  const offsets: number[] = [];
  let text = '';
  let index = start;
  while (index < end) {
    const code = raw.charCodeAt(index);
    if (code === 37) {
      const runEnd = escapesEnd(raw, index, end);
      const run = decodeRun(raw, index, runEnd);
      mapRun(run, index, offsets);
      text += run;
      index = runEnd;
    } else {
      if (code === 0) throw malformed(index, 'a NUL character is not allowed');
      offsets.push(index);
      text += plusIsSpace && code === 43 ? ' ' : raw[index]!;
      index++;
    }
  }
  offsets.push(end);
  return { text, start, offsets };
}

function escapesEnd(raw: string, start: number, end: number): number {
  let index = start;
  while (index + 2 < end && raw.charCodeAt(index) === 37) index += 3;
  return Math.max(index, Math.min(start + 3, end));
}

function decodeRun(raw: string, start: number, end: number): string {
  let text: string;
  try {
    text = decodeURIComponent(raw.slice(start, end));
  } catch {
    throw malformed(start, `malformed percent-encoding '${raw.slice(start, Math.min(end, start + 12))}'`);
  }
  if (text.includes('\0')) throw malformed(start, 'a NUL character is not allowed');
  return text;
}

/** Each UTF-16 unit of a decoded run stands where its UTF-8 escapes began; both halves of a pair at the same place. */
function mapRun(run: string, start: number, offsets: number[]): void {
  let offset = start;
  for (const character of run) {
    for (let unit = 0; unit < character.length; unit++) offsets.push(offset);
    offset += 3 * utf8Length(character.codePointAt(0)!);
  }
}

function utf8Length(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}

function malformed(position: number, problem: string) {
  return badRequest(`invalid URL: ${problem} at position ${position}`, { position });
}
