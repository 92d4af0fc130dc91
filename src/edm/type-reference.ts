import { isCsdlObject, type CsdlObject, type CsdlValue } from './csdl-json.js';
import type { Model } from './model.js';
import type { Facets } from './scalar-type.js';
import type { SchemaType } from './schema-type.js';

/** The type of a property, parameter or return value, with its facets. */
export class TypeReference {
  readonly isCollection: boolean;
  readonly isNullable: boolean;
  readonly facets: Facets;
  /** The type's name as the schema writes it, alias replaced by namespace. */
  readonly typeName: string;
  readonly #model: Model;
  readonly #json: CsdlObject;
  #type: SchemaType | undefined;

  constructor(model: Model, json: CsdlObject) {
    this.#model = model;
    this.#json = json;
    this.typeName = model.expandName(typeof json['$Type'] === 'string' ? json['$Type'] : 'Edm.String');
    this.isCollection = json['$Collection'] === true;
    this.isNullable = json['$Nullable'] === true;
    this.facets = facetsOf(json);
  }

  /** Resolved on first use, so that cyclic schemas need no second pass. */
  get type(): SchemaType {
    return (this.#type ??= this.#model.typeOrThrow(this.#model.isUntyped(this.typeName) ? UNTYPED : this.typeName));
  }

  /** Of a collection whose items have this type. */
  asCollection(): TypeReference {
    return new TypeReference(this.#model, { ...this.#json, $Collection: true });
  }

  /** Of an item of the collection. */
  asItem(): TypeReference {
    return new TypeReference(this.#model, { ...this.#json, $Collection: false });
  }

  toString(): string {
    return this.isCollection ? `Collection(${this.typeName})` : this.typeName;
  }
}

const UNTYPED = 'Edm.Untyped';

const NO_FACETS: Facets = {};

export function facetsOf(json: CsdlObject): Facets {
  const facets: { -readonly [K in keyof Facets]: Facets[K] } = {};
  if (typeof json['$MaxLength'] === 'number') facets.maxLength = json['$MaxLength'];
  // Zero is also what a document means that states neither, and no service holds its clients to that. See docs/decisions/0009.
  if (typeof json['$Precision'] === 'number' && json['$Precision'] > 0) facets.precision = json['$Precision'];
  const scale = json['$Scale'];
  if ((typeof scale === 'number' && scale > 0) || scale === 'variable' || scale === 'floating') facets.scale = scale;
  const srid = json['$SRID'];
  if (typeof srid === 'number' || srid === 'variable') facets.srid = srid;
  return Object.keys(facets).length === 0 ? NO_FACETS : facets;
}

export function objects(value: CsdlValue | undefined): readonly CsdlObject[] {
  return Array.isArray(value) ? value.filter(isCsdlObject) : [];
}
