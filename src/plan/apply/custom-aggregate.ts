import type { ScalarType } from '../../edm/index.js';
import { badRequest, hasStatus, notImplemented } from '../../error/index.js';
import type { Transformation } from '../../url/index.js';

import { customAggregateFor, declaresMethod, VALUE } from '../aggregate-definitions.js';
import { edm, isNumeric, isSame } from '../bind/primitives.js';
import type { Expression } from '../expression.js';
import type { Step } from './apply-plan.js';
import { fault } from './fault.js';
import { columnPlace, madeRows, type Planner, type RowType } from './row-type.js';

/** Steps that end in one row, the column in which that has the value, and its type. */
export interface CustomAggregate {
  readonly steps: readonly Step[];
  readonly column: string;
  readonly type: ScalarType;
}

/** `Forecast`: what it means is the service's own business, and is said by a behaviour. [OData-Aggregation 3.2.1.1, 5.2] */
export function planCustomAggregate(name: string, rows: RowType, at: number, planner: Planner): CustomAggregate {
  const { model, aggregates } = planner.context;
  const declared = customAggregateFor(name, rows, model)!;
  const definition = aggregates?.get(declared.key);
  if (definition === undefined)
    throw notImplemented(
      `The custom aggregate '${name}' is not supported: no behaviour says what '${declared.key}' means.`,
      fault(at),
    );
  return converted(
    planDefinition(definition, `custom aggregate '${name}'`, rows, at, planner),
    model.typeOrThrow(declared.type) as ScalarType,
    name,
    planner,
  );
}

/** Whether a name in an aggregate expression without a method may be that of a custom aggregate. */
export function isCustomAggregate(name: string, rows: RowType, { context: { model } }: Planner): boolean {
  return customAggregateFor(name, rows, model) !== undefined;
}

/** `Amount with ns.median as Median`, over rows of which a column holds the values. [OData-Aggregation 3.2.1.4] */
export function planCustomMethod(
  method: string,
  { column, type }: { readonly column: string; readonly type: ScalarType | undefined },
  rows: RowType,
  at: number,
  planner: Planner,
): CustomAggregate {
  const definition = planner.context.aggregates?.get(method);
  if (definition === undefined)
    throw notImplemented(
      `The custom aggregation method '${method}' is not supported: no behaviour says what it means.`,
      fault(at),
    );
  const place = columnPlace(column, type ?? edm('Untyped'));
  const values = madeRows(
    rows,
    [{ kind: 'value', name: VALUE, column, type, isDeclared: false }],
    new Map([[VALUE, place]]),
  );
  return planDefinition(definition, `aggregation method '${method}'`, values, at, planner);
}

export function isCustomMethod(method: string, rows: RowType, { context: { model } }: Planner): boolean {
  return declaresMethod(method, rows, model);
}

/** Names in a definition are about the rows at hand, which may have become others than it is meant for. */
function planDefinition(
  definition: readonly Transformation[],
  what: string,
  rows: RowType,
  at: number,
  planner: Planner,
): CustomAggregate {
  try {
    const { steps, rows: made } = planner.plan(definition, rows);
    const field = made.forms[0]!.fields.at(-1);
    if (field?.kind === 'value') return { steps, column: field.column, type: field.type ?? edm('Untyped') };
  } catch (error) {
    if (!hasStatus(error, 400)) throw error;
    throw badRequest(`The ${what} does not apply to these rows: ${error.message}`, { ...fault(at), cause: error });
  }
  throw new Error(`The definition of the ${what} ends in no value.`);
}

/** The value in the type that the schema declares. */
function converted(made: CustomAggregate, type: ScalarType, name: string, planner: Planner): CustomAggregate {
  if (isSame(made.type, type)) return { ...made, type };
  if (!isNumeric(made.type) || !isNumeric(type))
    throw new Error(`The custom aggregate '${name}' makes '${made.type.qualifiedName}', not '${type.qualifiedName}'.`);
  const column = planner.newColumn();
  const operand: Expression = { kind: 'value', place: columnPlace(made.column, made.type), type: made.type };
  const step: Step = { kind: 'compute', columns: [{ column, value: { kind: 'cast', operand, type } }] };
  return { steps: [...made.steps, step], column, type };
}
