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

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MOST_BYTES) throw payloadTooLarge(`The request body is larger than ${String(MOST_BYTES)} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
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
