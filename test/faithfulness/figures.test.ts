import { describe, expect, it } from '@jest/globals';

import { fallen, figuresOf, risen, type ExampleReport, type Group, type MutantReport } from './figures.js';
import type { Shares } from './findings.js';
import { reportText } from './write-report.js';

const group = (pass: number): Group => ({
  n: 10,
  routed: [9, 10],
  statusClass: [8, 10],
  statusExact: [7, 10],
  shape: [6, 8],
  accepted: [3, 4],
  context: [0, 0],
  effect: [1, 2],
  pass: [pass, 10],
});

const examples = (pass: number): ExampleReport => ({
  selected: 10,
  run: 10,
  seeding: 'on',
  seedStats: { sent: 12, stored: 11 },
  overall: group(pass),
  slices: { core: group(pass), seeded: group(pass), 'kind entity': group(pass), GET: group(pass) },
  areas: { users: group(pass) },
  serverErrors: 1,
  noAnswer: 0,
  harnessErrors: 0,
});

const mutant = { n: 4, rejected: 4, controlAccepted: 3, discriminated: 3 };
const mutants: MutantReport = { selected: 8, run: 8, overall: mutant, byWhy: { 'top-negative': mutant } };
const shares: Shares = {
  contradicting: { 'it lies': [1, 4] },
  consistent: [6, 6],
  open: {},
  determined: [6, 6],
  contexts: {},
  consistentContexts: [0, 0],
};
const unseeded: ExampleReport = {
  ...examples(2),
  results: [
    { status: 404, pass: false, why: ['status: 404 for 200'] },
    { status: 404, pass: true },
    { status: 200, pass: false, why: ['shape: empty-collection', 'shape: null'] },
    { status: 200, pass: false, why: ['shape: null'] },
    ...Array.from({ length: 6 }, () => ({ status: 200, pass: true })),
  ],
};
const reports = {
  seeded: examples(7),
  unseeded,
  mutants,
  unseededMutants: mutants,
  onDemand: examples(5),
  onDemandMutants: { ...mutants, overall: { ...mutants.overall, discriminated: 1 } },
};

describe('figures', () => {
  it('are counts by check, slice and run', () => {
    expect(figuresOf(reports)).toMatchObject({
      'seeded: PASS': [7, 10],
      'seeded: no 5xx': [9, 10],
      'seeded, kind entity: PASS': [7, 10],
      'not seeded: PASS': [2, 10],
      'not seeded, unknown entities as samples: PASS': [5, 10],
      'mutants, not seeded, unknown entities as samples: discriminated': [1, 4],
      'mutants: discriminated': [3, 4],
    });
    expect(Object.keys(figuresOf(reports))).not.toContain('seeded, GET: PASS');
  });

  it.each([
    ['the same', { a: [2, 4] }, [], 0],
    ['more', { a: [3, 4] }, [], 1],
    ['more in more', { a: [3, 40] }, [], 1],
    ['less', { a: [1, 4] }, ['a fell from 2 of 4 to 1 of 4.'], 0],
    ['nothing', {}, ['a fell from 2 of 4 to nothing.'], 0],
  ] as const)('fall and rise: %s', (_name, measured, faults, count) => {
    expect(fallen({ a: [2, 4] }, measured)).toEqual(faults);
    expect(risen({ a: [2, 4] }, measured)).toBe(count);
  });
});

describe('the document', () => {
  it('has a table for each view, with a dash where a check applies to nothing', () => {
    const text = reportText(reports, [{ reason: 'a reason', examples: 7 }], shares);
    expect(text).toContain('11 of 12 seeds stored');
    expect(text).toContain('| users | 10 | 90.0 % | 80.0 % | 75.0 % | 75.0 % | – | 50.0 % | 70.0 % |');
    expect(text).toContain('| top-negative | 4 | 100.0 % | 75.0 % | 75.0 % |');
    expect(text).toContain('as nobody made what they name: 1.');
    expect(text).toContain('into it: 1. That leaves 8 of 10, 80.0 %, of which 7 pass.');
    expect(text).toContain('| a reason | 7 |');
    expect(text).toMatch(
      /unknown entities as samples\n[^#]*All values of such an entity are made up[^#]*\| all \| 10 \|/,
    );
    expect(text).toContain('| all, not seeded, unknown entities as samples | 4 |');
    expect(text).toContain('| **all examples** | 10 | 70.0 % |\n| it lies | 4 | 25.0 % |');
    expect(text).toContain('| **those that contradict nothing** | 6 | 100.0 % |');
    expect(text).toContain('key or version than the request: 0;');
  });
});
