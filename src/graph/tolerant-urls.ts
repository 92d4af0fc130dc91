import type { Middleware } from '../protocol/index.js';

/**
 * URLs as Graph's clients write them. A client that takes an absolute link for a relative one puts its base before it:
 * `/beta/http://host/beta/users` is `/beta/users`. Slashes may be doubled, but for those within quotes: `/beta//users`.
 */
export const tolerateUrls: Middleware = (request, next) => {
  const url = withoutDoubledSlashes(withoutOrigin(request.url, lastSegment(request.root)));
  return next(url === request.url ? request : { ...request, url });
};

function withoutOrigin(url: string, version: string): string {
  const path = /^\/*https?:\/+[^/?]+\/+(.*)$/is.exec(url)?.[1];
  if (path === undefined) return url;
  const segment = path.split(/[/?]/, 1)[0]!;
  return segment.toLowerCase() === version.toLowerCase() ? path.slice(segment.length) : url;
}

function withoutDoubledSlashes(url: string): string {
  const end = url.indexOf('?');
  const path = end < 0 ? url : url.slice(0, end);
  if (!path.startsWith('/') && !path.includes('//')) return url;
  const single = path.replace(/'[^']*'|\/{2,}/g, (match) => (match.startsWith('/') ? '/' : match)).replace(/^\//, '');
  return end < 0 ? single : single + url.slice(end);
}

function lastSegment(root: string): string {
  return root.slice(root.lastIndexOf('/') + 1);
}
