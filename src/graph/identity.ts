import { ServiceError } from '../error/index.js';
import type { Middleware, ServiceRequest } from '../protocol/index.js';

import { carriesToken } from './usage-reports.js';

/** How tokens are looked at: any non-empty one is let in, or none is asked for. */
export type Authentication = 'any' | 'off';

/** 401 without a bearer token, but for the service document and `$metadata`. [Graph: Resolve authorization errors] */
export function requireToken(authentication: Authentication): Middleware {
  return async (request, next) => {
    if (authentication === 'any' && !isPublic(request.url) && !isDownload(request)) {
      const token = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization')?.trim() ?? '')?.[1];
      if (token === undefined) {
        throw new ServiceError(401, 'InvalidAuthenticationToken', 'Access token is empty.', {
          headers: {
            'WWW-Authenticate': `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize"`,
          },
        });
      }
    }
    return next(request);
  };
}

/** The file of a usage report. */
function isDownload({ method, url }: ServiceRequest): boolean {
  return method === 'GET' && /^reports\//i.test(url) && carriesToken(url);
}

function isPublic(url: string): boolean {
  const path = url.split('?', 1)[0];
  return path === '' || path === '$metadata' || path === '%24metadata';
}
