import type { Nested, Result, Step } from './apply-plan.js';

/** What becomes of rows within rows: further steps, and how they are read. */
export interface Reshaped {
  readonly steps: readonly Step[];
  readonly result: Result;
}

/** Steps in which the rows within rows become what is said of them. */
export function withResults(steps: readonly Step[], results: ReadonlyMap<Result, Reshaped>): readonly Step[] {
  return results.size === 0 ? steps : steps.map((step) => withResultsIn(step, results));
}

function withResultsIn(step: Step, results: ReadonlyMap<Result, Reshaped>): Step {
  const within = (steps: readonly Step[]): readonly Step[] => withResults(steps, results);
  const nested = (all: readonly Nested[]): readonly Nested[] =>
    all.map((each) => {
      const { steps: further = [], result = each.result } = results.get(each.result) ?? {};
      return { ...each, steps: within(each.steps), further, result };
    });
  switch (step.kind) {
    case 'nest':
    case 'addnested':
      return { ...step, nested: nested(step.nested) };
    case 'beside':
    case 'group':
    case 'join':
    case 'rollup':
      return { ...step, steps: within(step.steps) };
    case 'concat':
      return { ...step, branches: step.branches.map((each) => ({ ...each, steps: within(each.steps) })) };
    case 'aggregate':
    case 'compute':
    case 'filter':
    case 'flatten':
    case 'hierarchy':
    case 'order':
    case 'page':
    case 'rank':
      return step;
    default:
      return step satisfies never;
  }
}
