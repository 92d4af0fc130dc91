import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The suite as it was read and described; raise it together with the committed numbers. */
export const SUITE_MODULE = 'github.com/nlstn/odata-compliance-suite';
export const SUITE_VERSION = 'eee4d30';

const INSTALL_MILLISECONDS = 5 * 60_000;
const RUN_MILLISECONDS = 20 * 60_000;

const run = promisify(execFile);

/** What the suite writes with `-format json`. */
export interface SuiteReport {
  readonly summary: {
    readonly totalTests: number;
    readonly passedTests: number;
    readonly failedTests: number;
    readonly skippedTests: number;
  };
  readonly suites: readonly {
    readonly name: string;
    readonly version: string;
    readonly tests: readonly TestResult[];
  }[];
}

export interface TestResult {
  /** The test's description; suites have no shorter name in the report. */
  readonly name: string;
  readonly status: 'pass' | 'fail' | 'skip';
  readonly error?: string;
}

export async function isGoInstalled(): Promise<boolean> {
  try {
    await run('go', ['version']);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** Installs the pinned suite once; later runs find it in the cache. Rejects with what `go` said. */
export async function installSuite(cache: string): Promise<string> {
  const directory = join(cache, 'suite', SUITE_VERSION);
  const executable = join(directory, `odata-compliance-suite${process.platform === 'win32' ? '.exe' : ''}`);
  if (existsSync(executable)) return executable;
  mkdirSync(directory, { recursive: true });
  await run('go', ['install', `${SUITE_MODULE}@${SUITE_VERSION}`], {
    env: { ...process.env, GOBIN: directory },
    timeout: INSTALL_MILLISECONDS,
  });
  return executable;
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
  return JSON.parse(readFileSync(reportFile, 'utf8')) as SuiteReport;
}
