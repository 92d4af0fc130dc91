import { badRequest } from '../../error/index.js';

import type { WholeAnswer } from './batch-answer.js';
import { readHead, readLine } from './headers.js';
import type { Extent } from './multipart.js';
import { reasonPhrase } from './reason-phrase.js';

/** A request as `application/http` has it. [RFC 9112 2.1] */
export interface RequestMessage {
  readonly method: string;
  readonly url: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array | undefined;
}

/** `GET Products(1) HTTP/1.1`, headers, an empty line, the body. The version may be missing, blanks in the URL may be raw. */
export function readRequestMessage(bytes: Buffer, extent: Extent): RequestMessage {
  let start = extent.start;
  while (start < extent.end && isLineBreak(bytes[start]!)) start++;
  const { text, next } = readLine(bytes, start, extent.end);
  const line = requestLine(text.trim(), start);
  const head = readHead(bytes, { start: next, end: extent.end });
  const headers = new Map(head.headers);
  const body = bodyOf(bytes, head.body, extent.end, headers.get('content-length'));
  headers.delete('content-length');
  headers.delete('transfer-encoding');
  return { ...line, headers, body };
}

function requestLine(text: string, position: number): Pick<RequestMessage, 'method' | 'url'> {
  const blank = text.indexOf(' ');
  const method = text.slice(0, Math.max(0, blank));
  const last = text.lastIndexOf(' ');
  const hasVersion = last > blank && /^HTTP\/\d(\.\d)?$/i.test(text.slice(last + 1));
  const url = text.slice(blank + 1, hasVersion ? last : undefined).trim();
  if (/^[A-Za-z]+$/.test(method) && url !== '') return { method, url };
  throw badRequest(
    `'${text.slice(0, 50)}' at position ${String(position)} of the batch is not a request line such as 'GET Products(1) HTTP/1.1'.`,
    { position },
  );
}

/** The boundary ends the body; a `Content-Length` only tells whether the line breaks before that belong to it. */
function bodyOf(bytes: Buffer, start: number, end: number, length: string | undefined): Uint8Array | undefined {
  const declared = length !== undefined && /^\d{1,15}$/.test(length) ? start + Number(length) : end;
  if (declared < end && isBlank(bytes, declared, end))
    return declared === start ? undefined : bytes.subarray(start, declared);
  return isBlank(bytes, start, end) ? undefined : bytes.subarray(start, end);
}

function isBlank(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (!isLineBreak(bytes[at]!)) return false;
  return true;
}

function isLineBreak(byte: number): boolean {
  return byte === 10 || byte === 13;
}

/** An answer as `application/http` has it. */
export function writeAnswerMessage({ status, headers, body }: WholeAnswer): Buffer {
  const lines = [`HTTP/1.1 ${String(status)} ${reasonPhrase(status)}`];
  for (const [name, value] of headers) if (name.toLowerCase() !== 'content-length') lines.push(`${name}: ${value}`);
  if (body !== undefined) lines.push(`Content-Length: ${String(body.length)}`);
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), ...(body === undefined ? [] : [body])]);
}
