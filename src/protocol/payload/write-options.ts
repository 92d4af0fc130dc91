import type { EntityType, JsonValue, Property, TypeReference } from '../../edm/index.js';
import type { Embed, ReadPlan, Shape } from '../../plan/index.js';
import type { Row } from '../../store/index.js';
import type { Format } from '../headers/accept.js';
import type { Preferences } from '../headers/preferences.js';

/** How entities of one answer are written. */
export interface WriteOptions {
  /** The type that the context URL declares; others carry `@odata.type`. */
  readonly declaredType: EntityType;
  readonly shape: Shape;
  /** Plans of what is embedded, in the order of the request. */
  readonly embed?: readonly Embed[];
  /** What `$compute` adds, for the types of its values. */
  readonly compute?: ReadPlan['compute'];
  readonly format: Format;
  readonly preferences: Preferences;
  /** Absolute URL of the service root, for links at `odata.metadata=full`. */
  readonly root: string;
  /** Whether `@odata.type` is written although it could be inferred. */
  readonly alwaysType?: boolean;
  /** Control information at the head of the entity, such as `"@odata.context":"…",`. */
  readonly head?: string;
  readonly etag?: string;
  /** Context path of what the entity stands in, where contained entities that are expanded have a context URL. */
  readonly contextPath?: string | undefined;
  /** Whether the request that is answered created it. */
  readonly isNew?: boolean;
  /** Whether the service made the values up, so that there is no spelling of a client to keep. */
  readonly isMadeUp?: boolean;
}

/** The documents of rows as JSON texts, in the order of the model. [OData-JSON 6] */
export interface EntityWriter {
  write(row: Row, options: WriteOptions): string;
  /**
   * A value of a structural property of an entity, or of an item of it, as JSON text; `pointer` leads to where its name, or
   * its ordinal, counts from.
   */
  writeValue(
    property: Property,
    value: JsonValue | undefined,
    row: Row,
    place: { readonly pointer: string; readonly name: string },
    options: WriteOptions,
  ): string;
  /**
   * A value of any declared type as JSON text, such as the result of an operation; of complex ones what the shape says, and
   * what options within `$select` make of them.
   */
  writeReference(reference: TypeReference, value: JsonValue, options: WriteOptions, refined?: Row['refined']): string;
}
