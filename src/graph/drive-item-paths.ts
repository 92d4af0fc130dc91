import type { Middleware } from '../protocol/index.js';

const ENCODED = /%3a%2f/i;
const SEGMENT = /((?:^|\/)(?:drive|drives\/[^/]+|drives\('[^']*'\))\/items\/[^/:]+?)%3a%2f([^/]*?)(%3a)?(?=\/|$)/i;

/**
 * Clients that write keys as segments encode a path of names where they have an id to give:
 * `items/root%3A%2Fa%2Fb.txt%3A/content` is `items/root:/a/b.txt:/content`. [Graph: Addressing resources in a drive]
 */
export const unfoldItemPaths: Middleware = (request, next) => {
  if (!ENCODED.test(request.url)) return next(request);
  const path = request.url.split('?', 1)[0]!;
  const unfolded = path.replace(
    SEGMENT,
    (_, item: string, names: string, end: string | undefined) =>
      `${item}:/${names.replaceAll(/%2f/gi, '/')}${end === undefined ? '' : ':'}`,
  );
  return next(unfolded === path ? request : { ...request, url: unfolded + request.url.slice(path.length) });
};
