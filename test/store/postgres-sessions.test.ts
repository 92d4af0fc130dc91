import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';

import { openStore } from '../../src/store/index.js';
import { at, exists, insert, newRow, newSpace } from './conformance/fixture.js';

const url = process.env['MOCKGRAPH_POSTGRES'];

(url === undefined ? describe.skip : describe)('PostgreSQL (by MOCKGRAPH_POSTGRES)', () => {
  const name = `mockgraph_${randomUUID().replaceAll('-', '')}`;
  const administrator = new Client(url);
  let database: string;
  beforeAll(async () => {
    await administrator.connect();
    await administrator.query(`CREATE DATABASE ${name}`);
    database = Object.assign(new URL(url!), { pathname: `/${name}` }).href;
  });
  afterAll(async () => {
    await administrator.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await administrator.end();
  });
  const endSessions = () =>
    administrator.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);

  it('is brought up to date by one of several processes that start together', async () => {
    const stores = await Promise.all(Array.from({ length: 5 }, () => openStore({ database })));
    await insert(stores[0]!.space('shared'), at('things', 'a'));
    for (const store of stores) expect(await exists(store.space('shared'), at('things', 'a'))).toBe(true);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('may end the sessions: the unit fails, later ones get new sessions', async () => {
    const store = await openStore({ database });
    const space = newSpace(store);
    await insert(space, at('things', 'a'));
    await endSessions();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await exists(space, at('things', 'a'))).toBe(true);
    const work = space.write(async (unit) => {
      await unit.insert(newRow(at('things', 'b')));
      await endSessions();
      await unit.insert(newRow(at('things', 'c')));
    });
    await expect(work).rejects.toMatchObject({ status: 500 });
    expect(await exists(space, at('things', 'b'))).toBe(false);
    await insert(space, at('things', 'd'));
    await store.close();
  });

  it.each(['{"t":"\\u0000"}', '{"t":"\\ud83d"}'])('refuses %s as a bad request', async (document) => {
    const store = await openStore({ database });
    await expect(insert(newSpace(store), at('things', 'a'), document)).rejects.toMatchObject({ status: 400 });
    await store.close();
  });
});
