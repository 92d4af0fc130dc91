import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { Store } from '../../../src/store/index.js';
import { at, exists, FRIENDS, insert, newRow, newSpace, type OpenStore } from './fixture.js';

export function rowsConformance(open: OpenStore): void {
  describe('rows', () => {
    let store: Store;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());

    it('gives what was inserted', async () => {
      const space = newSpace(store);
      const row = { ...newRow(at('things', 'a')), sent: '{"/at":"2020-01-01T00:00:00+01:00"}' };
      const inserted = await space.write((unit) => unit.insert(row));
      expect(inserted).toEqual({ ...row, version: 1, sequence: expect.any(Number) });
      const { document, ...stored } = (await space.get(row))!;
      expect({ ...stored, document: JSON.stringify(JSON.parse(document)) }).toEqual(inserted);
    });

    it('knows no row of another key, collection or space', async () => {
      const space = newSpace(store);
      await insert(space, at('things', 'a'));
      expect(await space.get(at('things', 'A'))).toBeUndefined();
      expect(await space.get(at('Things', 'a'))).toBeUndefined();
      expect(await newSpace(store).get(at('things', 'a'))).toBeUndefined();
    });

    it('counts the sequence up', async () => {
      const space = newSpace(store);
      const first = await insert(space, at('things', 'a'));
      const second = await insert(space, at('others', 'a'));
      expect(second.sequence).toBeGreaterThan(first.sequence);
    });

    it('never gives a sequence twice', async () => {
      const space = newSpace(store);
      const first = await insert(space, at('things', 'a'));
      await space.write((unit) => unit.remove(first, 1));
      expect((await insert(space, at('things', 'a'))).sequence).toBeGreaterThan(first.sequence);
    });

    it.each([
      ['large integers', '{"n":9007199254740993}'],
      ['many digits', '{"n":12345678901234567890.12345678901234567890}'],
      ['a trailing zero', '{"n":1.0}'],
      ['quotes', String.raw`{"t":"it's \"quoted\" \\ and $1 ?1"}`],
      ['characters beyond the basic plane', '{"t":"\u{1F600} é \u2028"}'],
      ['empty values', '{"a":[],"o":{},"t":""}'],
    ])('keeps %s', async (_, document) => {
      const space = newSpace(store);
      await insert(space, at('things', 'a'), document);
      const stored = (await space.get(at('things', 'a')))!.document;
      expect(stored.replaceAll(/(?<=[:,]) /g, '')).toBe(document);
    });

    it('keeps all properties, though not always their order', async () => {
      const space = newSpace(store);
      const document = { zebra: 1, id: 'a', b: { y: [1, { d: 1, c: 2 }], x: null } };
      await insert(space, at('things', 'a'), document);
      expect(JSON.parse((await space.get(at('things', 'a')))!.document)).toEqual(document);
    });

    it('refuses a key that is taken, and the unit may go on', async () => {
      const space = newSpace(store);
      await insert(space, at('things', 'a'), { n: 1 });
      await space.write(async (unit) => {
        await expect(unit.insert(newRow(at('things', 'a')))).rejects.toMatchObject({ status: 409 });
        await unit.insert(newRow(at('things', 'b')));
      });
      expect(JSON.parse((await space.get(at('things', 'a')))!.document)).toEqual({ n: 1 });
      expect(await exists(space, at('things', 'b'))).toBe(true);
    });

    it('inserts nothing below a parent that is missing', async () => {
      const space = newSpace(store);
      const child = newRow(at('things/a/parts', '1'));
      await expect(space.write((unit) => unit.insert(child, at('things', 'a')))).rejects.toMatchObject({ status: 404 });
      expect(await exists(space, child)).toBe(false);
      await insert(space, at('things', 'a'));
      await space.write((unit) => unit.insert(child, at('things', 'a')));
      expect(await exists(space, child)).toBe(true);
    });

    it('replaces a row of the right version only', async () => {
      const space = newSpace(store);
      const { sequence } = await insert(space, at('things', 'a'), { n: 1 });
      const row = { ...newRow(at('things', 'a'), { n: 2 }), type: 'test.other' };
      const replaced = await space.write((unit) => unit.replace(row, 1));
      expect(replaced).toEqual({ ...row, version: 2, sequence });
      expect(await space.get(row)).toMatchObject({ type: 'test.other', version: 2, sequence });
      expect(await space.write((unit) => unit.replace(row, 1))).toBeUndefined();
      expect(await space.write((unit) => unit.replace(newRow(at('things', 'b')), 1))).toBeUndefined();
    });

    it('removes a row of the right version only', async () => {
      const space = newSpace(store);
      await insert(space, at('things', 'a'));
      expect(await space.write((unit) => unit.remove(at('things', 'a'), 2))).toBe(false);
      expect(await space.write((unit) => unit.remove(at('things', 'a'), 1))).toBe(true);
      expect(await space.write((unit) => unit.remove(at('things', 'a'), 1))).toBe(false);
      expect(await exists(space, at('things', 'a'))).toBe(false);
    });

    it('clears one space alone', async () => {
      const [space, other] = [newSpace(store), newSpace(store)];
      for (const each of [space, other]) {
        await insert(each, at('things', 'a'));
        await insert(each, at('things/a/parts', 'b'));
        await each.write((unit) => unit.link(at('things', 'a'), FRIENDS, at('things', 'a')));
      }
      await space.clear();
      expect(await exists(space, at('things', 'a'))).toBe(false);
      expect(await exists(other, at('things/a/parts', 'b'))).toBe(true);
      expect(await other.write((unit) => unit.unlink(at('things', 'a'), FRIENDS))).toBe(1);
    });
  });
}
