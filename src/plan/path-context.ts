import type { Model } from '../edm/index.js';

import type { Aliases } from './bind-key.js';
import type { BindLimits } from './bind/index.js';
import type { FunctionDefinitions } from './function-definitions.js';
import type { PathRules } from './path-rules.js';

/** What the resolution of a path needs to know. */
export interface PathContext {
  readonly model: Model;
  readonly rules: PathRules;
  readonly aliases: Aliases;
  /** Whether a number may be compared with an enumeration. */
  readonly allowEnumNumbers?: boolean;
  /** What functions mean as expressions. */
  readonly definitions?: FunctionDefinitions;
  /** What a condition within the path may ask for; the usual limits where nothing is said. */
  readonly limits?: { readonly bind: BindLimits };
}
