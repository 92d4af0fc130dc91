import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';

import { Model, type EntityType, type ScalarType } from '../../../src/edm/index.js';
import type { OrderTerm, Page, ReadPlan } from '../../../src/plan/index.js';
import type { Address, Link, NewRow, Row, Space, Store } from '../../../src/store/index.js';

/** Opens a store that no other test uses, or that is shared by tests which keep to spaces of their own. */
export type OpenStore = () => Promise<Store>;

const model = new Model([
  {
    $Version: '4.01',
    test: {
      thing: {
        $Kind: 'EntityType',
        name: { $Nullable: true },
        rank: { $Type: 'Edm.Int32', $Nullable: true },
        friends: { $Kind: 'NavigationProperty', $Collection: true, $Type: 'test.thing' },
      },
    },
  },
]);
const thing = model.type('test.thing') as EntityType;

/** A space without rows. */
export function newSpace(store: Store): Space {
  return store.space(randomUUID());
}

export function at(collection: string, key: string): Address {
  return { collection, key };
}

export function newRow({ collection, key }: Address, document: object | string = { id: key }): NewRow {
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  return { collection, key, type: 'test.thing', document: text, sent: undefined };
}

export function insert(space: Space, address: Address, document?: object | string): Promise<Row> {
  return space.write((unit) => unit.insert(newRow(address, document)));
}

export async function exists(space: Space, address: Address): Promise<boolean> {
  return (await space.get(address)) !== undefined;
}

export function planOf(collection: string, page: Partial<Page> = {}, order: readonly OrderTerm[] = []): ReadPlan {
  return {
    type: thing,
    from: { kind: 'collections', collections: [collection] },
    order,
    page: { limit: undefined, skip: 0, ...page },
    embed: [],
    compute: [],
    shape: { contextList: '' },
  };
}

/** References of one end alone. */
export const FRIENDS: Link = { storedAs: 'friends', isMutual: false };

/** What the entity's `friends` are, or who has it as a friend. */
export function friendsPlan(source: Address, { inverse = false, isTransitive = false } = {}): ReadPlan {
  const property = thing.navigationProperties.get('friends')!;
  const relation = { kind: 'linked', property, ...FRIENDS, inverse, isSingle: false, isTransitive } as const;
  return { ...planOf('things'), from: { kind: 'related', of: { kind: 'entity', ...source }, relation } };
}

export function orderBy(name: 'name' | 'rank', direction: 'asc' | 'desc' = 'asc'): OrderTerm {
  const property = thing.properties.get(name)!;
  const type = property.type as ScalarType;
  return {
    direction,
    expression: {
      kind: 'value',
      type,
      place: {
        kind: 'member',
        property,
        of: { kind: 'variable', variable: 0, type: { type: thing, isCollection: false } },
        type: { type, isCollection: false },
      },
    },
  };
}

export async function all(rows: AsyncIterable<Row>): Promise<Row[]> {
  const result: Row[] = [];
  for await (const row of rows) result.push(row);
  return result;
}

export async function keys(rows: AsyncIterable<Row>): Promise<string[]> {
  return (await all(rows)).map((row) => row.key);
}

/** Long enough for other units of work to overlap with this one. */
export function aWhile(): Promise<void> {
  return setTimeout(30);
}
