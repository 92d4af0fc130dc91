import type { JsonObject, JsonValue, NavigationProperty, StructuredType } from '../edm/index.js';

/** A payload that agrees with the schema, in canonical form. */
export interface Draft {
  /** The declared type, or the derived one that `@odata.type` named. */
  readonly type: StructuredType;
  readonly typeWasGiven: boolean;
  /** Canonical values of the properties that were given (null included) or defaulted; no control information but nested `@odata.type`. */
  readonly document: JsonObject;
  /** From JSON Pointer (RFC 6901) to the value as it was sent, wherever that differs from the canonical one. */
  readonly sent: ReadonlyMap<string, JsonValue>;
  readonly links: readonly LinkDraft[];
  readonly children: readonly ChildDraft[];
  /** `@odata.id` of the payload, where there was one. */
  readonly id: string | undefined;
}

/** `members@odata.bind`, or items that are nothing but an `@odata.id`. [OData-JSON 8.5] */
export interface LinkDraft {
  readonly property: NavigationProperty;
  readonly ids: readonly string[];
}

/** Related entities inside the payload. [OData-Protocol 11.4.2.2] */
export interface ChildDraft {
  readonly property: NavigationProperty;
  /** Null where a single-valued navigation property was set to null. */
  readonly drafts: readonly Draft[] | null;
}

/** How a payload is meant. */
export interface Use {
  readonly kind: 'create' | 'update' | 'replace';
  /** Names that a create or replace must give, by annotation. [Capabilities InsertRestrictions/RequiredProperties] */
  readonly required?: ReadonlySet<string>;
}

export interface ValidatorOptions {
  /** What happens to a property that is not nullable, has no default and is left out: its type's default value, or 400. */
  readonly missing: 'default' | 'required';
  /** Whether a JSON number may stand for a member of an enumeration, beyond what OData allows. */
  readonly enumNumbers?: boolean;
  /** Whether names of enumeration members count in any case; the declared one is kept. */
  readonly enumIgnoreCase?: boolean;
  /** Whether a complex value may be of an abstract type. */
  readonly abstractComplex?: boolean;
}
