import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import type { Space, Store } from '../../../src/store/index.js';
import { at, friendsPlan, insert, keys, newSpace, type OpenStore } from './fixture.js';

export function linksConformance(open: OpenStore): void {
  describe('links', () => {
    let store: Store;
    let space: Space;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());
    beforeEach(async () => {
      space = newSpace(store);
      for (const key of ['a', 'b', 'c']) await insert(space, at('things', key));
    });

    const [a, b, c] = [at('things', 'a'), at('things', 'b'), at('things', 'c')];
    const link = (from: typeof a, to: typeof a, property = 'friends') =>
      space.write((unit) => unit.link(from, { storedAs: property, isMutual: false }, to));
    const unlink = (from: typeof a, to?: typeof a, property = 'friends') =>
      space.write((unit) => unit.unlink(from, { storedAs: property, isMutual: false }, to));

    it('are taken away one by one', async () => {
      await link(a, b);
      await link(a, c);
      expect(await unlink(a, b)).toBe(1);
      expect(await unlink(a, b)).toBe(0);
      expect(await unlink(b, a)).toBe(0);
      expect(await unlink(a, c)).toBe(1);
    });

    it('are taken away together, those of other properties stay', async () => {
      await link(a, b);
      await link(a, c);
      await link(a, b, 'enemies');
      expect(await unlink(a)).toBe(2);
      expect(await unlink(a, undefined, 'enemies')).toBe(1);
    });

    it('are there once, however often they are added', async () => {
      await link(a, b);
      await link(a, b);
      expect(await unlink(a)).toBe(1);
    });

    it('need both ends', async () => {
      await expect(link(a, at('things', 'x'))).rejects.toMatchObject({ status: 404 });
      await expect(link(at('things', 'x'), a)).rejects.toMatchObject({ status: 404 });
      expect(await unlink(at('things', 'x'))).toBe(0);
    });

    it('go with either end', async () => {
      await link(a, b);
      await link(b, c);
      await link(a, c);
      await space.write((unit) => unit.remove(b, 2));
      expect(await unlink(a)).toBe(1);
      await insert(space, b);
      expect(await unlink(b)).toBe(0);
    });

    it('count up the ends that have them, and no other', async () => {
      const mutual = (from: typeof a, to: typeof a) =>
        space.write((unit) => unit.link(from, { storedAs: 'mates', isMutual: true }, to));
      const versions = () => Promise.all([a, b, c].map(async (each) => (await space.get(each))?.version));
      await link(a, b);
      expect(await versions()).toEqual([2, 1, 1]);
      await link(a, b);
      await unlink(a, c);
      expect(await versions()).toEqual([2, 1, 1]);
      await unlink(a);
      expect(await versions()).toEqual([3, 1, 1]);
      await mutual(b, c);
      expect(await versions()).toEqual([3, 2, 2]);
      await space.write((unit) => unit.unlink(b, { storedAs: 'mates', isMutual: true }));
      expect(await versions()).toEqual([3, 3, 3]);
      await link(a, a);
      await link(a, b);
      await space.write((unit) => unit.isolate(b));
      expect(await versions()).toEqual([6, 3, 3]);
      await link(a, b);
      await link(c, a);
      expect(await space.write((unit) => unit.remove(a, 7))).toBe(true);
      expect(await versions()).toEqual([undefined, 4, 5]);
    });

    it('survive a replacement', async () => {
      await link(a, b);
      await space.write((unit) => unit.replace({ ...b, type: 'test.thing', document: '{}', sent: undefined }, 1));
      expect(await unlink(a, b)).toBe(1);
    });

    it('go all at once, of one row alone', async () => {
      await link(a, b);
      await link(b, c, 'enemies');
      await link(b, b);
      await link(a, c);
      expect(await space.write((unit) => unit.isolate(b))).toBe(3);
      expect(await space.write((unit) => unit.isolate(b))).toBe(0);
      expect(await space.write((unit) => unit.isolate(at('things', 'x')))).toBe(0);
      expect(await keys(space.read(friendsPlan(a)))).toEqual(['c']);
    });

    it('are followed as far as they lead, circles included', async () => {
      await insert(space, at('things', 'd'));
      await link(a, b);
      await link(b, c);
      await link(a, c);
      await link(c, b);
      await link(c, at('things', 'd'), 'enemies');
      const reached = (from: typeof a, inverse?: boolean) =>
        keys(space.read(friendsPlan(from, { inverse: inverse ?? false, isTransitive: true })));
      expect(await reached(a)).toEqual(['b', 'c']);
      expect(await reached(b)).toEqual(['b', 'c']);
      expect(await reached(c, true)).toEqual(['a', 'b', 'c']);
      expect(await reached(a, true)).toEqual([]);
      expect(await reached(at('things', 'd'))).toEqual([]);
    });

    it('are read in both directions', async () => {
      await link(a, c);
      await link(a, b);
      await link(b, c);
      expect(await keys(space.read(friendsPlan(a)))).toEqual(['b', 'c']);
      expect(await keys(space.read(friendsPlan(c, { inverse: true })))).toEqual(['a', 'b']);
    });
  });
}
