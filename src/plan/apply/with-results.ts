import type { Nested, Result, Step } from './apply-plan.js';

/** Steps in which the rows within rows are read as other results say. */
export function withResults(steps: readonly Step[], results: ReadonlyMap<Result, Result>): readonly Step[] {
  return results.size === 0 ? steps : steps.map((step) => withResultsIn(step, results));
}

function withResultsIn(step: Step, results: ReadonlyMap<Result, Result>): Step {
  const within = (steps: readonly Step[]): readonly Step[] => withResults(steps, results);
  const nested = (all: readonly Nested[]): readonly Nested[] =>
    all.map((each) => ({ ...each, steps: within(each.steps), result: results.get(each.result) ?? each.result }));
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
