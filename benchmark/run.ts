import { parseArgs } from 'node:util';

import type { Benchmark } from './benchmark.js';
import { create } from './create.bench.js';
import { measureColdStarts, measureServers } from './measure-servers.js';
import { measureWork, type WorkResult } from './measure-work.js';
import { readByKey } from './read-by-key.bench.js';
import { report, type Results } from './report.js';
import { buildRevision } from './revision.js';
import type { ServerKind } from './running-server.js';
import { mockgraph, SERVERS } from './servers.js';

const USAGE = `Usage: npm run benchmark -- [--json] [--against REVISION] [servers] [work]

Compares mockgraph with other servers ('servers') and measures its parts ('work'); both unless one is named.
  --json              prints the numbers as JSON
  --against REVISION  compares with mockgraph as it was at a git revision, too
`;

const SERVER_BENCHMARKS = [create, readByKey];

const { values, positionals } = argumentsGiven();

const isWanted = (part: string): boolean => positionals.length === 0 || positionals.includes(part);
const revision = values.against === undefined ? undefined : built(values.against);
try {
  const servers = [
    ...SERVERS,
    ...(revision === undefined ? [] : [mockgraph(`mockgraph ${values.against!}`, revision.folder)]),
  ];
  const benchmarks = isWanted('work') ? await workBenchmarks() : [];
  const results: Results = {
    ...(isWanted('servers') ? await measured(servers) : { requests: [], coldStarts: [] }),
    work: await worked(benchmarks),
  };
  process.stdout.write(
    `${values.json === true ? JSON.stringify(results, undefined, 2) : report(results, isWanted('servers') ? SERVER_BENCHMARKS : [], benchmarks)}\n`,
  );
} finally {
  revision?.remove();
}

function argumentsGiven() {
  const options = { json: { type: 'boolean' }, against: { type: 'string' }, help: { type: 'boolean' } } as const;
  const given = parseArgs({ options, allowPositionals: true, strict: false });
  const isKnown =
    Object.keys(given.values).every((name) => Object.hasOwn(options, name)) &&
    given.positionals.every((part) => part === 'servers' || part === 'work') &&
    given.values.against !== true;
  if (!isKnown || given.values.help === true) {
    process.stdout.write(USAGE);
    process.exit(isKnown ? 0 : 2);
  }
  return { values: given.values as { json?: boolean; against?: string }, positionals: given.positionals };
}

async function measured(servers: readonly ServerKind[]): Promise<Omit<Results, 'work'>> {
  return {
    requests: await measureServers(SERVER_BENCHMARKS, servers, progress),
    coldStarts: await measureColdStarts(servers, progress),
  };
}

async function worked(benchmarks: readonly Benchmark[]): Promise<WorkResult[]> {
  const results: WorkResult[] = [];
  for (const benchmark of benchmarks) {
    progress(benchmark.name);
    results.push(await measureWork(benchmark));
  }
  return results;
}

/** Loaded only when they are measured, since they fill a database first. */
async function workBenchmarks(): Promise<Benchmark[]> {
  progress('storing 100,000 rows');
  const { bindQuery } = await import('./bind-query.bench.js');
  const { repeatQuery } = await import('./repeat-query.bench.js');
  const { readFirstPage, readLastPage } = await import('./read-page.bench.js');
  const { filterAndSort } = await import('./filter-and-sort.bench.js');
  return [bindQuery, repeatQuery, readFirstPage, readLastPage, filterAndSort];
}

function built(name: string) {
  progress(`building ${name}`);
  return buildRevision(name);
}

function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}
