import type { SuiteReport } from './report.js';

/** A test that no service can pass which follows the specification. */
export interface Contradiction {
  readonly version: string;
  readonly suite: string;
  /** As the report names it. */
  readonly test: string;
  /** What it contradicts: `OData-Protocol 11.4.2.2`. */
  readonly section: string;
  readonly reason: string;
}

export interface FailedTest {
  readonly version: string;
  readonly suite: string;
  readonly test: string;
  readonly error: string;
}

export interface Verdict {
  readonly passing: number;
  /** Failures that no listed contradiction explains. */
  readonly failing: readonly FailedTest[];
  readonly contradicting: readonly FailedTest[];
  /** Reasons why the run is refused; none means it stands. */
  readonly faults: readonly string[];
  /** What the committed files should say from now on. */
  readonly hints: readonly string[];
}

/** Compares a run with the committed number and the committed contradictions. */
export function judge(report: SuiteReport, { database, least, contradictions }: Expected): Verdict {
  const results = new Map<string, 'pass' | 'fail' | 'skip'>();
  const failed: FailedTest[] = [];
  let count = 0;
  for (const { name, version, tests } of report.suites) {
    count += tests.length;
    for (const { name: test, status, error = '' } of tests) {
      const key = keyOf({ version, suite: name, test });
      // Of tests that share a name, one that fails counts.
      if (results.get(key) !== 'fail') results.set(key, status);
      if (status === 'fail') failed.push({ version, suite: name, test, error });
    }
  }
  const listed = new Set(contradictions.map(keyOf));
  const passing = report.summary.passedTests;
  const faults: string[] = [];
  const hints: string[] = [];
  const { totalTests } = report.summary;
  if (count !== totalTests) faults.push(`The report lists ${String(count)} tests, and counts ${String(totalTests)}.`);
  if (passing < least)
    faults.push(`${String(passing)} tests pass on ${database}; passing.json says that ${String(least)} did.`);
  if (passing > least) hints.push(`Raise "${database}" in passing.json from ${String(least)} to ${String(passing)}.`);
  for (const each of contradictions) {
    const status = results.get(keyOf(each));
    const name = `'${each.test}' of ${each.suite} (${each.version})`;
    if (status === undefined) faults.push(`contradictions.json lists ${name}, which the suite does not have.`);
    else if (status === 'pass') hints.push(`Drop ${name} from contradictions.json: it passes.`);
  }
  return {
    passing,
    failing: failed.filter((each) => !listed.has(keyOf(each))),
    contradicting: failed.filter((each) => listed.has(keyOf(each))),
    faults,
    hints,
  };
}

export interface Expected {
  readonly database: string;
  readonly least: number;
  readonly contradictions: readonly Contradiction[];
}

function keyOf({ version, suite, test }: { readonly version: string; readonly suite: string; readonly test: string }) {
  return JSON.stringify([version, suite, test]);
}
