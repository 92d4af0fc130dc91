import {
  keptSent,
  parseJson,
  writeJson,
  type EntityType,
  type JsonObject,
  type Model,
  type Scalar,
} from '../edm/index.js';
import { changedMeanwhile } from '../error/index.js';
import {
  havingValues,
  keyOfDocument,
  placesAfter,
  relationOf,
  type Expression,
  type PathRules,
  type ReadPlan,
  type Relation,
  wholeRows,
} from '../plan/index.js';
import type { Address, Reader, Row, StreamContent, Unit } from '../store/index.js';

/** A stored entity with its document as an object. */
export interface Entity {
  readonly row: Row;
  readonly document: JsonObject;
}

/** The stored entities, as behaviours read them. Documents are canonical: see `ScalarType`. */
export interface StoredEntities {
  /** All entities of a collection in the order of their creation. */
  all(collection: string): Promise<readonly Entity[]>;
  get(address: Address): Promise<Entity | undefined>;
  /** The entities of these collections with this key, in the order of their creation. */
  keyed(type: EntityType, collections: readonly string[], key: string): Promise<readonly Entity[]>;
  /** What a navigation property of an entity leads to; perhaps those alone whose properties have some values. */
  related(entity: Entity, property: string, values?: JsonObject): Promise<readonly Entity[]>;
  /** What it leads to in one step or more, where the property is kept as references; circles end. */
  reached(entity: Entity, property: string): Promise<readonly Entity[]>;
  /** The entities of a type whose navigation property, which is kept as references, leads to an entity. */
  holding(entity: Entity, type: EntityType, property: string): Promise<readonly Entity[]>;
  /** The entities of collections of a type whose properties have these values; null is no value to look for. */
  having(type: EntityType, collections: readonly string[], values: JsonObject): Promise<readonly Entity[]>;
}

/** The same to be written as well, within a transaction. */
export interface Entities extends StoredEntities {
  /**
   * The entity that a path leads to, or an id, which may be the URL of the real service; what is there without having been
   * written is written now. Throws 404 where there is none.
   */
  at(path: string): Promise<Entity>;
  /** The same, as it is once others that were changing it are done; none changes it before the request ends. */
  hold(address: Address): Promise<Entity | undefined>;
  /** Makes other requests that claim the same name wait until this one ends; before looking whether something is taken. */
  claim(name: string): Promise<void>;
  /** Stores a new entity; its key stands in the document. A singleton's collection is its name. */
  create(collection: string, type: string, document: JsonObject): Promise<Entity>;
  /** Lays changes over an entity; its version counts up. */
  update(entity: Entity, changes: JsonObject): Promise<Entity>;
  remove(entity: Entity): Promise<void>;
  /** Puts an entity with all that it contains elsewhere and lays changes over it; its references stay. */
  move(entity: Entity, to: Address, changes: JsonObject): Promise<Entity>;
  /** Takes away all references from and to an entity. */
  isolate(entity: Entity): Promise<void>;
  /** Gives an entity a stream, or takes it away; the empty name is that of a media entity's own. */
  writeStream(entity: Entity, property: string, content: StreamContent | undefined): Promise<void>;
  /** Adds a reference to a navigation property that is kept as references; adding it again changes nothing. */
  link(entity: Entity, property: string, other: Entity): Promise<void>;
  unlink(entity: Entity, property: string, other: Entity): Promise<void>;
}

export function storedEntitiesOf(reader: Reader, model: Model, rules: PathRules): StoredEntities {
  async function found(plan: ReadPlan): Promise<readonly Entity[]> {
    const entities: Entity[] = [];
    for await (const row of reader.read(plan)) entities.push(entityOf(row));
    return entities;
  }
  function behind({ row }: Entity, relation: Relation, where?: Expression): Promise<readonly Entity[]> {
    const of = { kind: 'entity', collection: row.collection, key: row.key } as const;
    const plan = wholeRows(relation.property.type, { kind: 'related', of, relation });
    return found(where === undefined ? plan : { ...plan, where });
  }
  return {
    all: (collection) =>
      found(wholeRows(typeIn(collection, model), { kind: 'collections', collections: [collection] })),
    async get(address) {
      const row = await reader.get(address);
      return row === undefined ? undefined : entityOf(row);
    },
    async related(entity, name, values) {
      const relation = relationFrom(entity, name, model, rules);
      if (relation === undefined) return [];
      return behind(entity, relation, values && valuesOf(relation.property.type, values));
    },
    async reached(entity, name) {
      const relation = relationFrom(entity, name, model, rules);
      if (relation === undefined) return [];
      return behind(entity, { ...asReferences(relation), isTransitive: true });
    },
    async holding({ row: { collection, key } }, type, name) {
      const property = type.navigationProperties.get(name);
      if (property === undefined) return [];
      const relation = asReferences(relationOf(model, rules, undefined, property));
      const backwards = { ...relation, inverse: !relation.inverse };
      return found(wholeRows(type, { kind: 'related', of: { kind: 'entity', collection, key }, relation: backwards }));
    },
    keyed: (type, collections, key) =>
      found(wholeRows(type, { kind: 'keyed', of: { kind: 'collections', collections }, key })),
    async having(type, collections, values) {
      const where = valuesOf(type, values);
      return where === undefined ? [] : found({ ...wholeRows(type, { kind: 'collections', collections }), where });
    },
  };
}

