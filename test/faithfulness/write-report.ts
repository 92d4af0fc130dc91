import {
  CHECKS,
  share,
  type ExampleReport,
  type Group,
  type MutantGroup,
  type Reports,
  type Tally,
} from './figures.js';
import type { Shares } from './findings.js';
import type { Reason } from './reasons.js';

/** The document of the figures. It holds numbers and names of the schema only, nothing of the documentation itself. */
export function reportText(
  { seeded, unseeded, mutants, unseededMutants, onDemand, onDemandMutants }: Reports,
  reasons: readonly Reason[],
  shares: Shares,
): string {
  return [
    '# Faithfulness',
    'Requests and answers that the API reference of Microsoft Graph shows, sent to the service and compared with what it answers:',
    'written by `npm run faithfulness`, which needs the examples and their scorer in `../shared` and fails when a committed figure',
    'falls (`test/faithfulness/figures.json`; `npm run faithfulness -- --update` commits to better ones).',
    '',
    '- routed: the URL and the method are known. status: the class of the status is the documented one.',
    '- shape: every documented member is there, with a value of the same JSON type. accepted: the documented body is taken.',
    '- context: `@odata.context` is the documented one. effect: what was written is read back.',
    '- PASS: routed, status, shape and accepted, where they apply. A dash: the check applies to no example.',
    '',
    `## Examples, seeded (${String(seeded.seedStats.stored)} of ${String(seeded.seedStats.sent)} seeds stored)`,
    '',
    ...exampleTables(seeded),
    '### Why examples fail',
    '',
    'What stands in the way of the others, by the first reason that holds. Most of it is a contradiction between an example and the',
    'schema of its time, or between an example and what it shows of the data: such examples are not followed, since a rule that',
    'did so would make up a success. Reasons of contexts that differ are counted apart, whether the example passes or not.',
    'Each of them is named in [faithfulness-misses.md](faithfulness-misses.md), with what stands in its way.',
    '',
    ...table(
      ['reason', 'examples'],
      reasons.map(({ reason, examples }) => [reason, String(examples)]),
    ),
    ...contextLines(seeded),
    ...shareLines(seeded, shares),
    '## Examples, not seeded',
    '',
    'Most examples read or change an entity by its key; without a seed there is none, and the answer is 404. No rule helps there',
    'that would not make up an entity.',
    '',
    ...unseededLines(unseeded),
    ...groupTable({ all: unseeded.overall, ...kindsOf(unseeded) }),
    '### Not seeded, unknown entities as samples',
    '',
    'The same by a service that is started with `--unknown-entities sample`: what a request names comes into being as a sample of',
    'its type. All values of such an entity are made up, so that these figures say that requests find what they need, and that',
    'answers have the documented members with values of the documented JSON types, not that the values are the documented ones.',
    '',
    ...groupTable({ all: onDemand.overall, ...kindsOf(onDemand) }),
    '## Mutants: examples made wrong in one place',
    '',
    'Discriminated: the mutant is answered with 400, and the unchanged control beside it is accepted.',
    '',
    ...mutantTable({
      all: mutants.overall,
      ...mutants.byWhy,
      'all, not seeded': unseededMutants.overall,
      'all, not seeded, unknown entities as samples': onDemandMutants.overall,
    }),
  ].join('\n');
}

function exampleTables(report: ExampleReport): string[] {
  const { overall, slices, areas, serverErrors, noAnswer } = report;
  const of = (...names: string[]): Record<string, Group> =>
    Object.fromEntries(names.flatMap((name) => (slices[name] === undefined ? [] : [[name, slices[name]]])));
  return [
    `Answers with 5xx: ${String(serverErrors)}; no answer: ${String(noAnswer)}.`,
    '',
    ...groupTable({ all: overall, ...of('conforming', 'core', 'intune', 'core conforming', 'beta', 'v1.0') }),
    '### By kind of resource',
    '',
    ...groupTable(kindsOf(report)),
    '### By method',
    '',
    ...groupTable(of('GET', 'POST', 'PATCH', 'PUT', 'DELETE')),
    '### By area',
    '',
    ...groupTable(areas),
  ];
}

