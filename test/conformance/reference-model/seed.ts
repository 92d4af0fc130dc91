import { readFileSync } from 'node:fs';

import type { Surroundings } from '../../../src/behavior/index.js';
import { isJsonObject, parseJson, type EntityType, type JsonObject, type Model } from '../../../src/edm/index.js';

import { canonicalDocument } from './canonical-document.js';

interface SeedRow {
  readonly collection: string;
  readonly type: EntityType;
  readonly document: JsonObject;
}

/** Replaces everything in the service by the seed. */
export type Reseed = (surroundings: Surroundings) => Promise<void>;

/** Reads the seed once; foreign keys make the relations, so rows are all there is to store. */
export function reseedFrom(file: string): Reseed {
  let read: { readonly model: Model; readonly rows: readonly SeedRow[] } | undefined;
  return async ({ entities, model }) => {
    if (read?.model !== model) read = { model, rows: seedRows(file, model) };
    for (const collection of collectionsOf(model)) {
      for (const entity of await entities.all(collection)) await entities.remove(entity);
    }
    for (const { collection, type, document } of read.rows)
      await entities.create(collection, type.qualifiedName, structuredClone(document));
  };
}

/** The seed prices of products by their keys. */
export function seedPrices(file: string): ReadonlyMap<string, number> {
  const products = seedObject(file)['Products'] as JsonObject[];
  return new Map(products.map((product) => [String(product['ID']), Number(product['Price'])]));
}

function seedRows(file: string, model: Model): SeedRow[] {
  const seed = seedObject(file);
  return collectionsOf(model).flatMap((collection) => {
    const child = model.container!.child(collection)!;
    if (child.kind === 'operationImport') return [];
    const rows = seed[collection];
    return (Array.isArray(rows) ? rows : [rows]).filter(isJsonObject).map((row) => {
      const named = row['@odata.type'];
      const type = typeof named === 'string' ? model.entityTypeOrThrow(named.replace(/^#/, '')) : child.type;
      return { collection, type, document: canonicalDocument(type, row) };
    });
  });
}

function collectionsOf(model: Model): string[] {
  return [...model.container!.children.values()]
    .filter((child) => child.kind !== 'operationImport')
    .map((child) => child.name);
}

function seedObject(file: string): JsonObject {
  return parseJson(readFileSync(file, 'utf8')) as JsonObject;
}
