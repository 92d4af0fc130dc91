import type { Scalar } from '../../../edm/index.js';
import type { ApplyPlan, ReadPlan, Result } from '../../../plan/index.js';
import type { AggregatedRow, Row } from '../../store.js';
import { columnsOf } from '../columns.js';
import { readOutput, readRow } from '../read-row.js';
import { entityPlan, outputOf } from './output.js';

/** The row that a record of `compileApply`'s statement stands for. */
export function readAggregatedRow(record: Record<string, unknown>, plan: ApplyPlan): AggregatedRow {
  return toRow(record, plan.result);
}

function toRow(record: Record<string, unknown>, result: Result): AggregatedRow {
  let form = 0;
  const values = new Map<string, Scalar | null>();
  const related = new Map<string, Row>();
  const rows = new Map<string, readonly AggregatedRow[]>();
  for (const output of outputOf(result)) {
    const value = record[output.name];
    switch (output.kind) {
      case 'form':
        form = Number(value);
        break;
      case 'value':
        values.set(output.name, readOutput(value, output.valueKind));
        break;
      case 'related': {
        const [first] = arraysOf(value);
        if (first !== undefined) related.set(output.name, relatedRow(first, output.plan));
        break;
      }
      case 'rows':
        rows.set(output.name, nestedRows(value, output.result));
        break;
      case 'entity':
        break;
    }
  }
  const plan = result.forms[form]?.entity === undefined ? undefined : entityPlan(result.forms);
  return {
    form,
    values,
    ...(plan === undefined ? {} : { entity: readRow(record, plan) }),
    ...(related.size === 0 ? {} : { related }),
    ...(rows.size === 0 ? {} : { rows }),
  };
}

function relatedRow(values: readonly unknown[], plan: ReadPlan): Row {
  return readRow(Object.fromEntries(columnsOf(plan).map(({ name }, index) => [name, values[index]])), plan);
}

function nestedRows(value: unknown, result: Result): readonly AggregatedRow[] {
  const columns = outputOf(result);
  return arraysOf(value).map((values) =>
    toRow(Object.fromEntries(columns.map(({ name }, index) => [name, values[index]])), result),
  );
}

/** Drivers give JSON as text or parsed already. */
function arraysOf(value: unknown): readonly (readonly unknown[])[] {
  if (value === null || value === undefined) return [];
  return (typeof value === 'string' ? JSON.parse(value) : value) as readonly (readonly unknown[])[];
}
