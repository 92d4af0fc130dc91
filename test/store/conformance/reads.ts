import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { Space, Store } from '../../../src/store/index.js';
import { all, at, insert, keys, newRow, newSpace, orderBy, planOf, type OpenStore } from './fixture.js';

export function readsConformance(open: OpenStore): void {
  describe('reads by plan', () => {
    const count = 450;
    const expected = Array.from({ length: count }, (_, index) => String(index));
    let store: Store;
    let space: Space;
    beforeAll(async () => {
      store = await open();
      space = newSpace(store);
      await space.write(async (unit) => {
        for (const key of expected) {
          const rank = Number(key) % 10;
          await unit.insert(newRow(at('things', key), rank === 9 ? {} : { rank }));
        }
      });
    });
    afterAll(() => store.close());

    it('give all rows in the order of their sequence, however many', async () => {
      expect(await keys(space.read(planOf('things')))).toEqual(expected);
      expect(await keys(space.read(planOf('nothing')))).toEqual([]);
    });

    it.each([0, 1, 200, 201, 400, 449, 451])('give a page of %d', async (limit) => {
      expect(await keys(space.read(planOf('things', { limit })))).toEqual(expected.slice(0, limit));
    });

    it('skip rows once, not in each batch', async () => {
      expect(await keys(space.read(planOf('things', { skip: 5, limit: 300 })))).toEqual(expected.slice(5, 305));
      expect(await keys(space.read(planOf('things', { skip: 449 })))).toEqual(['449']);
    });

    it('continue behind a row', async () => {
      const [, row] = await all(space.read(planOf('things', { limit: 2 })));
      const after = { values: [], sequence: row!.sequence };
      expect(await keys(space.read(planOf('things', { after })))).toEqual(expected.slice(2));
    });

    it.each(['asc', 'desc'] as const)('keep the order across batches: %s, nulls included', async (direction) => {
      // [OData-Protocol 11.2.6.2]: null comes before all other values.
      const rankOf = (key: string) => (Number(key) % 10 === 9 ? -1 : Number(key) % 10);
      const sign = direction === 'asc' ? 1 : -1;
      const sorted = expected.toSorted((a, b) => sign * (rankOf(a) - rankOf(b)));
      expect(await keys(space.read(planOf('things', {}, [orderBy('rank', direction)])))).toEqual(sorted);
    });

    it('count all rows, whatever the page', async () => {
      expect(await space.count(planOf('things', { limit: 3, skip: 2 }))).toBe(count);
      expect(await space.count(planOf('nothing'))).toBe(0);
    });

    it('give the first row', async () => {
      expect(await space.first(planOf('things'))).toEqual(await space.get(at('things', '0')));
      expect(await space.first(planOf('things', { skip: 7 }))).toMatchObject({ key: '7' });
      expect(await space.first(planOf('things', { limit: 0 }))).toBeUndefined();
      expect(await space.first(planOf('nothing'))).toBeUndefined();
    });

    it('let others write while a slow consumer reads', async () => {
      const own = newSpace(store);
      await own.write(async (unit) => {
        for (const key of expected) await unit.insert(newRow(at('things', key)));
      });
      const seen: string[] = [];
      for await (const { key } of own.read(planOf('things'))) {
        if (key === '10') {
          await insert(own, at('things', 'late'));
          await own.write((unit) => unit.remove(at('things', '300'), 1));
        }
        seen.push(key);
      }
      expect(seen).toEqual([...expected.filter((key) => key !== '300'), 'late']);
    });

    it('end when the consumer stops, and hold nothing', async () => {
      for (let time = 0; time < 30; time++)
        for await (const row of space.read(planOf('things'))) if (row.key === '3') break;
      expect(await space.count(planOf('things'))).toBe(count);
    });
  });
}
