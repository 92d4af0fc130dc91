// Runs on PostgreSQL too, where MOCKGRAPH_POSTGRES says where it is.

import { mkdtempSync, rmSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { afterAll, describe, expect, it, jest } from '@jest/globals';

import { openStore, type Store } from '../../src/store/index.js';
import { startProcessWith, type CommandProcess } from './start-process.js';

// Processes take their time to start where many others run.
jest.setTimeout(180_000);

const HEAP_MEGABYTES = 96;
const ROWS = 20_000;
const ROW_BYTES = 10_000;
const COLLECTION = 'Numbers';

const folder = mkdtempSync(join(tmpdir(), 'mockgraph-memory-'));
const postgres = process.env['MOCKGRAPH_POSTGRES'];
const databases = [['SQLite', join(folder, 'data.db')], ...(postgres === undefined ? [] : [['PostgreSQL', postgres]])];
const processes: CommandProcess[] = [];

afterAll(async () => {
  for (const each of processes) {
    each.kill('SIGKILL');
    await each.ended;
  }
  rmSync(folder, { recursive: true, force: true });
});

async function withStore(database: string, work: (store: Store) => Promise<void>): Promise<void> {
  const store = await openStore({ database });
  await work(store).finally(() => store.close());
}

/** Far more than the heap that the process gets. */
async function fill(store: Store): Promise<void> {
  const space = store.space('default');
  await space.clear();
  for (let first = 0; first < ROWS; first += 1000)
    await space.write(async (unit) => {
      for (let index = first; index < first + 1000; index++) {
        const document = JSON.stringify({ Value: index, Name: 'x'.repeat(ROW_BYTES) });
        await unit.insert({
          collection: COLLECTION,
          key: String(index),
          type: 'technical.Number',
          document,
          sent: undefined,
        });
      }
    });
}

describe('a result larger than the memory of the process', () => {
  it.each(databases)('is sent as it is read, to a slow reader too, from %s', async (_name, database) => {
    await withStore(database!, fill);
    const options = ['--odata', 'data=test/fixtures/technical.csdl.xml', '--port', '0', '--db', database!];
    const served = startProcessWith(
      [`--max-old-space-size=${String(HEAP_MEGABYTES)}`],
      'serve',
      ...options,
      '--limit',
      `pageSize=${String(ROWS)}`,
    );
    processes.push(served);
    const address = await served.address();
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      get(`${address}/${COLLECTION}`, resolve).on('error', reject);
    });
    expect(response.statusCode).toBe(200);
    let bytes = 0;
    let end = '';
    for await (const chunk of response as AsyncIterable<Buffer>) {
      if (bytes === 0) await setTimeout(1000);
      bytes += chunk.length;
      end = (end + chunk.toString('latin1')).slice(-20);
    }
    expect(bytes).toBeGreaterThan(ROWS * ROW_BYTES);
    expect(ROWS * ROW_BYTES).toBeGreaterThan(2 * HEAP_MEGABYTES * 1_000_000);
    expect(end).toMatch(/x"}]}$/);
    expect(served.errors).toBe('');
    served.kill('SIGTERM');
    expect(await served.ended).toBe(0);
    await withStore(database!, (store) => store.space('default').clear());
  });
});
