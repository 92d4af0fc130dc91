import type { EntityTarget, ReadPlan } from '../../plan/index.js';

/** All properties, nothing embedded. */
export const EVERYTHING: Pick<ReadPlan, 'shape' | 'embed'> = { shape: { contextList: '' }, embed: [] };

/** The plan of one entity without related ones. */
export function planRow(target: EntityTarget): ReadPlan {
  return {
    type: target.type,
    from: target.source,
    ...(target.typeNames === undefined ? {} : { typeNames: target.typeNames }),
    order: [],
    page: { limit: 1, skip: 0 },
    compute: [],
    ...EVERYTHING,
  };
}
