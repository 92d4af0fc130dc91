import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { Row, Space, Store, StreamContent } from '../../../src/store/index.js';
import { at, insert, newSpace, type OpenStore } from './fixture.js';

const png: StreamContent = { contentType: 'image/png', bytes: Buffer.from([137, 80, 78, 71, 0, 255, 10]) };
const text: StreamContent = { contentType: 'text/plain', bytes: Buffer.from('text') };

export function streamsConformance(open: OpenStore): void {
  describe('streams', () => {
    let store: Store;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());

    const write = (space: Space, row: Row, property: string, content: StreamContent | undefined, version: number) =>
      space.write((unit) => unit.writeStream(row, property, content, version));
    const read = async (space: Space, row: Row, property = '') => {
      const { version, content } = await space.stream(row, property);
      return [version, content && { ...content, bytes: [...content.bytes] }];
    };

    it('gives the bytes that were written', async () => {
      const space = newSpace(store);
      const row = await insert(space, at('things', 'a'));
      expect(await read(space, row)).toEqual([0, undefined]);
      expect(await write(space, row, '', png, 0)).toBe(1);
      expect(await read(space, row)).toEqual([1, { ...png, bytes: [...png.bytes] }]);
      expect(await read(space, row, 'photo')).toEqual([0, undefined]);
    });

    it.each([0, 1, 1_000_000])('keeps %i bytes', async (length) => {
      const space = newSpace(store);
      const row = await insert(space, at('things', 'a'));
      const bytes = Buffer.alloc(length, 'mockgraph');
      await write(space, row, '', { contentType: 'x/y', bytes }, 0);
      expect(Buffer.compare((await space.stream(row, '')).content!.bytes, bytes)).toBe(0);
    });

    it('counts versions on, whatever becomes of the content', async () => {
      const space = newSpace(store);
      const row = await insert(space, at('things', 'a'));
      expect(await write(space, row, '', png, 0)).toBe(1);
      expect(await write(space, row, '', text, 1)).toBe(2);
      expect(await write(space, row, '', undefined, 2)).toBe(3);
      expect(await read(space, row)).toEqual([3, undefined]);
      expect(await write(space, row, '', png, 3)).toBe(4);
    });

    it('writes over the right version only', async () => {
      const space = newSpace(store);
      const row = await insert(space, at('things', 'a'));
      await write(space, row, '', png, 0);
      expect(await write(space, row, '', text, 0)).toBeUndefined();
      expect(await write(space, row, '', undefined, 2)).toBeUndefined();
      expect(await read(space, row)).toEqual([1, { ...png, bytes: [...png.bytes] }]);
    });

    it('lets one of many writers win', async () => {
      const space = newSpace(store);
      const row = await insert(space, at('things', 'a'));
      const versions = await Promise.all(Array.from({ length: 8 }, () => write(space, row, '', png, 0)));
      expect(versions.toSorted()).toEqual([1, ...Array<undefined>(7).fill(undefined)]);
    });

    it('names the streams of many rows', async () => {
      const space = newSpace(store);
      const [a, b, c] = [
        await insert(space, at('things', 'a')),
        await insert(space, at('things', 'b')),
        await insert(space, at('things', 'c')),
      ];
      await write(space, a, 'photo', png, 0);
      await write(space, a, '', text, 0);
      await write(space, b, '', text, 0);
      await write(space, b, '', undefined, 1);
      expect(await space.streamHeads([a, b, c])).toEqual(
        new Map([
          [
            a.sequence,
            [
              { property: '', contentType: 'text/plain', version: 1 },
              { property: 'photo', contentType: 'image/png', version: 1 },
            ],
          ],
        ]),
      );
      expect(await space.streamHeads([])).toEqual(new Map());
    });

    it('goes with its entity', async () => {
      const space = newSpace(store);
      const row = await insert(space, at('things', 'a'));
      await write(space, row, '', png, 0);
      await space.write((unit) => unit.remove(row, 1));
      expect(await read(space, row)).toEqual([0, undefined]);
      await expect(write(space, row, '', png, 0)).rejects.toMatchObject({ status: 404 });
    });

    it('is rolled back with its unit', async () => {
      const space = newSpace(store);
      const row = await insert(space, at('things', 'a'));
      const failing = space.write(async (unit) => {
        await unit.writeStream(row, '', png, 0);
        throw new Error('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
      expect(await read(space, row)).toEqual([0, undefined]);
    });
  });
}
