import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from '@jest/globals';

import { openStore } from '../../src/store/index.js';
import { at, exists, keys, planOf } from './conformance/fixture.js';
import { temporaryDirectory } from './temporary-directory.js';

type Writer = ChildProcessByStdio<null, Readable, null>;

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const pathOf = temporaryDirectory();

function startWriter(database: string): Writer {
  const parameters = ['--import', path('typescript-loader.mjs'), path('writing-process.ts'), database];
  return spawn(process.execPath, parameters, { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** The last whole line that the writer gave before it was killed without a warning. */
async function killAfter(writer: Writer, units: number): Promise<number> {
  let output = '';
  for await (const chunk of writer.stdout.setEncoding('utf8')) {
    output += chunk as string;
    if (output.split('\n').length > units && !writer.killed) writer.kill('SIGKILL');
  }
  return Number(output.split('\n').at(-2));
}

describe('a SQLite file', () => {
  it('has all that was acknowledged when its process was killed, and no half of a unit', async () => {
    const database = await pathOf('killed.db');
    for (const units of [20, 137, 500]) {
      const acknowledged = await killAfter(startWriter(database), units);
      const store = await openStore({ database });
      const space = store.space('test');
      const found = await keys(space.read(planOf('things')));
      expect(found.length % 2).toBe(0);
      expect(found.slice(0, 2 * acknowledged)).toEqual(
        Array.from({ length: acknowledged }, (_, index) => [`${index + 1}a`, `${index + 1}b`]).flat(),
      );
      await space.clear();
      await store.close();
    }
  });

  it('is refused to a second process, with a message', async () => {
    const database = await pathOf('taken.db');
    const store = await openStore({ database });
    const writer = startWriter(database);
    let output = '';
    writer.stdout.on('data', (chunk) => (output += String(chunk)));
    const [code] = (await once(writer, 'close')) as [number];
    expect([code, output]).toEqual([1, `The database file '${database}' is in use by another process.\n`]);
    await store.close();
  });

  it('is free for the next process when the store is closed', async () => {
    const database = await pathOf('free.db');
    const store = await openStore({ database });
    await store.close();
    expect(await killAfter(startWriter(database), 3)).toBeGreaterThanOrEqual(3);
    // The lock is gone once the process is.
    await setTimeout(10);
    const again = await openStore({ database });
    expect(await exists(again.space('test'), at('things', '3b'))).toBe(true);
    await again.close();
  });
});
