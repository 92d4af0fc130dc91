import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type { ServiceResponse } from '../service.js';

import { chooseCoding, isCompressible, refusesIdentity, type ContentCoding } from './content-coding.js';

const DRAIN_MILLISECONDS = 2000;
/** Smaller bodies fit into one packet anyway. */
const LEAST_BYTES_TO_COMPRESS = 1024;

/**
 * Writes a response. A body that fails half-way destroys the connection, so that a short answer is never taken for
 * a whole one; a request that was not read to its end is drained for a moment, so that the client can read the answer.
 */
export async function sendResponse(
  answer: ServiceResponse,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { body } = answer;
  const headers: string[] = [];
  for (const [name, value] of answer.headers) headers.push(name, value);
  if (!request.complete && hasBody(request)) {
    headers.push('Connection', 'close');
    response.once('finish', () => drain(request));
  }
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array)
    return sendWhole(answer, body, headers, request, response);
  const coding = codingFor(answer, request, headers);
  if (coding === 'none') return refuseCoding(headers, response);
  response.writeHead(answer.status, headers);
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  try {
    const source = Readable.from(body);
    await (coding === undefined ? pipeline(source, response) : pipeline(source, coding.createStream(), response));
  } catch {
    // The failure is the client's leaving, or is seen by the client as a broken connection: there is no one left to tell.
    response.destroy();
  }
}

async function sendWhole(
  answer: ServiceResponse,
  body: string | Uint8Array | undefined,
  headers: string[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let content = body;
  let length = body === undefined ? 0 : Buffer.byteLength(body);
  if (content !== undefined && (length > LEAST_BYTES_TO_COMPRESS || refusesIdentity(accepted(request)))) {
    const coding = codingFor(answer, request, headers);
    if (coding === 'none') return refuseCoding(headers, response);
    if (coding !== undefined) {
      content = await coding.compress(content);
      length = content.length;
    }
  }
  if (answer.status !== 204 && answer.status !== 304) headers.push('Content-Length', String(length));
  response.writeHead(answer.status, headers);
  if (request.method === 'HEAD' || content === undefined) response.end();
  // Text without characters beyond ASCII goes out faster as what it is.
  else if (typeof content === 'string' && length === content.length) response.end(content, 'latin1');
  else response.end(content);
}

/** How the body goes out, with the headers that say so; undefined: as it is. [RFC 9110 8.4, 12.5.3, 12.5.5] */
function codingFor(
  answer: ServiceResponse,
  request: IncomingMessage,
  headers: string[],
): ContentCoding | 'none' | undefined {
  if (answer.headers.has('Content-Encoding')) return undefined;
  const acceptEncoding = accepted(request);
  if (!isCompressible(answer.headers.get('Content-Type')) && !refusesIdentity(acceptEncoding)) return undefined;
  const chosen = chooseCoding(acceptEncoding);
  addVarying(headers, 'Accept-Encoding');
  if (chosen === 'identity') return undefined;
  if (chosen !== 'none') headers.push('Content-Encoding', chosen.name);
  return chosen;
}

/** One more request header that the answer depends on, in the list of those. */
function addVarying(headers: string[], name: string): void {
  const at = headers.findIndex((text, index) => index % 2 === 0 && text === 'Vary');
  if (at < 0) headers.push('Vary', name);
  else headers[at + 1] += `, ${name}`;
}

/** 406 for a client that takes neither a coding of this service nor a body without one; the message itself has none. */
function refuseCoding(headers: string[], response: ServerResponse): void {
  const kept = headers.filter((_, index) => !/^content-/i.test(headers[index - (index % 2)]!));
  const message = 'The body can be sent as br, gzip, deflate or identity; Accept-Encoding allows none of them.';
  const body = JSON.stringify({ error: { code: 'NotAcceptable', message } });
  const own = ['Content-Type', 'application/json', 'Content-Language', 'en', 'Content-Length', String(body.length)];
  response.writeHead(406, [...kept, ...own]);
  response.end(body);
}

function accepted(request: IncomingMessage): string | undefined {
  const header = request.headers['accept-encoding'];
  return Array.isArray(header) ? header.join(', ') : header;
}

function hasBody(request: IncomingMessage): boolean {
  return request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
}

function drain(request: IncomingMessage): void {
  const timer = setTimeout(() => request.destroy(), DRAIN_MILLISECONDS);
  request.once('close', () => clearTimeout(timer));
  request.on('error', () => request.destroy());
  request.resume();
}
