import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import type { CountRule, Space, Store } from '../../../src/store/index.js';
import { at, FRIENDS, insert, newRow, type OpenStore } from './fixture.js';

const TYPES = new Set(['test.thing']);
const RULES: readonly CountRule[] = [
  { storedAs: 'friends', holders: TYPES, counted: TYPES, members: { friendCount: {}, goodCount: { isGood: true } } },
];

export function countsConformance(open: OpenStore): void {
  describe('counts of references', () => {
    let store: Store;
    let space: Space;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());
    beforeEach(async () => {
      space = store.space(randomUUID(), { counts: RULES });
      await insert(space, a, { id: 'a', friendCount: 9 });
      await insert(space, b, { id: 'b', isGood: true });
      await insert(space, c, { id: 'c', isGood: false });
    });

    const [a, b, c] = [at('things', 'a'), at('things', 'b'), at('things', 'c')];
    const link = (from: typeof a, to: typeof a) => space.write((unit) => unit.link(from, FRIENDS, to));
    const counts = async (address = a): Promise<readonly number[]> => {
      const { friendCount, goodCount } = JSON.parse((await space.get(address))!.document);
      return [friendCount, goodCount];
    };
    const rewrite = (address: typeof a, document: object) =>
      space.write(async (unit) => unit.replace(newRow(address, document), (await unit.hold(address))!.version));

    it('begin with none and are nobody else’s to write', async () => {
      expect(await counts()).toEqual([0, 0]);
      await link(a, b);
      await rewrite(a, { id: 'a', friendCount: -3, name: 'kept' });
      expect(JSON.parse((await space.get(a))!.document)).toEqual({
        id: 'a',
        friendCount: 1,
        goodCount: 1,
        name: 'kept',
      });
    });

    it('count each reference once', async () => {
      expect(await link(a, b)).toBe(true);
      expect(await link(a, b)).toBe(false);
      await link(a, c);
      expect(await counts()).toEqual([2, 1]);
    });

    it('follow what the others are', async () => {
      await link(a, b);
      await link(c, b);
      await rewrite(b, { id: 'b', isGood: false });
      expect([await counts(a), await counts(c)]).toEqual([
        [1, 0],
        [1, 0],
      ]);
    });

    it('fall with one reference, with all, and with what they lead to', async () => {
      for (const each of [b, c]) await link(a, each);
      await space.write((unit) => unit.unlink(a, FRIENDS, c));
      expect(await counts()).toEqual([1, 1]);
      await link(a, c);
      expect(await space.write((unit) => unit.unlink(a, FRIENDS))).toBe(2);
      expect(await counts()).toEqual([0, 0]);
      await link(a, b);
      await space.write((unit) => unit.remove(b, 1));
      expect(await counts()).toEqual([0, 0]);
    });

    it('fall with what something removed contained', async () => {
      const within = at('things/c/parts', 'x');
      await insert(space, within, { id: 'x', isGood: true });
      await link(a, within);
      await link(c, within);
      await space.write(async (unit) => unit.remove(c, (await unit.get(c))!.version));
      expect(await counts()).toEqual([0, 0]);
    });

    it('fall at both ends of what is isolated', async () => {
      await link(a, b);
      await link(b, c);
      await space.write((unit) => unit.isolate(b));
      expect([await counts(a), await counts(b)]).toEqual([
        [0, 0],
        [0, 0],
      ]);
    });

    it('leave nothing of a unit that failed', async () => {
      const failing = space.write(async (unit) => {
        await unit.link(a, FRIENDS, b);
        throw new Error('undone');
      });
      await expect(failing).rejects.toThrow('undone');
      expect(await counts()).toEqual([0, 0]);
    });

    it('are right after many units at once', async () => {
      const others = Array.from({ length: 12 }, (_, index) => at('things', `n${String(index)}`));
      await Promise.all(
        others.map(async (each, index) => {
          await insert(space, each, { id: each.key, isGood: false });
          await Promise.all([link(a, each), rewrite(each, { id: each.key, isGood: index % 2 === 0 })]);
          if (index % 3 === 0) await space.write(async (unit) => unit.remove(each, (await unit.hold(each))!.version));
        }),
      );
      const left = others.filter((_, index) => index % 3 !== 0);
      expect(await counts()).toEqual([
        left.length,
        others.filter((_, index) => index % 6 === 2 || index % 6 === 4).length,
      ]);
    });
  });
}
