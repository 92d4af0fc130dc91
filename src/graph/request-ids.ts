import type { ServiceRequest } from '../protocol/index.js';

/** The caller's `client-request-id`, or the request's own id where the caller sent none. [Graph: Best practices] */
export function clientRequestId(request: ServiceRequest): string {
  return request.headers.get('client-request-id') ?? request.id;
}

const DIAGNOSTIC = JSON.stringify({
  ServerInfo: { DataCenter: 'Local', Slice: 'E', Ring: '0', ScaleUnit: '000', RoleInstance: 'mockgraph' },
});

/** Headers of every Graph answer. */
export function graphHeaders(request: ServiceRequest): (readonly [string, string])[] {
  return [
    ['request-id', request.id],
    ['client-request-id', headerSafe(clientRequestId(request))],
    ['x-ms-ags-diagnostic', DIAGNOSTIC],
  ];
}

/** What came in a header may go out in one; anything beyond printable ASCII may not. */
function headerSafe(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 256);
}
