import type { JsonValue } from '../edm/index.js';
import type { Signal } from '../store/index.js';

/** A request to a service, plain so that HTTP servers, batches and tests can make one. Header names are in lower case. */
export interface ServiceRequest {
  readonly method: string;
  /** Below the service root, as it was sent: percent-encoded, with its query, without a leading slash. */
  readonly url: string;
  /** Absolute URL of the service root without a slash at its end, as the caller sees it: `http://127.0.0.1:3000/beta`. */
  readonly root: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body?: RequestBody;
  /** Instance annotations of the entity that is written, by their terms, where something else than the body has them. */
  readonly annotations?: ReadonlyMap<string, JsonValue>;
  /** Aborts when the caller is gone. */
  readonly signal?: Signal;
  /** Identifies the request in headers, errors and logs: a GUID. */
  readonly id: string;
}

export type RequestBody = AsyncIterable<Uint8Array> | string;

/** Header names are written as they are given. */
export interface ServiceResponse {
  readonly status: number;
  readonly headers: Map<string, string>;
  readonly body?: string | Uint8Array | AsyncIterable<string | Uint8Array>;
}

/** One stage of a request's way: it may act, call `next`, act again, or answer itself. */
export type Middleware = (
  request: ServiceRequest,
  next: (request: ServiceRequest) => Promise<ServiceResponse>,
) => Promise<ServiceResponse>;
