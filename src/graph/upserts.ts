import type { Profile } from '../protocol/index.js';

/** Resources that clients create by `PUT`, under the keys that they choose. [Graph: Create externalItem, Create or replace an activity, Create or replace a historyItem] */
const PUT_TO_CREATE: ReadonlySet<string> = new Set([
  'microsoft.graph.externalConnectors.externalItem',
  'microsoft.graph.externalItem',
  'microsoft.graph.userActivity',
  'microsoft.graph.activityHistoryItem',
]);

/** `PATCH` creates nothing, and `PUT` only what the documentation says. */
export const upserts: Profile['upserts'] = ({ qualifiedName }, method) =>
  method === 'PUT' && PUT_TO_CREATE.has(qualifiedName);
