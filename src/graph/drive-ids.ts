import type { Middleware } from '../protocol/index.js';

const PREFIX = 'b!';
const SET = 'drives/';

/** The id of the drive at a canonical path: its key in the set of drives, or one that tells the path. */
export function driveIdOf(path: string): string {
  const key = path.startsWith(SET) ? path.slice(SET.length) : undefined;
  if (key !== undefined && !key.includes('/')) return decodeURIComponent(key);
  return `${PREFIX}${Buffer.from(path).toString('base64url')}`;
}

/** A user's drive is one of the drives: `/drives/{id}` is `/users/{id}/drive`. [Graph: Get drive] */
export const followDriveIds: Middleware = (request, next) => {
  const match = /^drives(?:\/|\(')(b(?:!|%21)[\w-]+)(?:'\))?(?=[/?]|$)/i.exec(request.url);
  const path = match === null ? undefined : pathOf(decodeURIComponent(match[1]!));
  return next(path === undefined ? request : { ...request, url: path + request.url.slice(match![0].length) });
};

/** The path that an id tells; undefined for an id that was not made here. */
function pathOf(id: string): string | undefined {
  const path = Buffer.from(id.slice(PREFIX.length), 'base64url').toString();
  return driveIdOf(path) === id && /^[\w%.~!*'()/-]+\/drive$/.test(path) ? path : undefined;
}
