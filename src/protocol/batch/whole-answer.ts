import { ServiceError } from '../../error/index.js';
import type { ServiceResponse } from '../request.js';

import type { WholeAnswer } from './batch-answer.js';

/** Bytes that may yet be kept. */
export interface Room {
  left: number;
}

/**
 * Waits for the whole body of an answer. Where there is no room for it, a read has failed with 413; a write has not, but
 * is answered with 204. [OData-Protocol 11.4]
 */
export async function wholeAnswer(response: ServiceResponse, method: string, room: Room): Promise<WholeAnswer> {
  const { status, headers } = response;
  if (method === 'HEAD') return { status, headers, body: undefined };
  const body = await wholeBody(response.body, room.left);
  if (body !== 'too large') {
    room.left -= body === undefined ? 0 : body.length;
    return { status, headers, body };
  }
  if (method === 'GET' || status >= 300)
    throw new ServiceError(
      413,
      'ResponseTooLarge',
      'The answer is too large to be kept; ask for less, or for it alone.',
    );
  return {
    status: 204,
    headers: new Map([...headers].filter(([name]) => name.toLowerCase() !== 'content-type')),
    body: undefined,
  };
}

async function wholeBody(body: ServiceResponse['body'], most: number): Promise<Uint8Array | undefined | 'too large'> {
  if (body === undefined) return undefined;
  if (typeof body === 'string' || body instanceof Uint8Array) {
    const bytes = Buffer.from(body as string);
    return bytes.length > most ? 'too large' : bytes;
  }
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    const bytes = Buffer.from(chunk as string);
    length += bytes.length;
    if (length > most) return 'too large';
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
