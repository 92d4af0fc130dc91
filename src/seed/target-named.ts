import { resolvePath, type Target } from '../plan/index.js';
import { parsePath } from '../url/index.js';

import type { Seeding } from './seeding.js';

/** What a resource path names. Throws 404 and 400 as a request for it would. */
export function targetNamed(path: string, { model, rules }: Pick<Seeding, 'model' | 'rules'>): Target {
  return resolvePath(parsePath(path), { model, rules, aliases: new Map() });
}
