import { isCsdlObject, type CsdlObject } from './csdl-json.js';
import { Element } from './element.js';
import type { Model } from './model.js';
import { NavigationProperty, Property } from './property.js';

/** A key property: its name in URLs and the path that leads to it. [CSDL-JSON 6.5] */
export interface KeyProperty {
  readonly name: string;
  readonly path: readonly string[];
  readonly property: Property;
}

/** What entity types and complex types have in common: properties, inheritance, openness. */
abstract class Structured extends Element {
  readonly qualifiedName: string;
  readonly isAbstract: boolean;
  readonly #baseName: string | undefined;
  #lineage: readonly StructuredType[] | undefined;
  #members: { properties: Map<string, Property>; navigationProperties: Map<string, NavigationProperty> } | undefined;

  constructor(model: Model, name: string, qualifiedName: string, json: CsdlObject) {
    super(model, name, qualifiedName, json);
    this.qualifiedName = qualifiedName;
    this.isAbstract = json['$Abstract'] === true;
    this.#baseName = typeof json['$BaseType'] === 'string' ? model.expandName(json['$BaseType']) : undefined;
  }

  /** Inherited through the whole chain of base types. [CSDL-JSON 6.3] */
  get isOpen(): boolean {
    return this.json['$OpenType'] === true || (this.baseType?.isOpen ?? false);
  }

  get baseType(): StructuredType | undefined {
    return this.#baseName === undefined ? undefined : this.model.structuredTypeOrThrow(this.#baseName);
  }

  /** This type and its base types, nearest first. [CSDL-JSON 6.1] */
  get lineage(): readonly StructuredType[] {
    return (this.#lineage ??= [this.self, ...(this.baseType?.lineage ?? [])]);
  }

  /** Structural properties, inherited ones first, in the order of the schema. */
  get properties(): ReadonlyMap<string, Property> {
    return (this.#members ??= this.#resolve()).properties;
  }

  /** Navigation properties, inherited ones first, in the order of the schema. */
  get navigationProperties(): ReadonlyMap<string, NavigationProperty> {
    return (this.#members ??= this.#resolve()).navigationProperties;
  }

  /** A structural or navigation property by its exact name. */
  member(name: string): Property | NavigationProperty | undefined {
    return this.properties.get(name) ?? this.navigationProperties.get(name);
  }

  /** The structural property that a path leads to through complex ones. */
  propertyAt([name = '', ...further]: readonly string[]): Property | undefined {
    const property = this.properties.get(name);
    if (further.length === 0) return property;
    return property?.type.kind === 'complex' ? property.type.propertyAt(further) : undefined;
  }

  /** The built-in abstract types stand for any type of their kind. [CSDL-JSON 4.5] */
  isOrDerivesFrom(other: StructuredType): boolean {
    if (other.isBuiltIn) return other.kind === this.self.kind;
    return this.lineage.includes(other);
  }

  /** Whether a qualified name is that of this type or of one that derives from it. */
  includes(qualifiedName: string): boolean {
    return this.model.structuredType(qualifiedName)?.isOrDerivesFrom(this.self) === true;
  }

  get isBuiltIn(): boolean {
    return this.qualifiedName.startsWith('Edm.');
  }

  protected abstract get self(): StructuredType;

  #resolve() {
    const properties = new Map(this.baseType?.properties);
    const navigationProperties = new Map(this.baseType?.navigationProperties);
    for (const [name, json] of Object.entries(this.json)) {
      if (name.startsWith('$') || name.includes('@') || !isCsdlObject(json)) continue;
      if (json['$Kind'] === 'NavigationProperty') {
        navigationProperties.set(name, new NavigationProperty(this.model, this.self, name, json));
      } else {
        properties.set(name, new Property(this.model, this.self, name, json));
      }
    }
    return { properties, navigationProperties };
  }
}

/** An entity type. [CSDL-JSON 6] */
export class EntityType extends Structured {
  readonly kind = 'entity';
  #key: readonly KeyProperty[] | undefined;

  /** Declared by this type or the nearest base type that declares one; empty for keyless abstract types. */
  get key(): readonly KeyProperty[] {
    return (this.#key ??= this.#resolveKey());
  }

  get hasStream(): boolean {
    return this.json['$HasStream'] === true || (this.baseType instanceof EntityType && this.baseType.hasStream);
  }

  protected get self(): this {
    return this;
  }

  #resolveKey(): readonly KeyProperty[] {
    const declared = this.json['$Key'];
    if (!Array.isArray(declared)) return this.baseType instanceof EntityType ? this.baseType.key : [];
    return declared.map((entry) => {
      const [name, path] = isCsdlObject(entry) ? Object.entries(entry)[0]! : [String(entry), entry];
      const steps = String(path).split('/');
      return { name, path: steps, property: this.#propertyAt(steps) };
    });
  }

  #propertyAt(steps: readonly string[]): Property {
    let type: StructuredType = this.self;
    let property: Property | undefined;
    for (const step of steps) {
      property = type.properties.get(step);
      if (!property)
        throw new Error(`The key of ${this.qualifiedName} names '${steps.join('/')}', which does not exist.`);
      if (property.type.kind === 'complex') type = property.type;
    }
    return property!;
  }
}

/** A complex type. [CSDL-JSON 9] */
export class ComplexType extends Structured {
  readonly kind = 'complex';

  protected get self(): this {
    return this;
  }
}

export type StructuredType = EntityType | ComplexType;
