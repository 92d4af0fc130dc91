import type { EntityTarget, ReadPlan, Shape } from '../../plan/index.js';

/** All properties. */
export const EVERYTHING: Shape = { contextList: '' };

/** The plan of one entity without related ones. */
export function planRow(target: EntityTarget, shape: Shape): ReadPlan {
  return {
    type: target.type,
    from: target.source,
    ...(target.typeNames === undefined ? {} : { typeNames: target.typeNames }),
    order: [],
    page: { limit: 1, skip: 0 },
    embed: [],
    compute: [],
    shape,
  };
}
