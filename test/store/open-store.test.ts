import { readdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { ServiceError } from '../../src/error/index.js';
import { openStore } from '../../src/store/index.js';
import { at, exists, insert } from './conformance/fixture.js';
import { temporaryDirectory } from './temporary-directory.js';

const pathOf = temporaryDirectory();

describe('openStore', () => {
  it('keeps a file from one time to the next, and leaves one file behind', async () => {
    const database = await pathOf('kept/there.db');
    for (const key of ['a', 'b', 'c']) {
      const store = await openStore({ database });
      await insert(store.space('test'), at('things', key));
      expect(await exists(store.space('test'), at('things', 'a'))).toBe(true);
      await store.close();
    }
    expect(await readdir(dirname(database))).toEqual(['there.db']);
  });

  it('gives each database in memory to one store', async () => {
    const [one, other] = [await openStore({ database: ':memory:' }), await openStore({ database: ':memory:' })];
    await insert(one.space('test'), at('things', 'a'));
    expect(await exists(other.space('test'), at('things', 'a'))).toBe(false);
    await Promise.all([one.close(), other.close()]);
  });

  it('says that a file is no database', async () => {
    const database = await pathOf('notes.txt');
    await writeFile(database, 'not a database '.repeat(500));
    await expect(openStore({ database })).rejects.toThrow(`The file '${database}' is not a SQLite database.`);
  });

  it('says that a file cannot be opened', async () => {
    const directory = dirname(await pathOf('x'));
    await expect(openStore({ database: directory })).rejects.toThrow(`'${directory}' cannot be opened`);
    await writeFile(await pathOf('plain'), '');
    const below = await pathOf('plain/below.db');
    await expect(openStore({ database: below })).rejects.toThrow(`'${below}' cannot be opened`);
  });

  it('says that a file is in use within the same process, too', async () => {
    const database = await pathOf('twice.db');
    const store = await openStore({ database });
    await expect(openStore({ database })).rejects.toThrow('is in use by another process');
    await insert(store.space('test'), at('things', 'a'));
    await store.close();
  });

  it.each([
    ['postgres://user:secret@127.0.0.1:1/graph', 'PostgreSQL at 127.0.0.1:1/graph does not answer.'],
    ['postgresql://user:secret@nowhere.invalid/graph', 'PostgreSQL at nowhere.invalid/graph cannot be found.'],
  ])('says why %s fails, without the password', async (database, message) => {
    const error = await openStore({ database }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ServiceError);
    expect(error).toMatchObject({ status: 500, message });
  });
});