export function entitiesOf(unit: Unit, model: Model, rules: PathRules, at: Entities['at']): Entities {
  const endsOf = (entity: Entity, name: string, other: Entity) => {
    const relation = asReferences(relationFrom(entity, name, model, rules));
    const [source, target] = relation.inverse ? [other, entity] : [entity, other];
    return { relation, source: source.row, target: target.row };
  };
  return {
    ...storedEntitiesOf(unit, model, rules),
    async link(entity, name, other) {
      const { relation, source, target } = endsOf(entity, name, other);
      await unit.link(source, relation, target);
    },
    async unlink(entity, name, other) {
      const { relation, source, target } = endsOf(entity, name, other);
      await unit.unlink(source, relation, target);
    },
    async move({ row, document }, to, changes) {
      const next = { ...document, ...changes };
      const sent = keptSent(row.sent, document, next);
      const moved = await unit.move(row, row.version, { ...to, type: row.type, document: writeJson(next), sent });
      if (moved === undefined) throw changedMeanwhile('entity');
      return entityOf(moved);
    },
    async isolate({ row }) {
      await unit.isolate(row);
    },
    at,
    async hold(address) {
      const row = await unit.hold(address);
      return row === undefined ? undefined : entityOf(row);
    },
    claim: (name) => unit.claim(name),
    async create(collection, type, document) {
      const isSingleton = model.container?.child(collection)?.kind === 'singleton';
      const key = isSingleton ? '' : keyOfDocument(model.entityTypeOrThrow(type), document);
      return entityOf(await unit.insert({ collection, key, type, document: writeJson(document), sent: undefined }));
    },
    async update({ row, document }, changes) {
      const { collection, key, type, version } = row;
      const next = { ...document, ...changes };
      const sent = keptSent(row.sent, document, next);
      const stored = await unit.replace({ collection, key, type, document: writeJson(next), sent }, version);
      if (stored === undefined) throw changedMeanwhile('entity');
      const places = placesAfter(model.entityTypeOrThrow(type), model, document, next);
      if (places !== undefined) await unit.rehang(stored, places);
      return entityOf(stored);
    },
    async writeStream({ row }, property, content) {
      const { version } = await unit.stream(row, property);
      if ((await unit.writeStream(row, property, content, version)) === undefined) throw changedMeanwhile('entity');
    },
    async remove({ row: { collection, key } }) {
      // References of others that went before may have counted it up.
      const row = await unit.hold({ collection, key });
      if (row === undefined) throw changedMeanwhile('entity');
      if (!(await unit.remove(row, row.version))) throw changedMeanwhile('entity');
    },
  };
}

export function entityOf(row: Row): Entity {
  return { row, document: parseJson(row.document) as JsonObject };
}

function relationFrom({ row }: Entity, name: string, model: Model, rules: PathRules): Relation | undefined {
  const property = model.entityTypeOrThrow(row.type).navigationProperties.get(name);
  if (property === undefined) return undefined;
  const child = model.container?.child(row.collection.split('/')[0]!);
  return relationOf(model, rules, child?.kind === 'operationImport' ? undefined : child, property);
}

function asReferences(relation: Relation | undefined): Extract<Relation, { kind: 'linked' }> {
  if (relation?.kind === 'linked') return relation;
  throw new Error(`'${relation?.property.name ?? 'It'}' is not kept as references.`);
}

/** Null is no value to look for. */
function valuesOf(type: EntityType, values: JsonObject): Expression | undefined {
  const scalars = Object.entries(values).filter(([, value]) => value !== null) as [string, Scalar][];
  return havingValues(type, new Map(scalars), 'and');
}

/** The type of a set's members; below a set the type says nothing to a plan without conditions. */
function typeIn(collection: string, model: Model): EntityType {
  const child = model.container?.child(collection.split('/')[0]!);
  if (child?.kind === 'entitySet' || child?.kind === 'singleton') return child.type;
  throw new Error(`There is no collection '${collection}'.`);
}
