import { parseJson, writeJson, type EntityType, type JsonObject, type Model } from '../edm/index.js';
import { conflict } from '../error/index.js';
import { keyOfDocument, type ReadPlan } from '../plan/index.js';
import type { Address, Row, Unit } from '../store/index.js';

/** A stored entity with its document as an object. */
export interface Entity {
  readonly row: Row;
  readonly document: JsonObject;
}

/** The stored entities, as behaviours see them. Documents are canonical: see `ScalarType`. */
export interface Entities {
  /** All entities of a collection in the order of their creation. */
  all(collection: string): Promise<readonly Entity[]>;
  get(address: Address): Promise<Entity | undefined>;
  /** Stores a new entity; its key stands in the document. A singleton's collection is its name. */
  create(collection: string, type: string, document: JsonObject): Promise<Entity>;
  /** Lays changes over an entity; its version counts up. */
  update(entity: Entity, changes: JsonObject): Promise<Entity>;
  remove(entity: Entity): Promise<void>;
  /** Entities behind stored references. */
  readonly unit: Unit;
}

export function entitiesOf(unit: Unit, model: Model): Entities {
  return {
    unit,
    async all(collection) {
      const found: Entity[] = [];
      for await (const row of unit.read(planOf(collection, model))) found.push(entityOf(row));
      return found;
    },
    async get(address) {
      const row = await unit.get(address);
      return row === undefined ? undefined : entityOf(row);
    },
    async create(collection, type, document) {
      const isSingleton = model.container?.child(collection)?.kind === 'singleton';
      const key = isSingleton ? '' : keyOfDocument(model.entityTypeOrThrow(type), document);
      return entityOf(await unit.insert({ collection, key, type, document: writeJson(document), sent: undefined }));
    },
    async update({ row, document }, changes) {
      const { collection, key, type, version } = row;
      const next = { ...document, ...changes };
      const stored = await unit.replace({ collection, key, type, document: writeJson(next), sent: undefined }, version);
      if (stored === undefined) throw changedMeanwhile();
      return entityOf(stored);
    },
    async remove({ row }) {
      if (!(await unit.remove(row, row.version))) throw changedMeanwhile();
    },
  };
}

export function entityOf(row: Row): Entity {
  return { row, document: parseJson(row.document) as JsonObject };
}

function planOf(collection: string, model: Model): ReadPlan {
  const [name] = collection.split('/');
  const child = model.container?.child(name ?? '');
  const type = child?.kind === 'entitySet' || child?.kind === 'singleton' ? child.type : undefined;
  return {
    type: type as EntityType,
    from: { kind: 'collections', collections: [collection] },
    order: [],
    page: { limit: undefined, skip: 0 },
    embed: [],
    compute: [],
    shape: { contextList: '' },
  };
}

function changedMeanwhile(): Error {
  return conflict('The entity was changed by another request at the same time.');
}
