import { splitParts, type Extent } from '../../../src/protocol/batch/multipart.js';
import { readHead, readLine } from '../../../src/protocol/batch/headers.js';
import { parseMediaType } from '../../../src/protocol/batch/media-type.js';

import type { Answered, Library } from './library.js';

/** One request, or several that make a change set. */
export type Part = string | readonly string[];

/** Sends requests such as `1: GET Books`, where `1` is the Content-ID and may be missing; a body stands behind a line break. */
export function sendMultipart(library: Library, parts: readonly Part[], headers: Record<string, string> = {}) {
  const body = `${parts.map((part) => `--batch\n${typeof part === 'string' ? request(part) : changeSet(part)}\n`).join('')}--batch--`;
  return library.send('POST', '$batch', {
    headers: { 'Content-Type': 'multipart/mixed;boundary="batch"', ...headers },
    body,
  });
}

function changeSet(requests: readonly string[]): string {
  return `Content-Type: multipart/mixed; boundary=set\n\n${requests.map((each) => `--set\n${request(each)}\n`).join('')}--set--`;
}

function request(text: string): string {
  const [, id, line, body] = /^(?:([^ ]+): )?([^\n]*)(?:\n(.*))?$/s.exec(text)!;
  const head = `Content-Type: application/http${id === undefined ? '' : `\nContent-ID: ${id}`}`;
  return `${head}\n\n${line!} HTTP/1.1\nContent-Type: application/json\n\n${body ?? ''}`;
}

export interface PartAnswer {
  readonly id?: string;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly text: string;
}

/** The answers in a multipart answer; those of a change set in an array of their own. */
export function partsOf({ headers, text }: Answered): (PartAnswer | PartAnswer[])[] {
  const bytes = Buffer.from(text);
  return read(bytes, { start: 0, end: bytes.length }, headers.get('Content-Type'));
}

function read(bytes: Buffer, extent: Extent, contentType: string | undefined): (PartAnswer | PartAnswer[])[] {
  const boundary = parseMediaType(contentType).parameters.get('boundary')!;
  return splitParts(bytes, boundary, extent, 1000).map((part) => {
    const { headers, body } = readHead(bytes, part);
    const type = headers.get('content-type');
    if (type!.startsWith('multipart/')) return read(bytes, { start: body, end: part.end }, type) as PartAnswer[];
    const id = headers.get('content-id');
    return { ...(id === undefined ? {} : { id }), ...message(bytes, { start: body, end: part.end }) };
  });
}

function message(bytes: Buffer, { start, end }: Extent): PartAnswer {
  const { text, next } = readLine(bytes, start, end);
  const head = readHead(bytes, { start: next, end });
  return {
    status: Number(text.split(' ')[1]),
    headers: Object.fromEntries(head.headers),
    text: bytes.toString('utf8', head.body, end),
  };
}
