/** What services do differently with batches. [OData-Protocol 11.7, OData-JSON 19] */
export interface BatchRules {
  /** Names of headers in JSON answers: in lower case as the specification has them, or as the service writes them. */
  readonly headerNames: 'lower-case' | 'as-written';
  /** How JSON answers hold bodies that are neither JSON nor text. */
  readonly binaryBodies: 'base64url' | 'base64';
  /** Whether the JSON answer to a request that ended with 204 has headers. */
  readonly noContentHasHeaders: boolean;
  /** Whether `A` and `a` are the same request. */
  readonly ignoresCaseOfIds: boolean;
  /** Whether a multipart batch goes on behind a request that failed, where the client does not say. [OData-Protocol 8.2.8.3] */
  readonly multipartGoesOn: boolean;
  /** What a failed change set of a multipart batch is answered with: one error, or one for each of its requests. */
  readonly failedChangeSet: 'single' | 'each';
  /** Whether a change set may contain reads, which it must not. [OData-Protocol 11.7.7.1] */
  readonly readsInChangeSets: boolean;
  /** Headers, in lower case, that requests have from the whole batch unless they bring their own. */
  readonly inheritedHeaders: readonly string[];
}

/** Batches as the specification has them. */
export const standardBatchRules: BatchRules = {
  headerNames: 'lower-case',
  binaryBodies: 'base64url',
  noContentHasHeaders: true,
  ignoresCaseOfIds: false,
  multipartGoesOn: false,
  failedChangeSet: 'single',
  readsInChangeSets: false,
  inheritedHeaders: [
    'authorization',
    'accept-charset',
    'accept-language',
    'content-language',
    'forwarded',
    'host',
    'odata-maxversion',
    'odata-version',
    'user-agent',
    'x-forwarded-for',
    'x-forwarded-host',
    'x-forwarded-proto',
  ],
};

/** What tells requests of a batch apart. */
export function identifierKey(id: string, { ignoresCaseOfIds }: BatchRules): string {
  return ignoresCaseOfIds ? id.toLowerCase() : id;
}
