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

const TOTALS = ['totalTests', 'passedTests', 'failedTests', 'skippedTests'] as const;
const STATUSES: readonly unknown[] = ['pass', 'fail', 'skip'] satisfies TestResult['status'][];

/** Throws with the place where a report is not what it should be, rather than counting what it does not say. */
export function readReport(text: string): SuiteReport {
  const report: unknown = JSON.parse(text);
  const summary = member(report, 'summary');
  for (const total of TOTALS)
    if (!Number.isInteger(member(summary, total))) throw unexpected(`summary/${total}`, member(summary, total));
  const suites = listed(member(report, 'suites'), 'suites');
  for (const [at, suite] of suites.entries()) {
    named(suite, ['name', 'version'], `suites/${String(at)}`);
    const place = `suites/${String(at)}/tests`;
    for (const [index, test] of listed(member(suite, 'tests'), place).entries()) {
      named(test, ['name'], `${place}/${String(index)}`);
      const status = member(test, 'status');
      if (!STATUSES.includes(status)) throw unexpected(`${place}/${String(index)}/status`, status);
    }
  }
  return report as SuiteReport;
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function listed(value: unknown, place: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw unexpected(place, value);
}

function named(value: unknown, names: readonly string[], place: string): void {
  for (const name of names)
    if (typeof member(value, name) !== 'string') throw unexpected(`${place}/${name}`, member(value, name));
}

function unexpected(place: string, value: unknown): Error {
  const found = JSON.stringify(value)?.slice(0, 100) ?? 'nothing';
  return new Error(`The suite's report is not as expected: ${found} at ${place}.`);
}
