import { isCsdlObject, type CsdlDocument, type CsdlObject, type CsdlValue } from './csdl-json.js';
import { EntityContainer, type EntitySet } from './entity-container.js';
import { EnumType } from './enum-type.js';
import { Operation } from './operation.js';
import { primitiveType } from './primitive/index.js';
import type { SchemaType } from './schema-type.js';
import { ComplexType, EntityType, type StructuredType } from './structured-type.js';
import { TypeDefinition } from './type-definition.js';
import { objects } from './type-reference.js';

/** One schema of a document: a namespace and what it declares. */
export interface Schema {
  readonly namespace: string;
  readonly alias: string | undefined;
  readonly json: CsdlObject;
}

export interface ModelOptions {
  /** Qualified names of complex types without properties that stand for any JSON. */
  readonly untyped?: readonly string[];
}

/**
 * An immutable schema model over CSDL JSON documents. Elements are made when they are first asked for and stay,
 * so that a schema of thousands of types costs nothing until a request touches it.
 */
export class Model {
  readonly documents: readonly CsdlDocument[];
  readonly schemas: readonly Schema[];
  readonly #namespaceOfAlias = new Map<string, string>();
  readonly #schemaOfNamespace = new Map<string, Schema>();
  readonly #externalAnnotations = new Map<string, CsdlObject[]>();
  readonly #types = new Map<string, SchemaType>();
  readonly #operations = new Map<string, readonly Operation[]>();
  readonly #containers = new Map<string, EntityContainer>();
  #entitySets: readonly EntitySet[] | undefined;
  readonly #setsOf = new Map<EntityType, readonly EntitySet[]>();
  #derived: Map<string, StructuredType[]> | undefined;
  readonly #untyped: ReadonlySet<string>;
  #boundInAnyCase: ReadonlyMap<string, readonly Operation[]> | undefined;
  #boundByName: Map<string, Operation[]> | undefined;

  constructor(documents: readonly CsdlDocument[], { untyped = [] }: ModelOptions = {}) {
    this.#untyped = new Set(untyped);
    this.documents = documents;
    this.schemas = documents.flatMap(schemasOf);
    for (const schema of this.schemas) {
      this.#schemaOfNamespace.set(schema.namespace, schema);
      if (schema.alias !== undefined) this.#namespaceOfAlias.set(schema.alias, schema.namespace);
    }
    for (const document of documents) this.#readIncludes(document);
    for (const schema of this.schemas) this.#readExternalAnnotations(schema);
  }

  /** Whether values that are declared with a type may be any JSON. */
  isUntyped(typeName: string): boolean {
    return this.#untyped.has(typeName);
  }

  /** The container that the first document with one names; undefined for a schema of types alone. */
  get container(): EntityContainer | undefined {
    const name = this.documents.find((document) => document.$EntityContainer !== undefined)?.$EntityContainer;
    return name === undefined ? undefined : this.containerNamed(name);
  }

  /** The entity sets of the container; none in a schema of types alone. */
  get entitySets(): readonly EntitySet[] {
    return (this.#entitySets ??= this.container?.entitySets ?? []);
  }

  /** The entity sets of exactly this type. */
  setsOf(type: EntityType): readonly EntitySet[] {
    let sets = this.#setsOf.get(type);
    if (sets === undefined) this.#setsOf.set(type, (sets = this.entitySets.filter((set) => set.type === type)));
    return sets;
  }

  containerNamed(name: string): EntityContainer | undefined {
    const qualifiedName = this.expandName(name);
    const known = this.#containers.get(qualifiedName);
    if (known) return known;
    const json = this.#declaration(qualifiedName);
    if (!isCsdlObject(json) || json['$Kind'] !== 'EntityContainer') return undefined;
    const container = new EntityContainer(this, simpleName(qualifiedName), qualifiedName, json);
    this.#containers.set(qualifiedName, container);
    return container;
  }

  /** Replaces an alias by its namespace: `graph.user` becomes `microsoft.graph.user`; also within `Collection(…)`. */
  expandName(name: string): string {
    if (name.startsWith('Collection(')) return `Collection(${this.expandName(name.slice(11, -1))})`;
    const dot = name.lastIndexOf('.');
    if (dot < 0) return name;
    const namespace = this.#namespaceOfAlias.get(name.slice(0, dot));
    return namespace === undefined ? name : `${namespace}${name.slice(dot)}`;
  }

  /** A type by its qualified name, with alias or namespace; primitive types included. */
  type(name: string): SchemaType | undefined {
    const known = this.#types.get(name);
    if (known) return known;
    const qualifiedName = this.expandName(name);
    const made = this.#types.get(qualifiedName) ?? this.#typeNamed(qualifiedName);
    if (made) this.#types.set(qualifiedName, made);
    return made;
  }

  #typeNamed(qualifiedName: string): SchemaType | undefined {
    return qualifiedName.startsWith('Edm.') ? this.#builtInType(qualifiedName) : this.#makeType(qualifiedName);
  }

