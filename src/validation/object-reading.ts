import type { JsonObject, JsonValue, Model, NavigationProperty } from '../edm/index.js';

import type { StreamDraft, ValidatorOptions } from './draft.js';
import type { MemberRule } from './member-rule.js';
import type { MemberSet } from './member-set.js';
import type { ViolationCode, Violations } from './violations.js';

/** What all parts of one payload share while it is read. */
export interface PayloadReading {
  readonly model: Model;
  readonly options: ValidatorOptions;
  readonly violations: Violations;
}

/** What all objects of one draft share: a payload has one draft for itself and one for each related entity in it. */
export interface DraftReading {
  readonly payload: PayloadReading;
  /** Path of the draft within the payload, for targets: empty or `members/0/`. */
  readonly prefix: string;
  readonly sent: Map<string, JsonValue>;
  readonly related: RelatedValue[];
  readonly streams: StreamDraft[];
}

/** A navigation property's value, read after the object that it stands in. */
export interface RelatedValue {
  readonly property: NavigationProperty;
  /** Names of the complex properties that it stands in, with the ordinals of items. */
  readonly within: readonly string[];
  readonly as: 'value' | 'binding' | 'delta';
  readonly json: JsonValue;
}

/** Which members an object must have, and which it gets: all, those it needs by default, or only what is given. */
export type Completeness = 'demanded' | 'defaulted' | 'partial';

/** Something wrong with a member; `at` leads from the member to the culprit, for example `/2`. */
export interface Problem {
  readonly code: ViolationCode;
  readonly at: string;
  readonly writeMessage: (path: string) => string;
}

/** One JSON object on its way to become part of a document: what its data transfer object cannot hold. */
export class ObjectReading {
  readonly draft: DraftReading;
  readonly members: MemberSet;
  /** Path of the object within its draft, for example `deviceActionDetails/0`. */
  readonly path: string;
  readonly completeness: Completeness;
  readonly required: ReadonlySet<string> | undefined;
  /** Whether something may hang on the object: it is an entity, or a complex value that an entity has under a path. */
  readonly isAddressable: boolean;
  /** Qualified name to be kept in the document; for nested values only. */
  typeName: string | undefined;
  dynamic: JsonObject | undefined;
  #problems: Map<string, Problem[]> | undefined;

  constructor(
    draft: DraftReading,
    members: MemberSet,
    path: string,
    completeness: Completeness,
    required?: ReadonlySet<string>,
    isAddressable = true,
  ) {
    this.draft = draft;
    this.members = members;
    this.path = path;
    this.completeness = completeness;
    this.required = required;
    this.isAddressable = isAddressable;
  }

  pathOf(name: string): string {
    return this.path === '' ? name : `${this.path}/${name}`;
  }

  /** As the client sees it, through all related entities. */
  targetOf(name: string): string {
    return this.draft.prefix + this.pathOf(name);
  }

  /**
   * Keeps what is said of a navigation property; false where no relation can start from the object, such as an item of a
   * collection without order, which nothing tells from the others.
   */
  keepRelated(property: NavigationProperty, as: RelatedValue['as'], json: JsonValue): boolean {
    if (!this.isAddressable) return false;
    this.draft.related.push({ property, within: this.path === '' ? [] : this.path.split('/'), as, json });
    return true;
  }

  demands(rule: MemberRule): boolean {
    if (this.completeness === 'partial' || rule.isGivenByService) return false;
    if (this.required?.has(rule.name) === true) return true;
    const isForgiven = rule.isLeftOpen && this.draft.payload.options.missing === 'default';
    return this.completeness === 'demanded' && rule.isEssential && !isForgiven;
  }

  /** Notes that a member is wrong: `must be a string.`; class-validator's error tree then leads back here. */
  note(rule: MemberRule, code: ViolationCode, text: string | (() => string), at = ''): false {
    const writeMessage = (path: string) => `The ${rule.noun} '${path}' ${typeof text === 'string' ? text : text()}`;
    return this.noteProblem(rule, { code, at, writeMessage });
  }

  noteProblem(rule: MemberRule, problem: Problem): false {
    this.#problems ??= new Map();
    const problems = this.#problems.get(rule.key);
    if (problems) problems.push(problem);
    else this.#problems.set(rule.key, [problem]);
    return false;
  }

  problemsOf(key: string): readonly Problem[] | undefined {
    return this.#problems?.get(key);
  }
}
