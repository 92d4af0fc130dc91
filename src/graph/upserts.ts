import type { Profile } from '../protocol/index.js';

import { GROUP, TEAM } from './teamwork.js';

/** Resources that clients create by `PUT`, under the keys that they choose. [Graph: Create externalItem, Create or replace an activity, Create or replace a historyItem] */
const PUT_TO_CREATE: ReadonlySet<string> = new Set([
  'microsoft.graph.externalConnectors.externalItem',
  'microsoft.graph.externalItem',
  'microsoft.graph.userActivity',
  'microsoft.graph.activityHistoryItem',
]);

/** `PATCH` creates nothing, and `PUT` only what the documentation says; a team behind its group. [Graph: Create team from group] */
export const upserts: Profile['upserts'] = ({ qualifiedName }, method, through) =>
  method === 'PUT' &&
  (PUT_TO_CREATE.has(qualifiedName) ||
    (qualifiedName === TEAM && through?.name === 'team' && through.declaringType.qualifiedName === GROUP));