  #builtInType(qualifiedName: string): SchemaType | undefined {
    const json = { $Abstract: true };
    if (qualifiedName === 'Edm.EntityType') return new EntityType(this, 'EntityType', qualifiedName, json);
    if (qualifiedName === 'Edm.ComplexType') return new ComplexType(this, 'ComplexType', qualifiedName, json);
    return primitiveType(qualifiedName);
  }

  structuredType(name: string): StructuredType | undefined {
    const type = this.type(name);
    return type?.kind === 'entity' || type?.kind === 'complex' ? type : undefined;
  }

  /** For names inside the schema itself: a gap there is the schema's mistake, found by `check` at start. */
  typeOrThrow(name: string): SchemaType {
    const type = this.type(name);
    if (!type) throw new Error(`The schema refers to the type ${name}, which it does not declare.`);
    return type;
  }

  structuredTypeOrThrow(name: string): StructuredType {
    const type = this.structuredType(name);
    if (!type) throw new Error(`The schema refers to ${name} as a structured type, which it is not.`);
    return type;
  }

  entityTypeOrThrow(name: string): EntityType {
    const type = this.type(name);
    if (type?.kind !== 'entity') throw new Error(`The schema refers to ${name} as an entity type, which it is not.`);
    return type;
  }

  /** All overloads of an operation by its qualified name. */
  operations(name: string): readonly Operation[] {
    const qualifiedName = this.expandName(name);
    let found = this.#operations.get(qualifiedName);
    if (!found) {
      found = objects(this.#declaration(qualifiedName))
        .filter((json) => json['$Kind'] === 'Action' || json['$Kind'] === 'Function')
        .map((json) => new Operation(this, simpleName(qualifiedName), qualifiedName, json));
      this.#operations.set(qualifiedName, found);
    }
    return found;
  }

  /** All bound overloads with this simple name, an exact match first, whatever their namespace and binding type. */
  boundOperations(name: string, ignoreCase = false): readonly Operation[] {
    this.#boundByName ??= this.#indexBoundOperations();
    const exact = this.#boundByName.get(name);
    if (exact !== undefined || !ignoreCase) return exact ?? [];
    this.#boundInAnyCase ??= new Map(
      [...this.#boundByName].map(([each, operations]) => [each.toLowerCase(), operations]),
    );
    return this.#boundInAnyCase.get(name.toLowerCase()) ?? [];
  }

  /** The bound operations that can be called on a value of a type, or on a collection of such, in the order of the schema. */
  operationsBoundTo(type: StructuredType, isCollection: boolean): readonly Operation[] {
    this.#boundByName ??= this.#indexBoundOperations();
    return [...this.#boundByName.values()].flat().filter(({ bindingParameter }) => {
      const { reference } = bindingParameter ?? {};
      if (reference === undefined || reference.isCollection !== isCollection) return false;
      const expected = reference.type;
      return (expected.kind === 'entity' || expected.kind === 'complex') && type.isOrDerivesFrom(expected);
    });
  }

  /** Types derived from this one, directly or not, in the order of the schema. */
  derivedTypes(type: StructuredType): readonly StructuredType[] {
    if (type.isBuiltIn) return this.#allTypes(type.kind);
    this.#derived ??= this.#indexDerivedTypes();
    const direct = this.#derived.get(type.qualifiedName) ?? [];
    return direct.flatMap((derived) => [derived, ...this.derivedTypes(derived)]);
  }

  /** Qualified names of everything declared with one of these `$Kind`s. */
  *declaredNames(...kinds: readonly string[]): Iterable<string> {
    for (const schema of this.schemas) {
      for (const [name, json] of declarationsOf(schema)) {
        const declared = Array.isArray(json) ? objects(json) : [json].filter(isCsdlObject);
        if (declared.some((declaration) => kinds.includes(String(declaration['$Kind']))))
          yield `${schema.namespace}.${name}`;
      }
    }
  }

  /** Inline and external annotations of a target, by full term name; a target without signature reaches all overloads. [CSDL-JSON 14.2.1] */
  annotationsOf(target: string, inline: CsdlObject): ReadonlyMap<string, CsdlValue> {
    const annotations = new Map<string, CsdlValue>();
    const withoutSignature = target.replace(/\([^)]*\)/, '');
    const unsigned = withoutSignature === target ? [] : (this.#externalAnnotations.get(withoutSignature) ?? []);
    for (const json of [...unsigned, ...(this.#externalAnnotations.get(target) ?? []), inline]) {
      for (const [member, value] of Object.entries(json)) {
        if (member.startsWith('@')) annotations.set(this.#expandTerm(member.slice(1)), value);
      }
    }
    return annotations;
  }

  #makeType(qualifiedName: string): SchemaType | undefined {
    const declaration = this.#declaration(qualifiedName);
    const json = Array.isArray(declaration) ? typeAmongOverloads(declaration) : declaration;
    if (!isCsdlObject(json)) return undefined;
    const name = simpleName(qualifiedName);
    switch (json['$Kind']) {
      case 'EntityType':
        return new EntityType(this, name, qualifiedName, json);
      case 'ComplexType':
        return new ComplexType(this, name, qualifiedName, json);
      case 'EnumType':
        return new EnumType(this, name, qualifiedName, json);
      case 'TypeDefinition':
        return new TypeDefinition(this, name, qualifiedName, json);
      default:
        return undefined;
    }
  }

  #declaration(qualifiedName: string): CsdlValue | undefined {
    const dot = qualifiedName.lastIndexOf('.');
    const name = qualifiedName.slice(dot + 1);
    const schema = this.#schemaOfNamespace.get(qualifiedName.slice(0, dot));
    return schema && isDeclaration(name) && Object.hasOwn(schema.json, name) ? schema.json[name] : undefined;
  }

  #readIncludes(document: CsdlDocument): void {
    for (const reference of Object.values(document.$Reference ?? {})) {
      if (!isCsdlObject(reference)) continue;
      for (const include of objects(reference['$Include'])) {
        if (typeof include['$Alias'] === 'string')
          this.#namespaceOfAlias.set(include['$Alias'], String(include['$Namespace']));
      }
    }
  }

  #readExternalAnnotations(schema: Schema): void {
    const groups = schema.json['$Annotations'];
    if (!isCsdlObject(groups)) return;
    for (const [target, annotations] of Object.entries(groups)) {
      if (!isCsdlObject(annotations)) continue;
      const expanded = this.#expandTarget(target);
      const known = this.#externalAnnotations.get(expanded);
      if (known) known.push(annotations);
      else this.#externalAnnotations.set(expanded, [annotations]);
    }
  }

  #expandTarget(target: string): string {
    const [first = '', ...rest] = target.split('/');
    const parenthesis = first.indexOf('(');
    const expanded =
      parenthesis < 0
        ? this.expandName(first)
        : `${this.expandName(first.slice(0, parenthesis))}(${first
            .slice(parenthesis + 1, -1)
            .split(',')
            .map((name) => this.expandName(name.trim()))
            .join(',')})`;
    return [expanded, ...rest].join('/');
  }

  #expandTerm(term: string): string {
    const [name = '', qualifier] = term.split('#');
    const expanded = this.expandName(name);
    return qualifier === undefined ? expanded : `${expanded}#${qualifier}`;
  }

  #allTypes(kind: StructuredType['kind']): readonly StructuredType[] {
    const names = this.declaredNames(kind === 'entity' ? 'EntityType' : 'ComplexType');
    return [...names].map((name) => this.structuredTypeOrThrow(name));
  }

  #indexDerivedTypes(): Map<string, StructuredType[]> {
    const derived = new Map<string, StructuredType[]>();
    for (const name of this.declaredNames('EntityType', 'ComplexType')) {
      const type = this.structuredTypeOrThrow(name);
      const base = type.baseType?.qualifiedName;
      if (base === undefined) continue;
      const siblings = derived.get(base);
      if (siblings) siblings.push(type);
      else derived.set(base, [type]);
    }
    return derived;
  }

  #indexBoundOperations(): Map<string, Operation[]> {
    const index = new Map<string, Operation[]>();
    for (const qualifiedName of this.declaredNames('Action', 'Function')) {
      const bound = this.operations(qualifiedName).filter((operation) => operation.isBound);
      const name = simpleName(qualifiedName);
      index.set(name, [...(index.get(name) ?? []), ...bound]);
    }
    return index;
  }
}

/** Microsoft Graph has a type and functions of one name (`image`); both stand in the array of the overloads. */
function typeAmongOverloads(overloads: CsdlValue): CsdlObject | undefined {
  return objects(overloads).find((json) => json['$Kind'] !== 'Action' && json['$Kind'] !== 'Function');
}

function schemasOf(document: CsdlDocument): Schema[] {
  return Object.entries(document).flatMap(([namespace, json]) =>
    namespace.startsWith('$') || !isCsdlObject(json)
      ? []
      : [{ namespace, alias: typeof json['$Alias'] === 'string' ? json['$Alias'] : undefined, json }],
  );
}

function declarationsOf(schema: Schema): [string, CsdlValue][] {
  return Object.entries(schema.json).filter(([name]) => isDeclaration(name));
}

function isDeclaration(name: string): boolean {
  return !name.startsWith('$') && !name.includes('@');
}

function simpleName(qualifiedName: string): string {
  return qualifiedName.slice(qualifiedName.lastIndexOf('.') + 1);
}
