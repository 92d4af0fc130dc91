import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type { ServiceResponse } from '../service.js';

const DRAIN_MILLISECONDS = 2000;

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
  const isText = typeof body === 'string' || body instanceof Uint8Array;
  if (body === undefined || isText) {
    const length = body === undefined ? 0 : Buffer.byteLength(body);
    if (answer.status !== 204 && answer.status !== 304) headers.push('Content-Length', String(length));
    response.writeHead(answer.status, headers);
    response.end(request.method === 'HEAD' ? undefined : body);
    return;
  }
  response.writeHead(answer.status, headers);
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  try {
    await pipeline(Readable.from(body), response);
  } catch {
    // The failure is the client's leaving, or is seen by the client as a broken connection: there is no one left to tell.
    response.destroy();
  }
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
