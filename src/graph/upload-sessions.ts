import { hasStatus, notImplemented } from '../error/index.js';
import type { Middleware } from '../protocol/index.js';

const AT_A_PATH = /:\/(microsoft\.graph\.|graph\.)?createUploadSession(\(\))?\/?(\?|$)/i;

/** Uploads in several requests begin at paths where nothing stands yet; that is not why they are refused. */
export const refuseUploadSessions: Middleware = async (request, next) => {
  try {
    return await next(request);
  } catch (error) {
    const isMissing = hasStatus(error, 404) && AT_A_PATH.test(request.url);
    if (!isMissing || request.method !== 'POST') throw error;
    throw notImplemented('Upload sessions are not supported; write the content of the file in one request.');
  }
};
