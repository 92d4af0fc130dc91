import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { Address, NewRow, Row, Space, Store, Unit } from '../../../src/store/index.js';
import { at, aWhile, exists, FRIENDS, insert, newRow, newSpace, type OpenStore } from './fixture.js';

export function concurrencyConformance(open: OpenStore): void {
  describe('concurrent units', () => {
    let store: Store;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());

    it('lose no update of a counter', async () => {
      const space = newSpace(store);
      await insert(space, at('counters', 'a'), { n: 0 });
      await Promise.all(Array.from({ length: 50 }, () => increment(space, at('counters', 'a'))));
      expect(await countOf(space, at('counters', 'a'))).toBe(50);
      expect(await space.get(at('counters', 'a'))).toMatchObject({ version: 51 });
    });

    it('that hold an entity before they change it come one after another', async () => {
      const space = newSpace(store);
      const address = at('counters', 'a');
      await insert(space, address, { n: 0 });
      const held = () =>
        space.write(async (unit) => {
          const row = (await unit.hold(address))!;
          await unit.replace(oneMore(row), row.version);
        });
      await Promise.all(Array.from({ length: 50 }, held));
      expect(await countOf(space, address)).toBe(50);
      expect(await space.write((unit) => unit.hold(at('counters', 'none')))).toBeUndefined();
    });

    it('that claim a name come one after another, and see what those before them did', async () => {
      const space = newSpace(store);
      const address = at('names', 'a');
      const claiming = () =>
        space.write(async (unit) => {
          await unit.claim('a name');
          if ((await unit.get(address)) !== undefined) return false;
          await aWhile();
          await unit.insert(newRow(address));
          return true;
        });
      const results = await Promise.all(Array.from({ length: 20 }, claiming));
      expect(results.filter(Boolean)).toHaveLength(1);
    });

    it('may claim names that were claimed in a part that failed, and those of other spaces', async () => {
      const space = newSpace(store);
      await space.write(async (unit) => {
        const part = unit.part(async () => {
          await unit.claim('a name');
          throw new Error('given up');
        });
        await expect(part).rejects.toThrow('given up');
        await unit.claim('a name');
        await unit.claim('a name');
      });
      await newSpace(store).write((unit) => unit.claim('a name'));
    });

    it('let one of several have a key', async () => {
      const space = newSpace(store);
      const results = await Promise.allSettled(Array.from({ length: 20 }, () => insert(space, at('things', 'a'))));
      const refused = results.filter((result) => result.status === 'rejected');
      expect(refused.map(({ reason }) => (reason as { status: number }).status)).toEqual(Array(19).fill(409));
    });

    it('succeed though they get in each other’s way', async () => {
      const space = newSpace(store);
      const [a, b] = [at('counters', 'a'), at('counters', 'b')];
      for (const address of [a, b]) await insert(space, address, { n: 0 });
      const both = (first: Address, second: Address) =>
        space.write(async (unit) => {
          await step(unit, first);
          await aWhile();
          await step(unit, second);
        });
      await Promise.all([both(a, b), both(b, a)]);
      expect([await countOf(space, a), await countOf(space, b)]).toEqual([2, 2]);
    });

    it('add nothing to a parent that is being removed', async () => {
      const space = newSpace(store);
      await insert(space, at('things', 'a'));
      const removal = space.write(async (unit) => {
        await unit.remove(at('things', 'a'), 1);
        await aWhile();
      });
      await new Promise(setImmediate);
      const late = space.write(async (unit) => {
        await aWhile();
        await unit.insert(newRow(at('things/a/parts', 'b')), at('things', 'a'));
      });
      await Promise.all([removal, expect(late).rejects.toMatchObject({ status: 404 })]);
      expect(await exists(space, at('things/a/parts', 'b'))).toBe(false);
    });

    it.each(['things/a/parts', 'things/a/parts/b/screws'])('leave no orphan in %s', async (collection) => {
      const space = newSpace(store);
      await insert(space, at('things', 'a'));
      await insert(space, at('things/a/parts', 'b'));
      const parent = collection.endsWith('parts') ? at('things', 'a') : at('things/a/parts', 'b');
      const addition = space.write(async (unit) => {
        await unit.insert(newRow(at(collection, 'new')), parent);
        await aWhile();
      });
      const removal = space.write((unit) => unit.remove(at('things', 'a'), 1));
      await Promise.allSettled([addition, removal]);
      expect(await removal).toBe(true);
      expect(await exists(space, at(collection, 'new'))).toBe(false);
    });

    it('keep no link to what is being removed', async () => {
      const space = newSpace(store);
      for (const key of ['a', 'b']) await insert(space, at('things', key));
      const removal = space.write(async (unit) => {
        await unit.remove(at('things', 'b'), 1);
        await aWhile();
      });
      const linking = space.write(async (unit) => {
        await aWhile();
        await unit.link(at('things', 'a'), FRIENDS, at('things', 'b'));
      });
      await Promise.allSettled([removal, linking]);
      await expect(linking).rejects.toMatchObject({ status: 404 });
    });
  });
}

/** Changes the counter as a client with `If-Match` does: reads it, writes it, and begins again where another was faster. */
async function increment(space: Space, address: Address): Promise<void> {
  for (;;) {
    const row = (await space.get(address))!;
    if ((await space.write((unit) => unit.replace(oneMore(row), row.version))) !== undefined) return;
  }
}

async function step(unit: Unit, address: Address): Promise<void> {
  for (;;) {
    const row = (await unit.get(address))!;
    if ((await unit.replace(oneMore(row), row.version)) !== undefined) return;
  }
}

function oneMore(row: Row): NewRow {
  return newRow(row, { n: (JSON.parse(row.document) as { n: number }).n + 1 });
}

async function countOf(space: Space, address: Address): Promise<number> {
  return (JSON.parse((await space.get(address))!.document) as { n: number }).n;
}
