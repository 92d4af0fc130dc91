import { readFileSync } from 'node:fs';

import type { Surroundings } from '../../../src/behavior/index.js';
import { isJsonObject, parseJson, type EntityType, type JsonObject, type Model } from '../../../src/edm/index.js';
import type { StreamContent } from '../../../src/store/index.js';

import { canonicalDocument } from './canonical-document.js';

interface SeedRow {
  readonly collection: string;
  readonly type: EntityType;
  readonly document: JsonObject;
  readonly streams: ReadonlyMap<string, StreamContent>;
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
    for (const { collection, type, document, streams } of read.rows) {
      const entity = await entities.create(collection, type.qualifiedName, structuredClone(document));
      for (const [property, content] of streams) await entities.writeStream(entity, property, content);
    }
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
      return { collection, type, document: canonicalDocument(type, row), streams: streamsOf(type, row) };
    });
  });
}

/** `Photo` of the type `Photo@odata.mediaContentType`, and a media entity's `$value`, in base64url. [OData-JSON 9, 10] */
function streamsOf(type: EntityType, row: JsonObject): Map<string, StreamContent> {
  const names = [...type.properties.values()].filter(({ type: { qualifiedName } }) => qualifiedName === 'Edm.Stream');
  const places = [...names.map(({ name }) => [name, name] as const), ['', '$value'] as const];
  return new Map(
    places.flatMap(([property, member]) => {
      const contentType = row[`${property}@odata.mediaContentType`];
      const content = row[member];
      if (typeof content !== 'string' || typeof contentType !== 'string') return [];
      return [[property, { contentType, bytes: Buffer.from(content, 'base64url') }] as const];
    }),
  );
}

function collectionsOf(model: Model): string[] {
  return [...model.container!.children.values()]
    .filter((child) => child.kind !== 'operationImport')
    .map((child) => child.name);
}

function seedObject(file: string): JsonObject {
  return parseJson(readFileSync(file, 'utf8')) as JsonObject;
}
