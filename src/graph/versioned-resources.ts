import { oncePer, type EntityType } from '../edm/index.js';

const VERSIONED_BASES: ReadonlySet<string> = new Set([
  'outlookItem',
  'changeTrackedEntity',
  'delegatedAdminRelationship',
  'delegatedAdminAccessAssignment',
]);
const VERSIONED_AREAS = /^(planner|todo)[A-Z]/;

/**
 * Resources with versions, of which every answer tells the ETag: Outlook items and all else with a `changeKey`, what
 * tracks changes, tasks and plans, what partners may do for their customers. The schema declares none of it. [Graph:
 * outlookItem, changeTrackedEntity, Planner resource versioning, todoTask, Create delegatedAdminRelationship]
 */
export const isVersioned = oncePer(
  (type: EntityType): boolean =>
    isOutlookItem(type) ||
    VERSIONED_AREAS.test(type.name) ||
    type.lineage.some(({ name }) => VERSIONED_BASES.has(name)),
);

/** Outlook gives the key of an item whatever `$select` says. [Graph: List messages, List events, List contacts] */
export function isOutlookItem(type: EntityType): boolean {
  return type.properties.has('changeKey');
}
