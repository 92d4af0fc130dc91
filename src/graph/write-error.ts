import type { ServiceError } from '../error/index.js';
import { errorMembers, type ServiceRequest } from '../protocol/index.js';

import { clientRequestId } from './request-ids.js';

/** Graph's spelling of errors that plain OData words differently. */
const GRAPH_WAYS: Readonly<Record<string, { readonly status: number; readonly code: string }>> = {
  SegmentNotFound: { status: 400, code: 'BadRequest' },
  NotFound: { status: 404, code: 'ResourceNotFound' },
  Gone: { status: 410, code: 'syncStateNotFound' },
  Conflict: { status: 409, code: 'Conflict' },
};

/**
 * The error envelope with `innerError`; `date` is UTC without zone and fraction. [Graph: Error responses]
 * A path segment that names nothing is a 400 `BadRequest` there.
 */
export function writeGraphError(error: ServiceError, request: ServiceRequest): { status: number; body: string } {
  const ways = GRAPH_WAYS[error.code];
  const members = {
    ...errorMembers(error),
    ...(ways === undefined ? {} : { code: ways.code }),
    innerError: {
      date: new Date().toISOString().slice(0, 19),
      'request-id': request.id,
      'client-request-id': clientRequestId(request),
    },
  };
  return { status: ways?.status ?? error.status, body: JSON.stringify({ error: members }) };
}
