import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import type { Address, Space, Store } from '../../../src/store/index.js';
import { at, exists, FRIENDS, friendsPlan, insert, keys, newRow, newSpace, type OpenStore, planOf } from './fixture.js';

export function movesConformance(open: OpenStore): void {
  describe('a moved row', () => {
    let store: Store;
    let space: Space;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());
    beforeEach(() => {
      space = newSpace(store);
    });

    const move = (from: Address, to: Address, version = 1) =>
      space.write((unit) => unit.move(from, version, newRow(to, { id: to.key, moved: true })));

    it('stands elsewhere, as the same row with a new version and document', async () => {
      const { sequence } = await insert(space, at('things', 'a'));
      const moved = await move(at('things', 'a'), at('others', 'b'));
      expect(moved).toMatchObject({ sequence, collection: 'others', key: 'b', version: 2 });
      expect(await space.get(at('others', 'b'))).toMatchObject({ sequence, version: 2 });
      expect(JSON.parse((await space.get(at('others', 'b')))!.document)).toEqual({ id: 'b', moved: true });
      expect(await exists(space, at('things', 'a'))).toBe(false);
    });

    it.each([
      [at('users', '1'), at('deleted', '1')],
      [at('users', '1'), at('a/very/long/place', 'x%2Fy')],
      [at('users', '\u{1F600}'), at('deleted', 'é')],
      [at('settings', ''), at('settings2', '')],
    ])('takes what it contains along: %j to %j', async (from, to) => {
      const pathOf = ({ collection, key }: Address) => (key === '' ? collection : `${collection}/${key}`);
      const below = (address: Address) => [
        at(`${pathOf(address)}/messages`, 'a'),
        at(`${pathOf(address)}/messages/a/parts`, 'b'),
      ];
      const neighbour = at(`${pathOf(from)}0/messages`, 'a');
      for (const address of [from, ...below(from), neighbour]) await insert(space, address);
      await move(from, to);
      for (const address of [to, ...below(to), neighbour])
        expect([address, await exists(space, address)]).toEqual([address, true]);
      for (const address of [from, ...below(from)])
        expect([address, await exists(space, address)]).toEqual([address, false]);
    });

    it('keeps its references and streams', async () => {
      const row = await insert(space, at('things', 'a'));
      await insert(space, at('things', 'b'));
      await space.write(async (unit) => {
        await unit.link(at('things', 'b'), FRIENDS, row);
        await unit.writeStream(row, '', { contentType: 'text/plain', bytes: Buffer.from('x') }, 0);
      });
      const moved = await move(row, at('others', 'c'));
      expect(await keys(space.read(friendsPlan(at('things', 'b'))))).toEqual(['c']);
      expect((await space.stream(moved!, '')).content?.contentType).toBe('text/plain');
    });

    it('needs a free place, and one that is not below itself', async () => {
      for (const key of ['a', 'b']) await insert(space, at('things', key));
      await expect(move(at('things', 'a'), at('things', 'b'))).rejects.toMatchObject({ status: 409 });
      await expect(move(at('things', 'a'), at('things', 'a'))).rejects.toMatchObject({ status: 409 });
      await expect(move(at('things', 'a'), at('things/a/parts', 'b'))).rejects.toMatchObject({ status: 409 });
      expect(await exists(space, at('things', 'a'))).toBe(true);
    });

    it('must be there in the version that is known', async () => {
      await insert(space, at('things', 'a'));
      expect(await move(at('things', 'a'), at('others', 'a'), 2)).toBeUndefined();
      expect(await move(at('things', 'x'), at('others', 'x'))).toBeUndefined();
      expect(await exists(space, at('things', 'a'))).toBe(true);
    });

    it('is moved once, however many move it at the same time', async () => {
      await insert(space, at('things', 'a'));
      await insert(space, at('things/a/parts', 'p'));
      const outcomes = await Promise.allSettled(
        Array.from({ length: 5 }, (_, index) => move(at('things', 'a'), at('others', String(index)))),
      );
      const moved = outcomes.filter((each) => each.status === 'fulfilled' && each.value !== undefined);
      expect(moved).toHaveLength(1);
      expect(await keys(space.read(planOf('others')))).toHaveLength(1);
      expect(await exists(space, at('things/a/parts', 'p'))).toBe(false);
    });

    it('is told of as gone from one place, though not deleted, and new in the other', async () => {
      await insert(space, at('things', 'a'));
      await insert(space, at('things/a/parts', 'p'));
      const { latest: since } = await space.logEnd();
      await move(at('things', 'a'), at('others', 'a'));
      const { latest: until } = await space.logEnd();
      const told: unknown[] = [];
      for (const collection of ['things', 'things/a/parts', 'others', 'others/a/parts'])
        for await (const { key, isDeleted, row } of space.changes(planOf(collection), { since, until }))
          told.push([collection, key, isDeleted, row !== undefined]);
      expect(told).toEqual([
        ['things', 'a', false, false],
        ['things/a/parts', 'p', false, false],
        ['others', 'a', false, true],
        ['others/a/parts', 'p', false, true],
      ]);
    });
  });
}
