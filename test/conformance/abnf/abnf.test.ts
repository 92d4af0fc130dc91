import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { type AbnfCase, caseKey, officialCases } from './cases.js';
import { outOfScope, rules } from './rules.js';

interface Exception {
  readonly rule: string;
  readonly input: string;
  readonly reason: string;
}

function readList<T>(name: string): readonly T[] {
  return JSON.parse(readFileSync(path.join(import.meta.dirname, name), 'utf8')) as readonly T[];
}

const exceptions = readList<Exception>('exceptions.json');
const positions = readList<Exception & { readonly position: number }>('positions.json');
const excepted = new Set(exceptions.map(({ rule, input }) => `${rule} ${input}`));
const cases = officialCases();
const inScope = (cases ?? []).filter(({ Rule, Input }) => !(Rule in outOfScope) && !Input.includes('$metadata#'));

/** Undefined where the case passes, otherwise what is wrong. */
function problemOf({ Rule, Input, FailAt }: AbnfCase): string | undefined {
  try {
    rules[Rule]!(Input);
  } catch (error) {
    return FailAt === undefined ? (error as Error).message : undefined;
  }
  return FailAt === undefined ? undefined : `must fail at ${FailAt}`;
}

/** Where reading failed, if the failure says so. */
function failurePosition({ Rule, Input }: AbnfCase): number | undefined {
  try {
    rules[Rule]!(Input);
  } catch (error) {
    return (error as { readonly position?: number }).position;
  }
  return undefined;
}

const suite = cases === undefined ? describe.skip : describe;

suite(
  `official ABNF cases${cases === undefined ? ' (skipped: odata-abnf-testcases.yaml is not at hand)' : ''} [OData-ABNF]`,
  () => {
    it('knows every rule', () => {
      const unknown = new Set(
        (cases ?? []).map(({ Rule }) => Rule).filter((rule) => !(rule in rules) && !(rule in outOfScope)),
      );
      expect([...unknown]).toEqual([]);
    });

    it('reads every valid input and refuses every other, but for the exceptions', () => {
      const failures = inScope
        .filter((official) => !excepted.has(caseKey(official)))
        .map((official) => ({ ...official, problem: problemOf(official) }))
        .filter(({ problem }) => problem !== undefined);
      expect(failures).toEqual([]);
    });

    it('reports failures where they are, give or take a delimiter', () => {
      const elsewhere = new Map(positions.map(({ rule, input, position }) => [`${rule} ${input}`, position]));
      const misplaced = inScope
        .filter(({ FailAt }) => FailAt !== undefined)
        .map((official) => ({ ...official, position: failurePosition(official) }))
        .filter(({ position }) => position !== undefined)
        .filter(
          ({ position, ...official }) =>
            Math.abs(position! - (elsewhere.get(caseKey(official)) ?? official.FailAt!)) > 1,
        );
      expect(misplaced).toEqual([]);
    });

    it('has no exception that passes or that is gone', () => {
      const failing = new Set(inScope.filter((official) => problemOf(official) !== undefined).map(caseKey));
      expect([...excepted].filter((key) => !failing.has(key))).toEqual([]);
    });
  },
);

describe('exceptions', () => {
  it('are few and explained', () => {
    expect(exceptions.length).toBeLessThan(25);
    expect(exceptions.filter(({ reason }) => reason.length < 20)).toEqual([]);
  });
});
