// npm run faithfulness: documented requests and answers of Microsoft Graph against the service over the schemas of their time.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { loadModel } from '../../src/csdl/index.js';

import {
  fallen,
  figuresOf,
  risen,
  type ExampleReport,
  type Figures,
  type MutantReport,
  type Reports,
} from './figures.js';
import type { Documented } from './documented.js';
import { figuresOfShares, findingsOf, sharesOf, type Finding, type Result } from './findings.js';
import { missesOf, type Misses } from './misses.js';
import { reasonsOf, type Failure, type Reason } from './reasons.js';
import { replay } from './replay.js';
import { startService } from './service.js';
import { missesText } from './write-misses.js';
import { reportText } from './write-report.js';

const SHARED = join('..', 'shared');
const CORPORA = join(SHARED, 'graph-docs');
const SCORER = join(CORPORA, 'replay', 'replay.mjs');
const SCHEMAS = {
  beta: join(SHARED, 'csdl', 'graph-beta-2021-06.csdl.gz'),
  'v1.0': join(SHARED, 'csdl', 'graph-v1.0-2021-07.csdl.gz'),
};
const EXAMPLES = join(CORPORA, 'examples.jsonl.gz');
const MUTANTS = join(CORPORA, 'mutants.jsonl.gz');
const CACHE = join('node_modules', '.cache', 'faithfulness');
/** What was found of each example, one a line. */
const FINDINGS = join(CACHE, 'findings-seeded.jsonl');
const FIGURES = join('test', 'faithfulness', 'figures.json');
const DOCUMENT = join('docs', 'faithfulness.md');
const MISSES = join('docs', 'faithfulness-misses.md');

process.exitCode = await main(process.argv.includes('--update'));

async function main(isUpdate: boolean): Promise<number> {
  const missing = [SCORER, EXAMPLES, MUTANTS, ...Object.values(SCHEMAS)].filter((file) => !existsSync(file));
  if (missing.length > 0) {
    say(`Skipped: the documented examples are not on this machine (${missing.join(', ')}).`);
    return 0;
  }
  mkdirSync(CACHE, { recursive: true });
  const reports = await measure();
  const { reasons, findings, misses } = look();
  const shares = sharesOf(findings);
  writeFileSync(FINDINGS, findings.map((finding) => `${JSON.stringify(finding)}\n`).join(''));
  const measured = { ...figuresOf(reports), ...figuresOfShares(shares) };
  const committed = existsSync(FIGURES) ? (JSON.parse(readFileSync(FIGURES, 'utf8')) as Figures) : {};
  const faults = [...incomplete(reports), ...(isUpdate ? [] : fallen(committed, measured))];
  for (const [name, [passed, of]] of Object.entries(measured))
    say(`${name.padEnd(36)} ${String(passed).padStart(5)} of ${String(of).padStart(5)}`);
  if (faults.length === 0) {
    write(DOCUMENT, reportText(reports, reasons, shares));
    write(MISSES, missesText(misses));
    if (isUpdate) write(FIGURES, JSON.stringify(measured));
    else if (risen(committed, measured) > 0)
      say(`${String(risen(committed, measured))} figures rose: npm run faithfulness -- --update commits to them.`);
  }
  for (const fault of faults) say(fault);
  say(`Failures, one a line: ${join(CACHE, 'failures-*.jsonl')}; reasons and contradictions: ${FINDINGS}`);
  return faults.length === 0 ? 0 : 1;
}

async function measure(): Promise<Reports> {
  const asItIs = await within([], async (runOf) => ({
    seeded: await runOf<ExampleReport>('seeded', EXAMPLES, true),
    unseeded: await runOf<ExampleReport>('unseeded', EXAMPLES, false),
    mutants: await runOf<MutantReport>('mutants', MUTANTS, true),
    unseededMutants: await runOf<MutantReport>('mutants-unseeded', MUTANTS, false),
  }));
  const onDemand = await within(['--unknown-entities', 'sample'], async (runOf) => ({
    onDemand: await runOf<ExampleReport>('on-demand', EXAMPLES, false),
    onDemandMutants: await runOf<MutantReport>('mutants-on-demand', MUTANTS, false),
  }));
  return { ...asItIs, ...onDemand };
}

type RunOf = <Report>(name: string, corpus: string, isSeeded: boolean) => Promise<Report>;

/** Runs against a service that is started with options. */
async function within<T>(options: readonly string[], work: (runOf: RunOf) => Promise<T>): Promise<T> {
  const service = await startService(SCHEMAS, options);
  try {
    return await work((name, corpus, isSeeded) =>
      replay({
        scorer: SCORER,
        origin: service.origin,
        corpus,
        report: join(CACHE, `report-${name}.json`),
        failures: join(CACHE, `failures-${name}.jsonl`),
        isSeeded,
      }),
    );
  } finally {
    await service.stop();
  }
}

/** Why examples fail although they are seeded, and what contradicts in each of them. */
function look(): {
  readonly reasons: readonly Reason[];
  readonly findings: readonly Finding[];
  readonly misses: Misses;
} {
  const documented = linesOf<Documented>(gunzipSync(readFileSync(EXAMPLES)).toString('utf8'));
  const examples = new Map(documented.map((example) => [example.id, example]));
  const failures = linesOf<Failure>(readFileSync(join(CACHE, 'failures-seeded.jsonl'), 'utf8'));
  const { results } = JSON.parse(readFileSync(join(CACHE, 'report-seeded.json'), 'utf8')) as { results: Result[] };
  const models = Object.fromEntries(Object.entries(SCHEMAS).map(([root, file]) => [root, loadModel([file]).model]));
  const findings = findingsOf(results, failures, examples, models);
  return { reasons: reasonsOf(findings), findings, misses: missesOf(findings, failures, examples, models) };
}

function linesOf<T>(text: string): T[] {
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as T]));
}

/** Figures of a run that was cut short would mean nothing. */
function incomplete(reports: Reports): string[] {
  return Object.entries(reports).flatMap(([name, { run, selected }]: [string, ExampleReport | MutantReport]) =>
    run === selected ? [] : [`The run '${name}' did not finish: ${String(run)} of ${String(selected)} were sent.`],
  );
}

/** Written as the formatter wants it. */
function write(file: string, text: string): void {
  writeFileSync(file, `${text}\n`);
  const prettier = join('node_modules', 'prettier', 'bin', 'prettier.cjs');
  spawnSync(process.execPath, [prettier, '--write', file], { stdio: 'ignore' });
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
