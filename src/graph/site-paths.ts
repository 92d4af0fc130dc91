import type { EntityType } from '../edm/index.js';
import type { Middleware } from '../protocol/index.js';

const BY_PATH = /^sites\/([^/:?]+):\/([^:?]+?)\/?(?::(\/[^?]*)?)?(?=\?|$)/i;
const SITE = 'microsoft.graph.site';

/**
 * Sites are addressed by their host and path: `sites/contoso.sharepoint.com:/teams/hr:/lists` is what belongs to the site
 * with that `webUrl`. [Graph: Get a site by path]
 */
export const followSitePaths: Middleware = (request, next) => {
  const url = request.url.replace(
    BY_PATH,
    (_, host: string, path: string, rest: string = '') =>
      `sites/${encodeURIComponent(`https://${host}/`)}${path.replaceAll('/', '%2F')}${rest === '/' ? '' : rest}`,
  );
  return next(url === request.url ? request : { ...request, url });
};

/** Whether what stands for the key of a site is its address. */
export function isSiteAddress(type: EntityType, text: string): boolean {
  return type.qualifiedName === SITE && text.startsWith('https://');
}
