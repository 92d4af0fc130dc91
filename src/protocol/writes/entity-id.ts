import { badRequest } from '../../error/index.js';
import { resolvePath, type EntityTarget } from '../../plan/index.js';
import { ServiceError } from '../../error/index.js';
import type { Row } from '../../store/index.js';
import { parsePath } from '../../url/index.js';

import { urlLimits } from '../limits.js';
import { locate } from '../locate.js';
import { locateStored } from '../materialize.js';
import { pathOfId } from './path-of-id.js';
import type { WriteContext } from './write-context.js';

/**
 * The entity that an id names: `users('1')`, `/users/1`, or an absolute URL of which the path alone counts, since
 * clients write the real service's origin. What is there without a row, such as `/me`, gets one, so that references lead
 * to it. 400 where there is none. [OData-Protocol 4.1, OData-JSON 8.5]
 */
export async function entityOfId(id: string, context: WriteContext, target: string): Promise<Row> {
  try {
    return await locateStored(await targetOfPath(id, context), context.unit, context.parts);
  } catch (error) {
    if (!(error instanceof ServiceError) || error.status >= 500) throw error;
    throw badRequest(`The entity '${id.slice(0, 200)}' that '${target}' refers to does not exist: ${error.message}`, {
      target,
      cause: error,
    });
  }
}

/** The entity that an id names; 404 where there is none. */
export async function rowAtPath(id: string, context: WriteContext): Promise<Row> {
  return locate(await targetOfPath(id, context), context.unit, context.parts);
}

/** What an id names; where unknown entities come into being, it does now. */
async function targetOfPath(id: string, { parts, unit, root, making }: WriteContext): Promise<EntityTarget> {
  const { model, profile } = parts;
  const resolved = resolvePath(parsePath(pathOfId(id, root), urlLimits(profile.limits)), {
    model,
    rules: profile.path,
    aliases: new Map(),
  });
  if (resolved.kind !== 'entity') throw badRequest(`'${id.slice(0, 200)}' names no single entity.`);
  const made = await making?.maker.make(resolved, unit);
  if (making !== undefined && made?.isNew === true) making.isMade = true;
  return resolved;
}
