import type { CsdlObject, CsdlValue } from './csdl-json.js';
import { isCsdlObject } from './csdl-json.js';
import { Element } from './element.js';
import type { Model } from './model.js';
import type { Facets } from './scalar-type.js';
import type { SchemaType } from './schema-type.js';
import type { EntityType, StructuredType } from './structured-type.js';
import { TypeReference } from './type-reference.js';

/** A structural property. [CSDL-JSON 7] */
export class Property extends Element {
  readonly kind = 'property';
  readonly declaringType: StructuredType;
  readonly reference: TypeReference;

  constructor(model: Model, declaringType: StructuredType, name: string, json: CsdlObject) {
    super(model, name, `${declaringType.qualifiedName}/${name}`, json);
    this.declaringType = declaringType;
    this.reference = new TypeReference(model, json);
  }

  get type(): SchemaType {
    return this.reference.type;
  }

  get isCollection(): boolean {
    return this.reference.isCollection;
  }

  get isNullable(): boolean {
    return this.reference.isNullable;
  }

  get facets(): Facets {
    return this.reference.facets;
  }

  get defaultValue(): CsdlValue | undefined {
    return this.json['$DefaultValue'];
  }

  /** Whether the schema does not declare it: a value, or several, of any type. [OData-Protocol 11.2.1] */
  get isDynamic(): boolean {
    return this.declaringType.properties.get(this.name) !== this;
  }

  /** A property of an open type that its declaration does not name. */
  static dynamic(model: Model, type: StructuredType, name: string): Property {
    return new Property(model, type, name, { $Type: 'Edm.Untyped', $Nullable: true });
  }
}

/** A navigation property. [CSDL-JSON 8] */
export class NavigationProperty extends Element {
  readonly kind = 'navigation';
  readonly declaringType: StructuredType;
  readonly reference: TypeReference;

  constructor(model: Model, declaringType: StructuredType, name: string, json: CsdlObject) {
    super(model, name, `${declaringType.qualifiedName}/${name}`, json);
    this.declaringType = declaringType;
    this.reference = new TypeReference(model, json);
  }

  get type(): EntityType {
    return this.model.entityTypeOrThrow(this.reference.typeName);
  }

  get isCollection(): boolean {
    return this.reference.isCollection;
  }

  get isNullable(): boolean {
    return this.reference.isNullable;
  }

  get containsTarget(): boolean {
    return this.json['$ContainsTarget'] === true;
  }

  /** The navigation property of the target type that leads back. [CSDL-JSON 8.4] */
  get partner(): NavigationProperty | undefined {
    const path = this.json['$Partner'];
    return typeof path === 'string' ? this.type.navigationProperties.get(path) : undefined;
  }

  /** What a delete does along this relation: `Cascade`, `None`, `SetNull` or `SetDefault`. [CSDL-JSON 8.6] */
  get onDelete(): string | undefined {
    const action = this.json['$OnDelete'];
    return typeof action === 'string' ? action : undefined;
  }

  /** The paths of dependent and principal properties: from what has this property, and from what it leads to. [CSDL-JSON 8.5] */
  get referentialConstraints(): readonly {
    readonly dependent: readonly string[];
    readonly principal: readonly string[];
  }[] {
    const constraints = this.json['$ReferentialConstraint'];
    if (!isCsdlObject(constraints)) return [];
    return Object.entries(constraints)
      .filter(([dependent]) => !dependent.includes('@'))
      .map(([dependent, principal]) => ({
        dependent: dependent.split('/'),
        principal: String(principal).split('/'),
      }));
  }
}
