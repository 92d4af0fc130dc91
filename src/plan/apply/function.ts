import type { StructuredType } from '../../edm/index.js';
import { badRequest, notImplemented } from '../../error/index.js';
import type { Transformation } from '../../url/index.js';

import { bindOperand } from '../bind/index.js';
import type { Place } from '../expression.js';
import type { Step } from './apply-plan.js';
import { fault } from './fault.js';
import { baseOf, contextOf, type Planned, type Planner, type RowType } from './row-type.js';

type Call = Extract<Transformation, { kind: 'function' }>;

/**
 * `ns.Dear(least=5)`: a set transformation of the service's own is a function bound to the collection. As what behaviours
 * define as an expression, it leaves rows out. [OData-Aggregation 3]
 */
export function planFunction(tree: Call, rows: RowType, planner: Planner): Planned {
  const { name, at } = tree;
  if (!planner.context.model.operations(name).some(({ kind }) => kind === 'function'))
    throw badRequest(`There is no transformation or function named '${name}'.`, fault(at));
  if (baseOf(rows.place)?.kind !== 'variable')
    throw badRequest(`The rows are no entities any more, to which the function '${name}' could be bound.`, fault(at));
  const all: Place = { kind: 'variable', variable: 0, type: { type: rows.type, isCollection: true } };
  const steps = [{ kind: 'arguments', name, arguments: tree.arguments, at }] as const;
  const operand = bindOperand({ kind: 'path', steps, at }, contextOf(rows, planner, all));
  if (operand.kind !== 'collection')
    throw badRequest(`The function '${name}' gives no collection, as a transformation does.`, fault(at));
  const chosen = stepsTo(operand.place, rows);
  if (chosen === undefined)
    throw notImplemented(
      `The function '${name}' as a transformation is not supported: it gives more than some of the rows.`,
      fault(at),
    );
  return { steps: chosen, rows };
}

/** What leaves of all rows those at a place; undefined where it has others. */
function stepsTo(place: Place, rows: RowType): Step[] | undefined {
  if (place.kind === 'variable' && place.variable === 0) return [];
  if (place.kind !== 'filtered' && place.kind !== 'cast') return undefined;
  const before = stepsTo(place.of, rows);
  if (before === undefined) return undefined;
  if (place.kind === 'filtered')
    return [...before, { kind: 'filter', condition: place.condition, variable: place.variable }];
  const { typeNames, type } = place;
  const row: Place = { kind: 'variable', variable: 0, type: { type: rows.type, isCollection: false } };
  return [
    ...before,
    { kind: 'filter', condition: { kind: 'isof', place: row, type: type.type as StructuredType, typeNames } },
  ];
}
