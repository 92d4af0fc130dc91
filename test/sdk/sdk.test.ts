import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { graphBehaviors, graphProfile } from '../../src/graph/index.js';
import { startService, type StartedService } from '../e2e/start-service.js';
import { temporaryDirectory } from '../store/temporary-directory.js';

import { JOURNEYS } from './journeys/index.js';
import type { JourneyResult } from './run-journeys.js';
import { startTlsTerminator, type TlsTerminator } from './tls-terminator.js';

// The SDK's models take a while to load.
jest.setTimeout(120_000);

const SCHEMA = '../shared/csdl/graph-v1.0-2026-08.csdl.gz';
const pathOf = temporaryDirectory();

async function travel(
  origin: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<ReadonlyMap<string, JourneyResult>> {
  const program = ['--import', './test/store/typescript-loader.mjs', 'test/sdk/run-journeys.ts', origin];
  const child = spawn(process.execPath, program, { env: { ...process.env, ...environment } });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (errors += chunk));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(errors);
  const results = output.split('\n').filter((line) => line !== '');
  return new Map(results.map((line) => JSON.parse(line) as JourneyResult).map((result) => [result.name, result]));
}

function journeys(results: () => ReadonlyMap<string, JourneyResult>): void {
  it.each([...JOURNEYS.keys()])('%s', (name) => expect(results().get(name)).toEqual({ name }));
}

(existsSync(SCHEMA) ? describe : describe.skip)(`Microsoft's SDKs and Graph's v1.0 schema (${SCHEMA})`, () => {
  let service: StartedService;
  beforeAll(async () => {
    const profile = graphProfile({ authentication: 'any' });
    service = await startService([{ root: 'v1.0', files: [SCHEMA], profile, behaviors: graphBehaviors }]);
  });
  afterAll(() => service.close());

  describe('over HTTP', () => {
    let results: ReadonlyMap<string, JourneyResult>;
    beforeAll(async () => {
      results = await travel(service.origin);
    });
    journeys(() => results);
  });

  describe('over HTTPS, behind a TLS terminator', () => {
    let terminator: TlsTerminator;
    let results: ReadonlyMap<string, JourneyResult>;
    beforeAll(async () => {
      terminator = await startTlsTerminator(service.origin);
      const file = await pathOf('certificate.pem');
      await writeFile(file, terminator.certificate);
      results = await travel(terminator.origin, { NODE_EXTRA_CA_CERTS: file });
    });
    afterAll(() => terminator.close());
    journeys(() => results);
  });
});
