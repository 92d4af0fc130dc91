import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';

import { readReport, type SuiteReport } from './report.js';

/** The suite as it was read and described; raise it together with the committed numbers. */
export const SUITE_MODULE = 'github.com/nlstn/odata-compliance-suite';
export const SUITE_VERSION = 'eee4d30';

const INSTALL_MILLISECONDS = 5 * 60_000;
const RUN_MILLISECONDS = 20 * 60_000;

const run = promisify(execFile);

export async function isGoInstalled(): Promise<boolean> {
  try {
    await run('go', ['version']);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** Installs the pinned suite once; later runs find it in the cache. Rejects with what `go` says. */
export async function installSuite(cache: string): Promise<string> {
  const directory = join(cache, 'suite', SUITE_VERSION);
  const executable = join(directory, `odata-compliance-suite${process.platform === 'win32' ? '.exe' : ''}`);
  if (existsSync(executable)) return executable;
  mkdirSync(directory, { recursive: true });
  try {
    await run('go', ['install', `${SUITE_MODULE}@${SUITE_VERSION}`], {
      env: { ...process.env, GOBIN: directory },
      timeout: INSTALL_MILLISECONDS,
    });
  } catch (error) {
    const { stderr = '', message } = error as Error & { readonly stderr?: string };
    throw new Error(stderr.trim() || message, { cause: error });
  }
  if (existsSync(executable)) return executable;
  throw new Error(`It installs no program '${basename(executable)}'.`);
}

/** Runs every test against a service. The suite exits with 1 where a test fails, so the report alone counts. */
export async function runSuite(executable: string, url: string, reportFile: string): Promise<SuiteReport> {
  rmSync(reportFile, { force: true });
  const child = spawn(executable, ['-server', url, '-format', 'json', '-output', reportFile], {
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: RUN_MILLISECONDS,
  });
  const ending = await new Promise<string>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(signal ?? String(code)));
  });
  if (!existsSync(reportFile)) throw new Error(`The suite ended (${ending}) without a report.`);
  return readReport(readFileSync(reportFile, 'utf8'));
}
