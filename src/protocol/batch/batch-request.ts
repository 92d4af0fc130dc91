import type { ServiceError } from '../../error/index.js';

/** One request of a batch, as its envelope has it. */
export interface BatchRequest {
  readonly kind: 'request';
  /** `id` in JSON, `Content-ID` in multipart, where it may be missing. [OData-Protocol 11.7.3] */
  readonly id: string | undefined;
  readonly method: string;
  readonly url: string;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string | Uint8Array | undefined;
  /** Identifiers of requests and groups that must have succeeded. */
  readonly dependsOn: readonly string[];
  /** Why the request cannot be carried out, though the envelope around it is sound. */
  readonly refusal?: ServiceError;
}

/** Requests that all succeed or all fail: an atomicity group, or a change set. */
export interface ChangeSet {
  readonly kind: 'change set';
  readonly name: string;
  readonly requests: readonly BatchRequest[];
}

export type BatchStep = BatchRequest | ChangeSet;
