import type { JsonObject } from '../../edm/index.js';
import { hasStatus } from '../../error/index.js';
import { containerOf, type EntityTarget } from '../../plan/index.js';
import type { Row } from '../../store/index.js';
import { createValidator } from '../../validation/index.js';
import type { ServiceRequest } from '../request.js';
import { locateStored } from '../materialize.js';

import { annotated, NO_ANNOTATIONS } from './annotated.js';
import { insertEntity } from './insert-entity.js';
import { relatedSlot } from './slot.js';
import type { WriteContext } from './write-context.js';

export interface Found {
  readonly row: Row;
  readonly isNew: boolean;
}

/**
 * The entity that a target names; one that a way by names leads to is made, with those on its way, where it is missing,
 * or where the annotations of the request say that what has the name is not meant.
 */
export async function locateOrCreate(
  target: EntityTarget,
  context: WriteContext,
  request: Pick<ServiceRequest, 'annotations'>,
): Promise<Found> {
  const { annotations = NO_ANNOTATIONS } = request;
  const isOther = target.named !== undefined && !context.parts.profile.overwritesNamed(annotations);
  const row = isOther ? undefined : await locateNamed(target, context);
  if (row !== undefined) return { row, isNew: false };
  return { row: await create(target, {}, context, request), isNew: true };
}

/** Undefined where there is none and a name would make one. */
async function locateNamed(target: EntityTarget, { unit, parts }: WriteContext): Promise<Row | undefined> {
  try {
    return await locateStored(target, unit, parts);
  } catch (error) {
    if (!hasStatus(error, 404) || target.named === undefined || target.via === undefined) throw error;
    return undefined;
  }
}

async function create(
  target: EntityTarget,
  members: JsonObject,
  context: WriteContext,
  request: Pick<ServiceRequest, 'annotations'> = {},
): Promise<Row> {
  const { parent, relation } = target.via!;
  const { name, tree } = target.named!;
  const above = await branch(parent, context);
  const { model, profile } = context.parts;
  const validator = createValidator(model, { ...profile.validation, missing: 'default' });
  const draft = validator.read(target.type, { [tree.name]: name, ...members }, { kind: 'create' });
  return insertEntity(
    annotated(draft, request),
    relatedSlot(above, relation, containerOf(parent, model), context),
    context,
  );
}

/** What stands on the way; others may be making it at the same time. */
async function branch(target: EntityTarget, context: WriteContext): Promise<Row> {
  const row = await locateNamed(target, context);
  if (row !== undefined) return row;
  try {
    return await context.unit.part(() => create(target, target.named!.tree.branch, context));
  } catch (error) {
    const made = hasStatus(error, 409) ? await locateNamed(target, context) : undefined;
    if (made === undefined) throw error;
    return made;
  }
}
