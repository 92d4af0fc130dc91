import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { Store } from '../../../src/store/index.js';
import { newSpace, type OpenStore } from './fixture.js';

const [EARLY, LATE] = ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'];

export function snapshotsConformance(open: OpenStore): void {
  describe('snapshots', () => {
    let store: Store;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());

    it('are found by their names, each in its own space', async () => {
      const space = newSpace(store);
      const text = `["ü","\u{1F600}",${'"a",'.repeat(100_000)}"'"]`;
      const key = await space.write((unit) => unit.keepSnapshot(text, EARLY));
      expect(await space.snapshot(key)).toBe(text);
      expect(await space.write((unit) => unit.snapshot(key))).toBe(text);
      expect(await space.snapshot('other')).toBeUndefined();
      expect(await newSpace(store).snapshot(key)).toBeUndefined();
    });

    it('are kept once where they are equal, by several at once too', async () => {
      const space = newSpace(store);
      const keys = await Promise.all([1, 2, 3].map(() => space.write((unit) => unit.keepSnapshot('[]', EARLY))));
      expect(new Set(keys).size).toBe(1);
      expect(await space.write((unit) => unit.keepSnapshot('[1]', EARLY))).not.toBe(keys[0]);
    });

    it('are not kept by what is rolled back, nor once the space is cleared', async () => {
      const space = newSpace(store);
      let key = '';
      const work = space.write(async (unit) => {
        key = await unit.keepSnapshot('[]', EARLY);
        throw new Error('changed my mind');
      });
      await expect(work).rejects.toThrow('changed my mind');
      expect(await space.snapshot(key)).toBeUndefined();
      await space.write((unit) => unit.keepSnapshot('[]', EARLY));
      await space.clear();
      expect(await space.snapshot(key)).toBeUndefined();
    });

    it('are forgotten when they were last kept before a time', async () => {
      const space = newSpace(store);
      const keep = (text: string, at: string, before?: string) =>
        space.write((unit) => unit.keepSnapshot(text, at, before));
      const [old, renewed] = [await keep('old', EARLY), await keep('renewed', EARLY)];
      await keep('renewed', LATE);
      const other = newSpace(store);
      await other.write((unit) => unit.keepSnapshot('old', EARLY));
      await keep('new', LATE, LATE);
      expect([await space.snapshot(old), await space.snapshot(renewed)]).toEqual([undefined, 'renewed']);
      expect(await other.snapshot(old)).toBe('old');
    });
  });
}
