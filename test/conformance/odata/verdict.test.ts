import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import { readReport, type SuiteReport, type TestResult } from './report.js';
import { judge, type Contradiction } from './verdict.js';

const report = (...tests: TestResult[]): SuiteReport => ({
  summary: {
    totalTests: tests.length,
    passedTests: tests.filter(({ status }) => status === 'pass').length,
    failedTests: tests.filter(({ status }) => status === 'fail').length,
    skippedTests: tests.filter(({ status }) => status === 'skip').length,
  },
  suites: [{ name: '9.1_service_document', version: '4.0', tests }],
});

const contradiction = (test: string): Contradiction => ({
  version: '4.0',
  suite: '9.1_service_document',
  test,
  section: 'OData-Protocol 11.1.1',
  reason: 'an example',
});

const judged = (run: SuiteReport, least: number, ...contradictions: Contradiction[]) =>
  judge(run, { database: 'sqlite', least, contradictions });

describe('the verdict on a run of the suite', () => {
  const pass: TestResult = { name: 'A', status: 'pass' };
  const fail: TestResult = { name: 'B', status: 'fail', error: 'status 501' };

  it('stands where as many tests pass as before', () => {
    expect(judged(report(pass, fail), 1)).toMatchObject({ passing: 1, faults: [], hints: [] });
  });

  it('is refused where fewer pass', () => {
    expect(judged(report(pass, fail), 2).faults).toEqual(['1 tests pass on sqlite; passing.json says that 2 did.']);
  });

  it('asks to raise the number where more pass', () => {
    expect(judged(report(pass), 0).hints).toEqual(['Raise "sqlite" in passing.json from 0 to 1.']);
  });

  it('tells contradicting failures from the others', () => {
    const verdict = judged(report(fail, { ...fail, name: 'C' }), 0, contradiction('B'));
    expect(verdict.contradicting.map(({ test }) => test)).toEqual(['B']);
    expect(verdict.failing.map(({ test, error }) => [test, error])).toEqual([['C', 'status 501']]);
  });

  it('refuses a contradiction that the suite does not have', () => {
    expect(judged(report(pass), 1, contradiction('Z')).faults).toHaveLength(1);
  });

  it('asks to drop a contradiction that passes', () => {
    expect(judged(report(pass), 1, contradiction('A')).hints).toHaveLength(1);
  });

  it('does not take one of two tests of the same name for both', () => {
    const verdict = judged(report(fail, { ...pass, name: 'B' }), 1, contradiction('B'));
    expect(verdict.contradicting.map(({ test }) => test)).toEqual(['B']);
    expect(verdict).toMatchObject({ faults: [], hints: [] });
  });

  it('is refused where the report counts other tests than it lists', () => {
    const run = report(pass, fail);
    const lost = { ...run, summary: { ...run.summary, totalTests: 1210 } };
    expect(judged(lost, 1).faults).toEqual(['The report lists 2 tests, and counts 1210.']);
  });

  it('counts skipped tests neither as passing nor as failing', () => {
    expect(judged(report({ name: 'A', status: 'skip' }), 0)).toMatchObject({ passing: 0, failing: [] });
  });
});

describe('a report', () => {
  const text = JSON.stringify(report({ name: 'A', status: 'pass' }, { name: 'B', status: 'fail' }));

  it('is read as it is written', () => {
    expect(readReport(text).suites[0]!.tests.map(({ name }) => name)).toEqual(['A', 'B']);
  });

  it.each([
    ['nothing at summary/totalTests', '"summary"', '"totals"'],
    ['"1" at summary/passedTests', '"passedTests":1', '"passedTests":"1"'],
    ['nothing at suites', '"suites"', '"results"'],
    ['4 at suites/0/version', '"version":"4.0"', '"version":4.0'],
    ['nothing at suites/0/tests', '"tests"', '"cases"'],
    ['null at suites/0/tests/1/name', '"name":"B"', '"name":null'],
    ['"PASS" at suites/0/tests/0/status', '"status":"pass"', '"status":"PASS"'],
  ])('is refused with %s', (found, written, wrong) => {
    expect(text).toContain(written);
    expect(() => readReport(text.replace(written, wrong))).toThrow(`The suite's report is not as expected: ${found}.`);
  });

  it.each(['', '[]', 'null', '<html/>'])('is refused where it is none: %j', (text) => {
    expect(() => readReport(text)).toThrow();
  });
});

describe('the committed contradictions', () => {
  const listed = JSON.parse(
    readFileSync('test/conformance/odata/contradictions.json', 'utf8'),
  ) as readonly Contradiction[];

  it('each name one test, the section that it contradicts, and how', () => {
    for (const each of listed) {
      expect(Object.keys(each)).toEqual(['version', 'suite', 'test', 'section', 'reason']);
      expect(each.version).toMatch(/^4\.01?$/);
      expect(each.section).toMatch(/^OData-(Protocol|URL|JSON|ABNF|Aggregation|CSDL) \S+$/);
      expect(each.reason).toMatch(/^[A-Z$].+\.$/);
    }
    expect(new Set(listed.map(({ version, suite, test }) => [version, suite, test].join('\n'))).size).toBe(
      listed.length,
    );
  });
});
