import type { Model } from '../../src/edm/index.js';

import { contextContradiction, contextOf } from './context-contradictions.js';
import { contradictionsOf, gapsOf } from './contradictions.js';
import type { Documented } from './documented.js';
import type { Figures, Tally } from './figures.js';
import { reasonOf, type Failure } from './reasons.js';

/** What the scorer writes of one example. */
export interface Result {
  readonly id: string;
  readonly pass: boolean;
  /** Absent where the example shows no context. */
  readonly context?: boolean;
}

/** What is known of one example; ids and names of classes only, nothing of the documentation itself. */
export interface Finding {
  readonly id: string;
  readonly pass: boolean;
  /** Why it fails. */
  readonly reason?: string;
  readonly contradictions: readonly string[];
  readonly gaps: readonly string[];
  readonly context?: { readonly pass: boolean; readonly contradiction?: string };
}

export interface Shares {
  /** How many examples there are with each contradiction, and how many of them pass. */
  readonly contradicting: Readonly<Record<string, Tally>>;
  readonly consistent: Tally;
  /** How many of the consistent ones leave something open. */
  readonly open: Readonly<Record<string, Tally>>;
  readonly determined: Tally;
  readonly contexts: Readonly<Record<string, Tally>>;
  readonly consistentContexts: Tally;
}

export function findingsOf(
  results: readonly Result[],
  failures: readonly Failure[],
  examples: ReadonlyMap<string, Documented>,
  models: Readonly<Record<string, Model>>,
): Finding[] {
  const failed = new Map(failures.map((failure) => [failure.id, failure]));
  return results.flatMap(({ id, pass, context }) => {
    const example = examples.get(id);
    const model = example === undefined ? undefined : models[example.version];
    if (example === undefined || model === undefined) return [];
    const failure = failed.get(id);
    const contradiction = contextContradiction(example, model);
    const contradictions = contradictionsOf(example, model);
    return {
      id,
      pass,
      ...(failure === undefined ? {} : { reason: reasonOf(failure, example, contradictions) }),
      contradictions,
      gaps: gapsOf(example, model),
      ...(context === undefined || contextOf(example) === undefined
        ? {}
        : {
            context: { pass: context, ...(contradiction === undefined ? {} : { contradiction: contradiction.name }) },
          }),
    };
  });
}

export function sharesOf(findings: readonly Finding[]): Shares {
  const consistent = findings.filter(({ contradictions }) => contradictions.length === 0);
  const contexts = findings.flatMap(({ context }) => context ?? []);
  return {
    contradicting: byName(findings, ({ contradictions }) => contradictions),
    consistent: tallyOf(consistent),
    open: byName(consistent, ({ gaps }) => gaps),
    determined: tallyOf(consistent.filter(({ gaps }) => gaps.length === 0)),
    contexts: byName(contexts, ({ contradiction }) => contradiction ?? []),
    consistentContexts: tallyOf(contexts.filter(({ contradiction }) => contradiction === undefined)),
  };
}

/** What of it is held. */
export function figuresOfShares({ consistent, determined, consistentContexts }: Shares): Figures {
  return {
    'seeded, without contradiction: PASS': consistent,
    'seeded, nothing open: PASS': determined,
    'seeded, without contradiction: context': consistentContexts,
  };
}

function byName<T extends { readonly pass: boolean }>(
  all: readonly T[],
  namesOf: (each: T) => string | readonly string[],
): Record<string, Tally> {
  const names = [...new Set(all.flatMap((each) => namesOf(each)))];
  const tallies = names.map((name): [string, Tally] => [
    name,
    tallyOf(all.filter((each) => [namesOf(each)].flat().includes(name))),
  ]);
  return Object.fromEntries(tallies.toSorted(([, left], [, right]) => right[1] - left[1]));
}

function tallyOf(all: readonly { readonly pass: boolean }[]): Tally {
  return [all.filter(({ pass }) => pass).length, all.length];
}
