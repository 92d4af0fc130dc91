import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll } from '@jest/globals';

/** Paths in a directory that goes when the tests of the file have ended. */
export function temporaryDirectory(): (name: string) => Promise<string> {
  const directory = mkdtemp(join(tmpdir(), 'mockgraph-test-'));
  afterAll(async () => rm(await directory, { recursive: true }));
  return async (name) => join(await directory, name);
}
