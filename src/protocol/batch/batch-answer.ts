import type { BatchRequest, ChangeSet } from './batch-request.js';

/** An answer whose body is all there. */
export interface WholeAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array | undefined;
}

export interface RequestAnswer extends WholeAnswer {
  readonly kind: 'request';
  readonly request: BatchRequest;
}

export interface ChangeSetAnswer {
  readonly kind: 'change set';
  readonly changeSet: ChangeSet;
  /** One for each request, in their order. */
  readonly answers: readonly RequestAnswer[];
  /** The answer of the request that made the change set fail. */
  readonly failure: RequestAnswer | undefined;
}

export type StepAnswer = RequestAnswer | ChangeSetAnswer;

export function isFailure({ status }: WholeAnswer): boolean {
  return status >= 400;
}

/** What requests that depend on another one ask of it. [OData-JSON 19.1] */
export function isSuccess({ status }: WholeAnswer): boolean {
  return status >= 200 && status < 300;
}
