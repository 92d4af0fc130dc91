import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import type { Space, Store } from '../../../src/store/index.js';
import { at, FRIENDS, insert, newRow, newSpace, type OpenStore } from './fixture.js';

export function lossesConformance(open: OpenStore): void {
  describe('what is no longer there', () => {
    let store: Store;
    let space: Space;
    const [a, b] = [at('things', 'a'), at('things', 'b')];
    const below = at('things/a/parts', '1');
    beforeAll(async () => {
      store = await open();
    });
    beforeEach(async () => {
      space = newSpace(store);
      for (const address of [a, b, below]) await insert(space, address);
    });
    afterAll(() => store.close());

    it('is known by its address and its collection, with all that it contained', async () => {
      for (const place of [a, b, below, { collection: 'things' }]) expect(await space.hasLost(place)).toBe(false);
      await space.write((unit) => unit.remove(a, 1));
      for (const place of [a, below, { collection: 'things' }, { collection: 'things/a/parts' }])
        expect([place, await space.hasLost(place)]).toEqual([place, true]);
      for (const place of [b, at('others', 'a'), at('things', 'A'), { collection: 'thing' }])
        expect([place, await space.hasLost(place)]).toEqual([place, false]);
      expect(await newSpace(store).hasLost(a)).toBe(false);
    });

    it('is known where it was moved away from', async () => {
      await space.write((unit) => unit.move(a, 1, newRow(at('others', 'a'))));
      expect([await space.hasLost(a), await space.hasLost(below), await space.hasLost(at('others', 'a'))]).toEqual([
        true,
        true,
        false,
      ]);
    });

    it('is known within the transaction, and not after it was rolled back', async () => {
      const work = space.write(async (unit) => {
        await unit.remove(a, 1);
        expect(await unit.hasLost(a)).toBe(true);
        throw new Error('rolled back');
      });
      await expect(work).rejects.toThrow('rolled back');
      expect(await space.hasLost(a)).toBe(false);
    });

    it('is known of references, from either end', async () => {
      await space.write((unit) => unit.link(a, FRIENDS, b));
      expect(await space.hasUnlinked(a, FRIENDS.storedAs)).toBe(false);
      await space.write((unit) => unit.unlink(a, FRIENDS, b));
      expect([await space.hasUnlinked(a, FRIENDS.storedAs), await space.hasUnlinked(b, FRIENDS.storedAs)]).toEqual([
        true,
        true,
      ]);
      expect([await space.hasUnlinked(below, FRIENDS.storedAs), await space.hasUnlinked(a, 'enemies')]).toEqual([
        false,
        false,
      ]);
      expect(await space.hasLost(a)).toBe(false);
    });

    it('is forgotten where the space is cleared', async () => {
      await space.write((unit) => unit.remove(a, 1));
      await space.clear();
      expect(await space.hasLost(a)).toBe(false);
    });
  });

  describe('the number of entities', () => {
    it('is compared with another', async () => {
      const store = await open();
      const space = newSpace(store);
      expect(await space.holdsMore(0)).toBe(false);
      for (const key of ['a', 'b', 'c']) await insert(space, at(key, key));
      expect([await space.holdsMore(2), await space.holdsMore(3)]).toEqual([true, false]);
      await store.close();
    });
  });
}
