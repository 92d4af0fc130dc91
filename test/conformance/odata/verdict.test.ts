import { describe, expect, it } from '@jest/globals';

import type { SuiteReport, TestResult } from './suite.js';
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

  it('counts skipped tests neither as passing nor as failing', () => {
    expect(judged(report({ name: 'A', status: 'skip' }), 0)).toMatchObject({ passing: 0, failing: [] });
  });
});
