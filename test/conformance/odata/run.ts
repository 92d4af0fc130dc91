// npm run conformance: the public OData compliance suite against the service over its reference model.
// With --if-available a suite that cannot be installed is left out, and said to be; without, that is a failure.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { serveModel } from './serve-model.js';
import { installSuite, isGoInstalled, runSuite, SUITE_MODULE, SUITE_VERSION } from './suite.js';
import { judge, type Contradiction, type Verdict } from './verdict.js';

const HERE = join('test', 'conformance', 'odata');
const MODEL = join('test', 'conformance', 'reference-model');
const CACHE = join(process.cwd(), 'node_modules', '.cache', 'conformance');

interface Database {
  readonly name: 'sqlite' | 'postgres';
  readonly url: string;
}

process.exitCode = await main();

async function main(): Promise<number> {
  if (!(await isGoInstalled())) {
    say('Skipped: the compliance suite needs Go, which is not on this machine.');
    return 0;
  }
  let suite: string;
  try {
    suite = await installSuite(CACHE);
  } catch (error) {
    say(
      `Not run, so nothing was tested: ${SUITE_MODULE}@${SUITE_VERSION} could not be installed. Go says:\n${reasonOf(error)}`,
    );
    return process.argv.includes('--if-available') ? 0 : 1;
  }
  let isGood = true;
  for (const database of databases()) isGood = (await measured(suite, database)) && isGood;
  return isGood ? 0 : 1;
}

function databases(): Database[] {
  const postgres = process.env['MOCKGRAPH_POSTGRES'];
  return [
    { name: 'sqlite', url: ':memory:' },
    ...(postgres === undefined ? [] : [{ name: 'postgres', url: postgres } as const]),
  ];
}

/** A run without a report counts as no run, whatever it was that failed. */
async function measured(suite: string, database: Database): Promise<boolean> {
  try {
    return await conformance(suite, database);
  } catch (error) {
    say(`${database.name}: not measured. ${reasonOf(error)}`);
    return false;
  }
}

async function conformance(suite: string, database: Database): Promise<boolean> {
  mkdirSync(CACHE, { recursive: true });
  const service = await serveModel(MODEL, database.url);
  try {
    const report = await runSuite(suite, service.url, join(CACHE, `suite-${database.name}.json`));
    const verdict = judge(report, {
      database: database.name,
      least: committed<Record<Database['name'], number>>('passing.json')[database.name],
      contradictions: committed<readonly Contradiction[]>('contradictions.json'),
    });
    const file = join(CACHE, database.name === 'sqlite' ? 'report.json' : `report-${database.name}.json`);
    writeFileSync(file, JSON.stringify({ ...verdict, internalErrors: service.faults }, undefined, 2));
    const { totalTests, failedTests, skippedTests } = report.summary;
    say(
      [
        `${database.name}: ${String(totalTests)} tests, ${String(failedTests)} failing, ${String(skippedTests)} skipped`,
        `passing: ${String(verdict.passing)}`,
        ...closing(verdict, file),
      ].join('\n'),
    );
    return verdict.faults.length === 0;
  } finally {
    await service.close();
  }
}

function closing({ failing, contradicting, faults, hints }: Verdict, file: string): string[] {
  return [
    `failing though the specification agrees: ${String(failing.length)}; contradicting it: ${String(contradicting.length)}; see ${file}`,
    ...faults,
    ...hints,
  ];
}

function committed<T>(name: string): T {
  return JSON.parse(readFileSync(join(HERE, name), 'utf8')) as T;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
