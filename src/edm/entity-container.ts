import { isCsdlObject, type CsdlObject } from './csdl-json.js';
import { Element } from './element.js';
import type { Model } from './model.js';
import type { Operation } from './operation.js';
import type { EntityType } from './structured-type.js';

/** A collection of entities at the root of the service. [CSDL-JSON 13.2] */
export class EntitySet extends Element {
  readonly kind = 'entitySet';
  #type: EntityType | undefined;
  #bindings: ReadonlyMap<string, string> | undefined;

  get type(): EntityType {
    return (this.#type ??= this.model.entityTypeOrThrow(this.model.expandName(String(this.json['$Type']))));
  }

  get includeInServiceDocument(): boolean {
    return this.json['$IncludeInServiceDocument'] !== false;
  }

  get bindings(): ReadonlyMap<string, string> {
    return (this.#bindings ??= bindingsOf(this.json));
  }
}

/** A single entity at the root of the service. [CSDL-JSON 13.3] */
export class Singleton extends Element {
  readonly kind = 'singleton';
  #type: EntityType | undefined;
  #bindings: ReadonlyMap<string, string> | undefined;

  get type(): EntityType {
    return (this.#type ??= this.model.entityTypeOrThrow(this.model.expandName(String(this.json['$Type']))));
  }

  get isNullable(): boolean {
    return this.json['$Nullable'] === true;
  }

  get bindings(): ReadonlyMap<string, string> {
    return (this.#bindings ??= bindingsOf(this.json));
  }
}

/** An unbound operation that is callable at the root of the service. [CSDL-JSON 13.5, 13.6] */
export class OperationImport extends Element {
  readonly kind = 'operationImport';
  /** Qualified name of the operation. */
  get operationName(): string {
    return this.model.expandName(String(this.json['$Action'] ?? this.json['$Function']));
  }

  get operations(): readonly Operation[] {
    return this.model.operations(this.operationName).filter((operation) => !operation.isBound);
  }

  get isAction(): boolean {
    return this.json['$Action'] !== undefined;
  }

  get includeInServiceDocument(): boolean {
    return this.json['$IncludeInServiceDocument'] === true;
  }

  get entitySet(): string | undefined {
    const set = this.json['$EntitySet'];
    return typeof set === 'string' ? set : undefined;
  }
}

export type ContainerChild = EntitySet | Singleton | OperationImport;

/** The entity container: the root of all paths. [CSDL-JSON 13] */
export class EntityContainer extends Element {
  readonly qualifiedName: string;
  readonly children: ReadonlyMap<string, ContainerChild>;
  /** In the order of the schema. */
  readonly entitySets: readonly EntitySet[];

  constructor(model: Model, name: string, qualifiedName: string, json: CsdlObject) {
    super(model, name, qualifiedName, json);
    this.qualifiedName = qualifiedName;
    const extended = typeof json['$Extends'] === 'string' ? model.containerNamed(json['$Extends']) : undefined;
    const children = new Map<string, ContainerChild>(extended?.children);
    for (const [child, value] of Object.entries(json)) {
      if (child.startsWith('$') || child.includes('@') || !isCsdlObject(value)) continue;
      children.set(child, this.#child(child, value));
    }
    this.children = children;
    this.entitySets = [...children.values()].filter((child) => child.kind === 'entitySet');
  }

  child(name: string): ContainerChild | undefined {
    return this.children.get(name);
  }

  #child(name: string, json: CsdlObject): ContainerChild {
    const target = `${this.qualifiedName}/${name}`;
    if (json['$Action'] !== undefined || json['$Function'] !== undefined)
      return new OperationImport(this.model, name, target, json);
    if (json['$Collection'] === true) return new EntitySet(this.model, name, target, json);
    return new Singleton(this.model, name, target, json);
  }
}

function bindingsOf(json: CsdlObject): ReadonlyMap<string, string> {
  const bindings = json['$NavigationPropertyBinding'];
  return new Map(isCsdlObject(bindings) ? Object.entries(bindings).map(([path, set]) => [path, String(set)]) : []);
}