/** How many of those that fail could not pass: nobody made what they ask for. */
function unseededLines({ results = [], run }: ExampleReport): string[] {
  const failing = results.filter(({ pass }) => !pass);
  const missing = failing.filter(({ status }) => status === 404).length;
  const isEmpty = (why: readonly string[]): boolean => why.some((each) => each === 'shape: empty-collection');
  const empty = failing.filter(({ status, why = [] }) => status === 200 && isEmpty(why)).length;
  const rest = run - missing - empty;
  return [
    `Answered with 404, as nobody made what they name: ${String(missing)}. With an empty collection, as nobody put anything`,
    `into it: ${String(empty)}. That leaves ${String(rest)} of ${String(run)}, ${percent([rest, run])}, of which ${String(run - failing.length)} pass.`,
    '',
  ];
}

/** What passes of the examples that a service could answer as documented without following a contradiction. */
function shareLines({ overall }: ExampleReport, shares: Shares): string[] {
  const rows = (tallies: Readonly<Record<string, Tally>>): [string, Tally][] => Object.entries(tallies);
  return [
    '### What the examples contradict',
    '',
    'Told from the schema and the example alone, whether it passes or not; an example may count more than once. Those that leave',
    'something open contradict nothing, but no rule leads from their request and their seeds to all that their answer shows.',
    '',
    ...tallyTable('', [
      ['**all examples**', overall.pass],
      ...rows(shares.contradicting),
      ['**those that contradict nothing**', shares.consistent],
      ...rows(shares.open),
      ['**those of them that leave nothing open**', shares.determined],
    ]),
    'Contexts, of the examples that show one:',
    '',
    ...tallyTable('', [
      ['**all contexts**', overall.context],
      ...rows(shares.contexts),
      ['**those that contradict nothing**', shares.consistentContexts],
    ]),
  ];
}

function tallyTable(head: string, tallies: readonly (readonly [string, Tally])[]): string[] {
  return table(
    [head, 'examples', 'as documented'],
    tallies.map(([name, tally]) => [name, String(tally[1]), percent(tally)]),
  );
}

/** Contexts that differ name keys of other entities in most cases, such as the user that `/me` was for the author. */
function contextLines({ reasonClasses = [] }: ExampleReport): string[] {
  const count = (reason: string): string =>
    String(reasonClasses.find((each) => each.reason === `context: ${reason}`)?.n ?? 0);
  return [
    `Contexts that name another key or version than the request: ${count('differs only in keys/version')}; that name another`,
    `path or type, or differ by what is selected: ${count('differs')}; absent: ${count('absent')}.`,
    '',
  ];
}

function kindsOf({ slices }: ExampleReport): Record<string, Group> {
  const kinds = Object.entries(slices).filter(([name]) => name.startsWith('kind '));
  return Object.fromEntries(kinds.map(([name, group]) => [name.slice('kind '.length), group]));
}

function groupTable(groups: Readonly<Record<string, Group>>): string[] {
  const checks = Object.entries(CHECKS) as [keyof typeof CHECKS, string][];
  const rows = Object.entries(groups).map(([name, group]) => [
    name,
    String(group.n),
    ...checks.map(([check]) => percent(group[check])),
  ]);
  return table(['', 'examples', ...checks.map(([, name]) => name)], rows);
}

function mutantTable(groups: Readonly<Record<string, MutantGroup>>): string[] {
  const rows = Object.entries(groups).map(([name, { n, rejected, controlAccepted, discriminated }]) => [
    name,
    String(n),
    ...[rejected, controlAccepted, discriminated].map((count) => percent([count, n])),
  ]);
  return table(['', 'mutants', '400', 'control accepted', 'discriminated'], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line), ''];
}

function percent(tally: Tally): string {
  return tally[1] === 0 ? '–' : `${(100 * share(tally)).toFixed(1)} %`;
}
