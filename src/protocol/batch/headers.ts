import { badRequest } from '../../error/index.js';

import type { Extent } from './multipart.js';

export interface Head {
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** Where the body begins: behind the empty line, or at the end. */
  readonly body: number;
}

export interface Line {
  readonly text: string;
  /** Where the next line begins. */
  readonly next: number;
}

const LINE_FEED = 10;
const MOST_LINES = 200;

/** Header lines up to an empty one; a line that begins with white space goes on with the one before. [RFC 5322 2.2] */
export function readHead(bytes: Buffer, { start, end }: Extent): Head {
  const headers = new Map<string, string>();
  let name: string | undefined;
  let at = start;
  for (let lines = 0; at < end; lines++) {
    const { text, next } = readLine(bytes, at, end);
    if (text === '') return { headers, body: next };
    if (lines === MOST_LINES)
      throw badRequest(`The headers at position ${String(start)} of the batch have too many lines.`, {
        position: start,
      });
    if (/^[ \t]/.test(text) && name !== undefined) headers.set(name, `${headers.get(name)!} ${text.trim()}`);
    else name = addHeader(headers, text, at);
    at = next;
  }
  return { headers, body: end };
}

/** One line without its line break. */
export function readLine(bytes: Buffer, start: number, end: number): Line {
  const feed = bytes.indexOf(LINE_FEED, start);
  const stop = feed < 0 || feed >= end ? end : feed;
  const text = bytes.toString('utf8', start, stop);
  return { text: text.endsWith('\r') ? text.slice(0, -1) : text, next: Math.min(stop + 1, end) };
}

/** Names are tokens, values may be anything but control characters; equal names are joined. [RFC 9110 5.3, 5.5] */
function addHeader(headers: Map<string, string>, line: string, position: number): string {
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(0, colon)).toLowerCase();
  const value = line.slice(colon + 1).trim();
  if (!isHeaderName(name) || !isHeaderValue(value)) {
    throw badRequest(
      `'${line.slice(0, 50)}' at position ${String(position)} of the batch is not a header such as 'Content-Type: application/http'.`,
      { position },
    );
  }
  const present = headers.get(name);
  headers.set(name, present === undefined ? value : `${present}, ${value}`);
  return name;
}

export function isHeaderName(text: string): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(text);
}

export function isHeaderValue(text: string): boolean {
  // oxlint-disable-next-line no-control-regex
  return !/[\u0000-\u0008\u000a-\u001f\u007f]/.test(text);
}
