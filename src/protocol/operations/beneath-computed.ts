import { hasStatus, methodNotAllowed } from '../../error/index.js';
import type { EntityTarget, Target } from '../../plan/index.js';
import type { Row } from '../../store/index.js';
import { mayBeComputed } from '../computed-member.js';
import type { Exchange, ServiceParts } from '../exchange.js';
import { locate } from '../locate.js';
import { resourcePath } from '../payload/resource-path.js';
import type { ServiceResponse } from '../request.js';
import { isComputed } from '../row-kind.js';
import { typeOfRow } from '../row-type.js';

/**
 * What a request reads that hangs on an entity which is computed: that of the stored one that it hangs at. Undefined for all
 * other requests; what is created there makes a stored entity of the computed one.
 */
export async function readBeneathComputed(exchange: Exchange): Promise<ServiceResponse | undefined> {
  const { target, parts, request, space } = exchange;
  const above = computedAbove(target, parts);
  const row = above === undefined ? undefined : await computedRow(above, exchange);
  if (row?.hangsAt === undefined || target.kind === 'action' || request.method === 'POST') return undefined;
  if (request.method !== 'GET' && request.method !== 'HEAD')
    throw methodNotAllowed('It belongs to what this entity is computed from, and is changed there.', ['GET', 'HEAD']);
  const [path = '', query] = request.url.split(/\?(.*)/s);
  const segments = path.split('/');
  const names = decodeURIComponent(row.key);
  const index = segments.findIndex((segment) => isCalled(segment, names));
  const rest = segments.slice(index + 1).join('/');
  const url = `${resourcePath(typeOfRow(row, parts), row.hangsAt)}/${rest}${query === undefined ? '' : `?${query}`}`;
  return exchange.handle({ ...request, url }, space);
}

/** Whether a segment is this key, or names it in parentheses. */
function isCalled(segment: string, key: string): boolean {
  const text = decodeURIComponent(segment);
  return text === key || text.endsWith(`('${key.replaceAll("'", "''")}')`);
}

async function computedRow(target: EntityTarget, { space, parts }: Exchange): Promise<Row | undefined> {
  try {
    const row = await locate(target, space, parts);
    return isComputed(row) ? row : undefined;
  } catch (error) {
    if (hasStatus(error, 404)) return undefined;
    throw error;
  }
}

/** The nearest entity above what a request is about that a behaviour may compute. */
function computedAbove(target: Target, parts: ServiceParts): EntityTarget | undefined {
  if (target.kind === 'collection' || target.kind === 'entity') {
    const parent = target.via?.parent;
    if (parent === undefined || mayBeComputed(parent, parts)) return parent;
    return computedAbove(parent, parts);
  }
  if ('of' in target) return computedAbove(target.of, parts);
  return 'binding' in target && target.binding !== undefined ? computedAbove(target.binding, parts) : undefined;
}
