import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';

import { JsonSyntaxError, parseJson, type JsonValue } from '../edm/index.js';
import { badRequest, payloadTooLarge } from '../error/index.js';

const MOST_BYTES = 16 * 1024 * 1024;

/** Reads JSON as the services do, with every digit of its numbers. */
@Injectable()
export class JsonBodyInterceptor implements NestInterceptor {
  async intercept(context: ExecutionContext, next: CallHandler) {
    const request = context.switchToHttp().getRequest<IncomingMessage & { body?: JsonValue }>();
    request.body = parse(await read(request));
    return next.handle();
  }
}

/** A body that is too large is left unread, so that the connection lasts for the answer. */
function read(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MOST_BYTES) chunks.push(chunk);
      else {
        request.removeAllListeners('data').pause();
        reject(payloadTooLarge(`The request body is larger than ${String(MOST_BYTES)} bytes.`));
      }
    });
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.on('error', (error) => reject(badRequest('The request body ended early.', { cause: error })));
  });
}

function parse(text: string): JsonValue {
  if (text.trim() === '') throw badRequest('The request body is empty; a JSON object is needed.');
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    throw badRequest(`The request body is not valid JSON: ${error.message}`, { position: error.position });
  }
}
