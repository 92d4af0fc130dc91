import { notImplemented } from '../../error/index.js';

import type { Field, Form, Nested, Result, RowsField, Step } from './apply-plan.js';

/** What becomes of rows within rows: further steps, and how they are read. */
export interface Reshaped extends Pick<Nested, 'page' | 'isCounted'> {
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
    all.map((each) => ({ ...each, steps: within(each.steps), ...lastOf(each.result, results) }));
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

/** What becomes of rows, one thing after the other. */
function lastOf(from: Result, results: ReadonlyMap<Result, Reshaped>): Omit<Nested, 'steps' | 'column'> {
  const further: Step[] = [];
  let last: Omit<Nested, 'steps' | 'column' | 'further'> = { result: from };
  for (let next = results.get(from); next !== undefined; next = results.get(next.result)) {
    const { steps, ...others } = next;
    further.push(...(last.page ?? []), ...steps);
    last = others;
  }
  return { ...last, further };
}

/** Rows within rows stand in one column, wherever a row goes: they cannot become one thing there and another elsewhere. */
export function refuseDivided(forms: readonly Form[], results: ReadonlyMap<Result, Reshaped>): void {
  if (results.size === 0) return;
  for (const field of forms.flatMap(({ fields }) => fields.flatMap(rowsIn))) {
    if (results.has(field.result)) throw divided(field.name);
    refuseDivided(field.result.forms, results);
  }
}

/** That the rows under a name are expanded in several ways. */
export function divided(name: string): Error {
  return notImplemented(`'${name}' is expanded in one way in some rows, and in another in others.`, {
    target: '$apply',
  });
}

function rowsIn(field: Field): readonly RowsField[] {
  switch (field.kind) {
    case 'rows':
      return [field];
    case 'record':
      return field.fields.flatMap(rowsIn);
    case 'entity':
      return field.form.fields.flatMap(rowsIn);
    case 'value':
      return [];
  }
}
