import { Readable } from 'node:stream';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';

import { JsonSyntaxError, parseJson, type JsonValue } from '../../edm/index.js';
import { badRequest, payloadTooLarge, unsupportedMediaType } from '../../error/index.js';
import type { RequestBody, ServiceRequest } from '../request.js';

const DECODERS: Readonly<Record<string, (bytes: Uint8Array, options: { maxOutputLength: number }) => Buffer>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};

/**
 * The request's JSON body; undefined for an empty one. 415 for another content type or encoding, 413 beyond the limit,
 * 400 with the position for malformed text. [OData-JSON 4]
 */
export async function readJson(request: ServiceRequest, limit: number): Promise<JsonValue | undefined> {
  return jsonOf(await readBytes(request, limit), request);
}

/** Bytes that a request's body consists of, as JSON. */
export function jsonOf(bytes: Uint8Array, request: ServiceRequest): JsonValue | undefined {
  if (bytes.length === 0) return undefined;
  requireJson(request.headers.get('content-type'));
  const text = decodeUtf8(bytes);
  if (text.trim() === '') return undefined;
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    throw badRequest(`The request body is not valid JSON: ${error.message}`, { position: error.position });
  }
}

/** The request's body as it was sent. 413 beyond the limit. */
export async function rawBytes({ headers, body }: ServiceRequest, limit: number): Promise<Uint8Array> {
  const declared = Number(headers.get('content-length') ?? '0');
  if (declared > limit) throw tooLarge(limit);
  return body === undefined ? Buffer.alloc(0) : collect(body, limit);
}

/** The request's body, decompressed. */
export async function readBytes(request: ServiceRequest, limit: number): Promise<Uint8Array> {
  const bytes = await rawBytes(request, limit);
  const encoding = request.headers.get('content-encoding')?.trim().toLowerCase();
  if (encoding === undefined || encoding === '' || encoding === 'identity' || bytes.length === 0) return bytes;
  const decoder = DECODERS[encoding];
  if (decoder === undefined) {
    throw unsupportedMediaType(
      `The Content-Encoding '${encoding.slice(0, 50)}' is not supported; use gzip, deflate, br or identity.`,
    );
  }
  try {
    return decoder(bytes, { maxOutputLength: limit });
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(limit);
    throw badRequest(`The request body is not valid ${encoding} data.`, { cause: error });
  }
}

function collect(body: RequestBody, limit: number): Promise<Uint8Array> | Uint8Array {
  if (typeof body === 'string') {
    const bytes = Buffer.from(body);
    if (bytes.length > limit) throw tooLarge(limit);
    return bytes;
  }
  return body instanceof Readable ? collectStream(body, limit) : collectIterable(body, limit);
}

/** Events rather than an async iterator: on small bodies the iterator costs more than all the rest. */
function collectStream(stream: Readable, limit: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else {
        stream.removeAllListeners('data').pause();
        reject(tooLarge(limit));
      }
    });
    stream.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    stream.on('error', (error) => reject(badRequest('The request body ended early.', { cause: error })));
    stream.on('close', () => {
      if (!stream.readableEnded) reject(badRequest('The request body ended early.'));
    });
  });
}

async function collectIterable(body: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function requireJson(contentType: string | undefined): void {
  const [type = '', ...parameters] = (contentType ?? '').toLowerCase().split(';');
  if (type.trim() !== 'application/json') {
    throw unsupportedMediaType(
      `The Content-Type must be application/json, not '${(contentType ?? '').slice(0, 100)}'.`,
    );
  }
  requireUtf8(parameters);
}

function requireUtf8(parameters: readonly string[]): void {
  const charset = parameters.map((each) => each.trim().toLowerCase()).find((each) => each.startsWith('charset='));
  if (charset !== undefined && !/^charset="?utf-?8"?$/.test(charset)) {
    throw unsupportedMediaType(`The Content-Type must have the charset utf-8, not '${charset.slice(8, 60)}'.`);
  }
}

/** The body as text, whatever its media type: the bare value of a property. [OData-Protocol 11.4.9.1] */
export function decodeText(bytes: Uint8Array, contentType: string | undefined): string {
  requireUtf8((contentType ?? '').split(';').slice(1));
  return decodeUtf8(bytes);
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return UTF8.decode(bytes);
  } catch (error) {
    throw badRequest('The request body is not valid UTF-8.', { cause: error });
  }
}

function tooLarge(limit: number): Error {
  return payloadTooLarge(`The request body is larger than ${String(limit)} bytes.`);
}
