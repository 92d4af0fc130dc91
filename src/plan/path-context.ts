import type { Model } from '../edm/index.js';

import type { Aliases } from './bind-key.js';
import type { PathRules } from './path-rules.js';

/** What the resolution of a path needs to know. */
export interface PathContext {
  readonly model: Model;
  readonly rules: PathRules;
  readonly aliases: Aliases;
}
