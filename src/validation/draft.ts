import type { EntityType, JsonObject, JsonValue, NavigationProperty, Property, StructuredType } from '../edm/index.js';

/** A payload that agrees with the schema, in canonical form. */
export interface Draft {
  /** The declared type, or the derived one that `@odata.type` named. */
  readonly type: StructuredType;
  readonly typeWasGiven: boolean;
  /** Canonical values of the properties that were given (null included) or defaulted; no control information but nested `@odata.type`. */
  readonly document: JsonObject;
  /** Names of those properties that were left out, and have their defaults. */
  readonly defaulted: ReadonlySet<string>;
  /** From JSON Pointer (RFC 6901) to the value as it was sent, wherever that differs from the canonical one. */
  readonly sent: ReadonlyMap<string, JsonValue>;
  /** Related entities that come with a new entity; an update has `changes` instead. */
  readonly links: readonly LinkDraft[];
  readonly children: readonly ChildDraft[];
  /** What an update or replacement says about related entities. */
  readonly changes: readonly RelatedChange[];
  /** Streams whose content stands in the payload. [OData-JSON 9, 10] */
  readonly streams: readonly StreamDraft[];
  /** Instance annotations of the entity itself, by their terms, as they were sent. [OData-JSON 20] */
  readonly annotations: ReadonlyMap<string, JsonValue>;
  /** `@odata.id` of the payload, where there was one. */
  readonly id: string | undefined;
  /** `@odata.etag` of the payload, where there was one. */
  readonly etag: string | undefined;
}

/** The content of a stream within a payload. */
export interface StreamDraft {
  /** Path of the stream property; empty for the stream of a media entity. */
  readonly property: string;
  /** The stream property, or the type of the media entity. */
  readonly declared: Property | EntityType;
  /** Undefined where the stream is to be null. */
  readonly content: { readonly contentType: string; readonly bytes: Uint8Array } | undefined;
}

/** `members@odata.bind`, or items that are nothing but an `@odata.id`. [OData-JSON 8.5] */
export interface LinkDraft {
  readonly property: NavigationProperty;
  /** Names of the complex properties that it stands in, with the ordinals of items. */
  readonly within: readonly string[];
  readonly ids: readonly string[];
}

/** Related entities inside the payload. [OData-Protocol 11.4.2.2] */
export interface ChildDraft {
  readonly property: NavigationProperty;
  /** Names of the complex properties that it stands in, with the ordinals of items. */
  readonly within: readonly string[];
  /** Null where a single-valued navigation property was set to null. */
  readonly drafts: readonly Draft[] | null;
}

/** What becomes of the entities behind a navigation property. [OData-Protocol 11.4.3.1] */
export type RelatedChange = {
  readonly property: NavigationProperty;
  /** Names of the complex properties that it stands in, with the ordinals of items. */
  readonly within: readonly string[];
} & (
  | { readonly kind: 'empty' }
  /** Adds to a collection, and replaces a single one: the way of OData 4.0. */
  | { readonly kind: 'bind'; readonly ids: readonly string[] }
  /** All that are to be related. */
  | { readonly kind: 'whole'; readonly items: readonly NestedItem[] }
  /** Only what changes. */
  | { readonly kind: 'delta'; readonly items: readonly NestedItem[] }
);

/** An entity within a list of related ones, not yet read; `target` is its path in the payload. */
export type NestedItem = { readonly target: string } & (
  | { readonly kind: 'reference'; readonly id: string }
  | { readonly kind: 'entity'; readonly json: JsonObject }
  | { readonly kind: 'removed'; readonly json: JsonObject; readonly reason: 'changed' | 'deleted' }
);

/** How a payload is meant. */
export interface Use {
  /** `inline`: the entity is a parameter of an operation, with what the caller cares to say about it. */
  readonly kind: 'create' | 'update' | 'replace' | 'inline';
  /** Names that a create or replace must give, by annotation. [Capabilities InsertRestrictions/RequiredProperties] */
  readonly required?: ReadonlySet<string>;
}

export interface ValidatorOptions {
  /**
   * What happens to a property that is not nullable, has no default and is left out: its type's default value, or 400. To a
   * parameter of which the schema leaves open whether it must be given: it is null, or 400.
   */
  readonly missing: 'default' | 'required';
  /** Whether a JSON number may stand for a member of an enumeration, beyond what OData allows. */
  readonly enumNumbers?: boolean;
  /** Whether names of enumeration members count in any case; the declared one is kept. */
  readonly enumIgnoreCase?: boolean;
  /** Whether a date-time may stand for its date. */
  readonly datesOfDateTimes?: boolean;
  /** Whether names of dynamic properties need not be identifiers: in some open types they are ids or addresses. */
  readonly anyDynamicName?: boolean;
  /** Whether streams may stand in payloads, beside requests of their own. */
  readonly inlineStreams?: boolean;
  /** Whether a complex value may be of an abstract type. */
  readonly abstractComplex?: boolean;
  /** Namespaces, in lower case, in which payloads may name the types of the schema beside its own, all in any case. */
  readonly otherNamespaces?: RegExp;
  /** Whether names of members count in any case; the declared ones are kept. */
  readonly memberIgnoreCase?: boolean;
}
