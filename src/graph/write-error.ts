import type { ServiceError } from '../error/index.js';
import { errorMembers, type ServiceRequest } from '../protocol/index.js';

import { graphCode } from './error-codes.js';
import { clientRequestId } from './request-ids.js';

/** The error envelope with `innerError`; `date` is UTC without zone and fraction. [Graph: Error responses] */
export function writeGraphError(error: ServiceError, request: ServiceRequest): { status: number; body: string } {
  const { status, code } = graphCode(error, request.url);
  const members = {
    ...errorMembers(error),
    code,
    innerError: {
      date: new Date().toISOString().slice(0, 19),
      'request-id': request.id,
      'client-request-id': clientRequestId(request),
    },
  };
  return { status, body: JSON.stringify({ error: members }) };
}
