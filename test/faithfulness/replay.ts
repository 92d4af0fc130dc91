import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Replay {
  readonly scorer: string;
  readonly origin: string;
  readonly corpus: string;
  /** Where the scorer writes its report. */
  readonly report: string;
  /** Where it writes a line for each failure. */
  readonly failures: string;
  readonly isSeeded: boolean;
}

/** The scorer stops sending after this time; what it did not send counts as not run. */
const MOST_SECONDS = 400;

/** Runs the scorer over a corpus, one example after another, so that the same service gets the same figures. */
export async function replay<Report>({ scorer, origin, corpus, report, failures, isSeeded }: Replay): Promise<Report> {
  const options = [
    ['--base', origin],
    ['--corpus', corpus],
    ['--json', report],
    ['--failures', failures],
    ['--max-seconds', String(MOST_SECONDS)],
    ['--concurrency', '1'],
    isSeeded ? [] : ['--no-seed'],
  ].flat();
  await empty(origin);
  await run([scorer, ...options]);
  return JSON.parse(readFileSync(report, 'utf8')) as Report;
}

async function empty(origin: string): Promise<void> {
  const { status } = await fetch(`${origin}/__admin/reset`, { method: 'POST' });
  if (status !== 204) throw new Error(`The service could not be emptied: ${String(status)}.`);
}

function run(parameters: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, parameters, {
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: (MOST_SECONDS + 60) * 1000,
      killSignal: 'SIGKILL',
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`The scorer ended with ${signal ?? `code ${String(code)}`}.`));
    });
  });
}
