import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { ServiceError } from '../../../src/error/index.js';
import type { Store, Unit } from '../../../src/store/index.js';
import { at, aWhile, exists, FRIENDS, insert, keys, newRow, newSpace, type OpenStore, planOf } from './fixture.js';

export function unitsConformance(open: OpenStore): void {
  describe('units of work', () => {
    let store: Store;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());

    it('give what the work gives', async () => {
      expect(await newSpace(store).write(async () => 'done')).toBe('done');
    });

    it('leave nothing when the work throws', async () => {
      const space = newSpace(store);
      await insert(space, at('things', 'old'), { n: 1 });
      const work = space.write(async (unit) => {
        await unit.insert(newRow(at('things', 'new')));
        await unit.replace(newRow(at('things', 'old'), { n: 2 }), 1);
        await unit.link(at('things', 'old'), FRIENDS, at('things', 'new'));
        throw new Error('changed my mind');
      });
      await expect(work).rejects.toThrow('changed my mind');
      expect(await exists(space, at('things', 'new'))).toBe(false);
      expect(await space.get(at('things', 'old'))).toMatchObject({ version: 1 });
      expect(await space.write((unit) => unit.unlink(at('things', 'old'), FRIENDS))).toBe(0);
    });

    it('do not share their fate when they overlap', async () => {
      const space = newSpace(store);
      const failing = space.write(async (unit) => {
        await unit.insert(newRow(at('things', 'failing')));
        await aWhile();
        throw new Error('changed my mind');
      });
      const succeeding = space.write(async (unit) => {
        await aWhile();
        await unit.insert(newRow(at('things', 'succeeding')));
      });
      await expect(failing).rejects.toThrow('changed my mind');
      await succeeding;
      expect(await keys(space.read(planOf('things')))).toEqual(['succeeding']);
    });

    it('are not seen by others before they end', async () => {
      const space = newSpace(store);
      const failing = space.write(async (unit) => {
        await unit.insert(newRow(at('things', 'a')));
        expect(await unit.get(at('things', 'a'))).toMatchObject({ version: 1 });
        expect(await unit.count(planOf('things'))).toBe(1);
        expect(await unit.first(planOf('things'))).toMatchObject({ key: 'a' });
        expect(await keys(unit.read(planOf('things')))).toEqual(['a']);
        await aWhile();
        throw new Error('changed my mind');
      });
      const [row, count, read] = [
        space.get(at('things', 'a')),
        space.count(planOf('things')),
        keys(space.read(planOf('things'))),
      ];
      await expect(failing).rejects.toThrow('changed my mind');
      expect(await row).toBeUndefined();
      expect(await count).toBe(0);
      expect(await read).toEqual([]);
    });

    it('are lost when the database refuses a statement, even if the work goes on', async () => {
      const space = newSpace(store);
      const work = space.write(async (unit) => {
        await unit.insert(newRow(at('things', 'before')));
        await unit.insert(newRow(at('things', 'malformed'), '{"a":')).catch(() => {});
        await unit.insert(newRow(at('things', 'after'))).catch(() => {});
      });
      await expect(work).rejects.toBeInstanceOf(ServiceError);
      expect(await keys(space.read(planOf('things')))).toEqual([]);
      await insert(space, at('things', 'next'));
      expect(await exists(space, at('things', 'next'))).toBe(true);
    });

    it('go on without a part of theirs that throws', async () => {
      const space = newSpace(store);
      const refused = await space.write(async (unit) => {
        await unit.insert(newRow(at('things', 'before')));
        const failing = unit.part(async () => {
          await unit.insert(newRow(at('things', 'within')));
          await unit.replace(newRow(at('things', 'before'), { n: 2 }), 1);
          throw new Error('changed my mind');
        });
        const [failure] = await Promise.allSettled([failing]);
        await unit.part(() => unit.insert(newRow(at('things', 'after'))));
        return failure.status;
      });
      expect(refused).toBe('rejected');
      expect(await keys(space.read(planOf('things')))).toEqual(['before', 'after']);
      expect(await space.get(at('things', 'before'))).toMatchObject({ version: 1 });
    });

    it('go on without a part of theirs that the database refuses', async () => {
      const space = newSpace(store);
      await space.write(async (unit) => {
        const refused = unit.part(() => unit.insert(newRow(at('things', 'malformed'), '{"a":')));
        await expect(refused).rejects.toBeInstanceOf(ServiceError);
        await unit.insert(newRow(at('things', 'after')));
      });
      expect(await keys(space.read(planOf('things')))).toEqual(['after']);
    });

    it('refuse to work after their end', async () => {
      const space = newSpace(store);
      let escaped: Unit | undefined;
      await space.write(async (unit) => {
        escaped = unit;
      });
      await expect(escaped!.insert(newRow(at('things', 'a')))).rejects.toMatchObject({ status: 500 });
      await expect(escaped!.get(at('things', 'a'))).rejects.toThrow('has ended');
      expect(await exists(space, at('things', 'a'))).toBe(false);
    });

    it('are run to their end by close, later ones are refused', async () => {
      const own = await open();
      const space = newSpace(own);
      const ended: string[] = [];
      const work = space
        .write(async (unit) => {
          await aWhile();
          await unit.insert(newRow(at('things', 'a')));
        })
        .then(() => ended.push('unit'));
      const closing = own.close().then(() => ended.push('close'));
      await expect(space.get(at('things', 'a'))).rejects.toThrow('closed');
      await Promise.all([work, closing, own.close()]);
      expect(ended).toEqual(['unit', 'close']);
    });
  });
}
