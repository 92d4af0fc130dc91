import { expect, it } from '@jest/globals';

import { sqliteDriver, type SqliteDriver } from '../../src/store/connection/sqlite-driver.js';
import { openStore } from '../../src/store/index.js';
import { at, newRow } from './conformance/fixture.js';
import { temporaryDirectory } from './temporary-directory.js';

const pathOf = temporaryDirectory();

it('notes each write of a unit that is committed, contained rows included', async () => {
  const database = await pathOf('changes.db');
  let hour = 0;
  const store = await openStore({ database, now: () => `2020-01-01T0${hour}:00:00Z` });
  const space = store.space('test');
  await space.write((unit) => unit.insert(newRow(at('things', 'a'))));
  await space.write((unit) => unit.insert(newRow(at('things/a/parts', 'b'))));
  hour = 1;
  await space.write((unit) => unit.replace(newRow(at('things', 'a')), 1));
  await space.write((unit) => unit.replace(newRow(at('things', 'a')), 1));
  const failing = space.write(async (unit) => {
    await unit.insert(newRow(at('things', 'c')));
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  hour = 2;
  await space.write((unit) => unit.remove(at('things', 'a'), 2));
  await store.close();

  const driver = new (sqliteDriver as new (file: string) => SqliteDriver)(database);
  const changes = driver
    .prepare(`SELECT space, collection, key, type, kind, at FROM change WHERE space = 'test' ORDER BY position`)
    .raw();
  expect(changes.all([])).toEqual([
    ['test', 'things', 'a', 'test.thing', 'created', '2020-01-01T00:00:00Z'],
    ['test', 'things/a/parts', 'b', 'test.thing', 'created', '2020-01-01T00:00:00Z'],
    ['test', 'things', 'a', 'test.thing', 'updated', '2020-01-01T01:00:00Z'],
    ['test', 'things', 'a', 'test.thing', 'deleted', '2020-01-01T02:00:00Z'],
    ['test', 'things/a/parts', 'b', 'test.thing', 'deleted', '2020-01-01T02:00:00Z'],
  ]);
});
