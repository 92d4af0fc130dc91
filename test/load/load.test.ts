import { randomUUID } from 'node:crypto';

import { expect, it } from '@jest/globals';

import { temporaryDirectory } from '../store/temporary-directory.js';

import { checkTables } from './check-tables.js';
import { runLoad } from './run-load.js';
import { serve } from './serve.js';
import { openTables } from './tables.js';

const SECONDS = 3;
const CLIENTS = 16;

const pathOf = temporaryDirectory();
const postgres = process.env['MOCKGRAPH_POSTGRES'];
const databases: [string, () => Promise<string>][] = [
  ['SQLite', () => pathOf('load.db')],
  ...(postgres === undefined ? [] : [['PostgreSQL', async () => postgres] as [string, () => Promise<string>]]),
];

it.each(databases)('many clients that write at once lose nothing and leave nothing over on %s', async (_, open) => {
  const database = await open();
  const space = `load-${randomUUID()}`;
  const service = await serve(database, space);
  const { ledger, faults } = await runLoad({ root: service.root, clients: CLIENTS, seconds: SECONDS });
  await service.close();
  const tables = await openTables(database);
  const leftovers = await checkTables(tables.query, space);
  await tables.close();
  expect([...service.faults, ...faults, ...leftovers]).toEqual([]);
  expect(ledger.accounts.size).toBeGreaterThan(CLIENTS);
  expect(ledger.removed.size).toBeGreaterThan(0);
  expect([...ledger.pairs.values()].some(({ isKept }) => !isKept)).toBe(true);
});
