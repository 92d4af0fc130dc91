import { hasStatus, notImplemented } from '../error/index.js';
import type { Middleware } from '../protocol/index.js';

/** An occurrence as a segment of a path, as a key in parentheses too. */
const SEGMENT = /(^|\/|\('|\(%27)OID\./i;

/** What a view shows by such an id is there, but not stored; that is why it is not found. [Graph: Get event] */
export const refuseOccurrences: Middleware = async (request, next) => {
  try {
    return await next(request);
  } catch (error) {
    if (!hasStatus(error, 404) || !SEGMENT.test(request.url.split('?', 1)[0]!)) throw error;
    throw notImplemented('Single occurrences of a series are shown by views, and cannot be asked for or changed.');
  }
};
