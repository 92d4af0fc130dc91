import { badRequest, unsupportedMediaType } from '../error/index.js';
import { parsePath, parseQuery, type UrlTree } from '../url/index.js';

import { urlLimits, type Limits } from './limits.js';
import { readBytes } from './payload/read-body.js';
import type { ServiceRequest } from './request.js';
import { pathOfId } from './writes/path-of-id.js';

/** What a request really asks for. */
export interface Asked {
  readonly tree: UrlTree;
  readonly request: ServiceRequest;
}

/** Replaces the two URLs that stand for another one: `$entity?$id=…`, and `POST …/$query` with the query in the body. */
export async function rewritten(tree: UrlTree, request: ServiceRequest, limits: Limits): Promise<Asked> {
  if (tree.path[0]?.kind === 'entity') return { tree: dereferenced(tree, request.root, limits), request };
  const last = tree.path.at(-1);
  if (last?.kind === 'query' && request.method === 'POST')
    return { tree: await withQueryOfBody(tree, request, limits), request: { ...request, method: 'GET' } };
  return { tree, request };
}

/** `$entity?$id=Products(1)` is `Products(1)`; a type cast may follow. [OData-URL 4.3.4] */
function dereferenced(tree: UrlTree, root: string, limits: Limits): UrlTree {
  const { id, ...options } = tree.options;
  if (id === undefined) throw badRequest('$entity needs the query option $id.', { target: '$id' });
  return { path: [...parsePath(pathOfId(id.value, root), urlLimits(limits)), ...tree.path.slice(1)], options };
}

/** Query options in a body of type text/plain count like those of the URL, but may be longer. [OData-URL 4.17] */
async function withQueryOfBody(tree: UrlTree, request: ServiceRequest, limits: Limits): Promise<UrlTree> {
  const type = (request.headers.get('content-type') ?? '').split(';', 1)[0]!.trim().toLowerCase();
  if (type !== 'text/plain')
    throw unsupportedMediaType(`The Content-Type of a $query must be text/plain, not '${type.slice(0, 50)}'.`);
  const body = Buffer.from(await readBytes(request, limits.maxBody)).toString('utf8');
  const more = parseQuery(body.trim(), { ...urlLimits(limits), maxLength: limits.maxBody });
  const { aliases, custom, ...own } = tree.options;
  for (const name of Object.keys(own)) {
    if (Object.hasOwn(more, name))
      throw badRequest(`The query option '$${name}' must not appear more than once.`, { target: `$${name}` });
  }
  return {
    path: tree.path.slice(0, -1),
    options: { ...own, ...more, aliases: new Map([...aliases, ...more.aliases]), custom: [...custom, ...more.custom] },
  };
}
