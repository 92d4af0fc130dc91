import type { MemberRule } from './member-rule.js';

/** The members that objects of a type, or the parameters of an operation, may have. */
export interface MemberSet {
  /** What has the members, as in `… does not exist on type 'microsoft.graph.user'`. */
  readonly owner: string;
  readonly noun: 'property' | 'parameter';
  /** In the order of the schema. */
  readonly rules: ReadonlyMap<string, MemberRule>;
}
