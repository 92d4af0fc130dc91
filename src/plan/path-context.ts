import type { Model, Operation } from '../edm/index.js';
import type { Expression } from '../url/index.js';

import type { Aliases } from './bind-key.js';
import type { BindLimits } from './bind/index.js';
import type { PathRules } from './path-rules.js';

/** What functions mean as expressions over their binding parameters and `@parameters`. */
export type FunctionDefinitions = ReadonlyMap<Operation, Expression>;

/** What the resolution of a path needs to know. */
export interface PathContext {
  readonly model: Model;
  readonly rules: PathRules;
  readonly aliases: Aliases;
  /** Whether a number may be compared with an enumeration. */
  readonly allowEnumNumbers?: boolean;
  /** Whether an alias without a value is refused rather than null. [OData-URL 5.3] */
  readonly demandsAliasValues?: boolean;
  /** What functions mean as expressions. */
  readonly definitions?: FunctionDefinitions;
  /** What a condition within the path may ask for; the usual limits where nothing is said. */
  readonly limits?: { readonly bind: BindLimits };
}
