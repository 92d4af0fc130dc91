/** How many of the cases that a check applies to pass it. */
export type Tally = readonly [passed: number, of: number];

/** A check, or a check of a slice, by name: `PASS`, `kind function: PASS`. */
export type Figures = Readonly<Record<string, Tally>>;

/** What the scorer writes of one group of examples. */
export interface Group {
  readonly n: number;
  readonly routed: Tally;
  readonly statusClass: Tally;
  readonly statusExact: Tally;
  readonly shape: Tally;
  readonly accepted: Tally;
  readonly context: Tally;
  readonly effect: Tally;
  readonly pass: Tally;
}

/** The scorer's report on examples, as far as it is used. */
export interface ExampleReport {
  readonly selected: number;
  readonly run: number;
  readonly seeding: string;
  readonly seedStats: { readonly sent: number; readonly stored: number };
  readonly overall: Group;
  readonly slices: Readonly<Record<string, Group>>;
  readonly areas: Readonly<Record<string, Group>>;
  /** What became of each example. */
  readonly results?: readonly { readonly status: number; readonly pass: boolean; readonly why?: readonly string[] }[];
  /** Classes of what is wrong, with their counts. */
  readonly reasonClasses?: readonly { readonly n: number; readonly reason: string }[];
  readonly serverErrors: number;
  readonly noAnswer: number;
  readonly harnessErrors: number;
}

/** What the scorer writes of one group of mutants. */
export interface MutantGroup {
  readonly n: number;
  readonly rejected: number;
  readonly controlAccepted: number;
  readonly discriminated: number;
}

export interface MutantReport {
  readonly selected: number;
  readonly run: number;
  readonly overall: MutantGroup;
  readonly byWhy: Readonly<Record<string, MutantGroup>>;
}

export interface Reports {
  readonly seeded: ExampleReport;
  readonly unseeded: ExampleReport;
  readonly mutants: MutantReport;
  readonly unseededMutants: MutantReport;
  /** Not seeded, by a service in which what is named comes into being. */
  readonly onDemand: ExampleReport;
  readonly onDemandMutants: MutantReport;
}

export const CHECKS = {
  routed: 'routed',
  statusClass: 'status',
  shape: 'shape',
  accepted: 'accepted',
  context: 'context',
  effect: 'effect',
  pass: 'PASS',
} as const satisfies Partial<Record<keyof Group, string>>;

/** Slices of which the passing examples are held. */
const HELD_SLICES = /^(conforming|core|intune|core conforming|beta|v1\.0|kind .*)$/;

/**
 * The figures that are committed and may not fall. Without seeds only what passes is held: the rest may fall for a good
 * reason, as when a request to an entity that is missing is no longer refused for its body first.
 */
export function figuresOf({ seeded, unseeded, mutants, unseededMutants, onDemand, onDemandMutants }: Reports): Figures {
  return {
    ...checksOf('seeded', seeded.overall),
    ...Object.fromEntries(
      Object.entries(seeded.slices)
        .filter(([name]) => HELD_SLICES.test(name))
        .map(([name, group]) => [`seeded, ${name}: PASS`, group.pass]),
    ),
    'seeded: no 5xx': noErrors(seeded),
    'not seeded: PASS': unseeded.overall.pass,
    'not seeded: no 5xx': noErrors(unseeded),
    'not seeded, unknown entities as samples: PASS': onDemand.overall.pass,
    'not seeded, unknown entities as samples: no 5xx': noErrors(onDemand),
    ...mutantsOf('mutants', mutants.overall),
    'mutants, not seeded: discriminated': [unseededMutants.overall.discriminated, unseededMutants.overall.n],
    'mutants, not seeded, unknown entities as samples: discriminated': [
      onDemandMutants.overall.discriminated,
      onDemandMutants.overall.n,
    ],
  };
}

function checksOf(run: string, group: Group): Figures {
  const checks = Object.entries(CHECKS) as [keyof typeof CHECKS, string][];
  return Object.fromEntries(checks.map(([check, name]) => [`${run}: ${name}`, group[check]]));
}

function mutantsOf(run: string, { n, rejected, controlAccepted, discriminated }: MutantGroup): Figures {
  return {
    [`${run}: 400`]: [rejected, n],
    [`${run}: control accepted`]: [controlAccepted, n],
    [`${run}: discriminated`]: [discriminated, n],
  };
}

function noErrors({ run, serverErrors, noAnswer }: ExampleReport): Tally {
  return [run - serverErrors - noAnswer, run];
}

/**
 * The committed figures that the measured ones fall behind, in words. Counts are compared, not shares: the more writes
 * succeed, the more effects are looked for.
 */
export function fallen(committed: Figures, measured: Figures): string[] {
  return Object.entries(committed).flatMap(([name, before]) => {
    const now = measured[name];
    if (now !== undefined && now[0] >= before[0]) return [];
    return [`${name} fell from ${words(before)} to ${now === undefined ? 'nothing' : words(now)}.`];
  });
}

/** How many of the measured figures are better than the committed ones. */
export function risen(committed: Figures, measured: Figures): number {
  return Object.entries(measured).filter(([name, [passed]]) => passed > (committed[name]?.[0] ?? -1)).length;
}

function words([passed, of]: Tally): string {
  return `${String(passed)} of ${String(of)}`;
}

/** Where nothing was measured nothing is missing. */
export function share([passed, of]: Tally): number {
  return of === 0 ? 1 : passed / of;
}
