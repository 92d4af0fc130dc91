import { badRequest, type ServiceError } from '../../error/index.js';

import type { BatchRequest, BatchStep, ChangeSet } from './batch-request.js';
import { identifierKey, type BatchRules } from './batch-rules.js';
import { readHead, type Head } from './headers.js';
import { readRequestMessage } from './http-message.js';
import { parseMediaType } from './media-type.js';
import { splitParts, tooManyRequestsInBatch, type Extent } from './multipart.js';

const LONGEST_BOUNDARY = 200;

interface Reading {
  readonly bytes: Buffer;
  readonly rules: BatchRules;
  readonly most: number;
  readonly keys: Set<string>;
  requests: number;
}

/** Reads the body of a multipart batch; 400 with the position where it is malformed. [OData-Protocol 11.7.7.1] */
export function readMultipart(bytes: Buffer, contentType: string, rules: BatchRules, most: number): BatchStep[] {
  const reading: Reading = { bytes, rules, most, keys: new Set(), requests: 0 };
  const steps: BatchStep[] = [];
  let changeSets = 0;
  for (const part of splitParts(bytes, boundaryOf(contentType, 0), { start: 0, end: bytes.length }, most)) {
    const head = readHead(bytes, part);
    const { type } = parseMediaType(head.headers.get('content-type'));
    if (type === 'multipart/mixed') steps.push(readChangeSet(head, part, `changeset_${String(++changeSets)}`, reading));
    else steps.push(readRequest(head, part, false, reading));
  }
  return steps;
}

function readChangeSet({ headers, body }: Head, { end }: Extent, name: string, reading: Reading): ChangeSet {
  const boundary = boundaryOf(headers.get('content-type')!, body);
  const parts = splitParts(reading.bytes, boundary, { start: body, end }, reading.most);
  return {
    kind: 'change set',
    name,
    requests: parts.map((part) => readRequest(readHead(reading.bytes, part), part, true, reading)),
  };
}

function readRequest(head: Head, { start, end }: Extent, isChange: boolean, reading: Reading): BatchRequest {
  const { type } = parseMediaType(head.headers.get('content-type'));
  if (type !== 'application/http') {
    const wanted = isChange ? 'application/http' : 'application/http or multipart/mixed';
    throw badRequest(
      `The part at position ${String(start)} of the batch must have the Content-Type ${wanted}, not '${type.slice(0, 50)}'.`,
      { position: start },
    );
  }
  if (++reading.requests > reading.most) throw tooManyRequestsInBatch(reading.most);
  const message = readRequestMessage(reading.bytes, { start: head.body, end });
  const headers = new Map(message.headers);
  const id = head.headers.get('content-id') ?? headers.get('content-id');
  headers.delete('content-id');
  const refusal = refusalOf(id, message.method, isChange, reading);
  return { kind: 'request', ...message, id, headers, dependsOn: [], ...(refusal && { refusal }) };
}

function refusalOf(
  id: string | undefined,
  method: string,
  isChange: boolean,
  { rules, keys }: Reading,
): ServiceError | undefined {
  const key = id === undefined ? undefined : identifierKey(id, rules);
  if (key !== undefined && keys.has(key))
    return badRequest(`The Content-ID '${id!.slice(0, 100)}' occurs more than once.`);
  if (key !== undefined) keys.add(key);
  if (isChange && !rules.readsInChangeSets && /^(get|head)$/i.test(method))
    return badRequest(`A change set must not contain a ${method} request.`);
  return undefined;
}

function boundaryOf(contentType: string, position: number): string {
  const boundary = parseMediaType(contentType).parameters.get('boundary') ?? '';
  if (boundary !== '' && boundary.length <= LONGEST_BOUNDARY) return boundary;
  throw badRequest(
    `The Content-Type multipart/mixed needs a boundary of 1 to ${String(LONGEST_BOUNDARY)} characters, such as 'multipart/mixed; boundary=batch_1'.`,
    { position },
  );
}
