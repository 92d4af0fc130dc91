import { jsonContentType } from './headers/accept.js';
import type { Exchange } from './exchange.js';
import type { ServiceResponse } from './request.js';

/** Says of an answer that nothing computed it: `sample` or `example`. */
export const ANSWERED_BY = 'x-mockgraph-answer';

/** An answer with JSON text. */
export function json(
  exchange: Exchange,
  status: number,
  body: ServiceResponse['body'],
  headers: Iterable<readonly [string, string]> = [],
): ServiceResponse {
  return {
    status,
    headers: new Map([['Content-Type', jsonContentType(exchange.format)], ...headers]),
    ...(body === undefined ? {} : { body }),
  };
}

/** 204: done, nothing to say. */
export function noContent(headers: Iterable<readonly [string, string]> = []): ServiceResponse {
  return { status: 204, headers: new Map(headers) };
}

/** `"@odata.context":"…",` or nothing at `odata.metadata=none`. [OData-JSON 4.6.1] */
export function contextAnnotation(exchange: Exchange, fragment: string): string {
  if (exchange.format.metadata === 'none') return '';
  return `"@odata.context":${JSON.stringify(`${exchange.request.root}/$metadata#${fragment}`)},`;
}
