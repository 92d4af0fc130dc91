import type { JsonValue, Operation, Scalar, ScalarType, TypeReference } from '../edm/index.js';
import { notImplemented } from '../error/index.js';

import { bindCalled, type Operand } from './bind/index.js';
import { edm } from './bind/primitives.js';
import type { Expression, Place } from './expression.js';
import { definitionContext } from './function-definitions.js';
import type { PlanContext } from './plan-read.js';
import type { ReadPlan } from './read-plan.js';
import { placeOf } from './target-place.js';
import type { OperationTarget } from './target.js';
import { wholeRows } from './whole-rows.js';

/** What the call of a defined function reads: a single value, JSON of a structured one, or entities. */
export type CallPlan =
  | { readonly kind: 'value' | 'json'; readonly expression: Expression }
  | { readonly kind: 'entities'; readonly plan: ReadPlan };

/** The plan of a call by the path of a URL; undefined where no definition says what the function means. */
export function planCall(
  operation: Operation,
  binding: OperationTarget['binding'],
  parameters: ReadonlyMap<string, JsonValue>,
  context: PlanContext,
): CallPlan | undefined {
  const { model, rules, definitions } = context;
  const definition = definitions?.get(operation);
  if (definition === undefined) return undefined;
  const operands = new Map(
    operation.nonBindingParameters.map(({ name, reference }): [string, Operand] => [
      name,
      operandOf(parameters.get(name) ?? null, reference, name),
    ]),
  );
  const place = binding && placeOf(binding, model);
  const within = {
    ...definitionContext(model, rules, definitions!),
    aliases: context.aliases,
    limits: context.limits.bind,
  };
  return planOf(bindCalled({ operation, definition, parameters: operands, place, filters: [] }, within));
}

function planOf(operand: Operand): CallPlan {
  switch (operand.kind) {
    case 'scalar':
      return { kind: 'value', expression: operand.expression };
    case 'structured':
    case 'collection': {
      const { place, type } = operand;
      if (type.kind === 'entity') return { kind: 'entities', plan: wholeRows(type, { kind: 'place', place }) };
      return { kind: 'json', expression: wholeOf(place) };
    }
    default:
      return { kind: 'value', expression: { kind: 'literal', value: null, type: undefined } };
  }
}

/** What stands at a place, whatever it is. */
export function wholeOf(place: Place): Expression {
  return { kind: 'value', place, type: edm('Untyped') };
}

function operandOf(value: JsonValue, { type, isCollection }: TypeReference, name: string): Operand {
  if (value === null) return { kind: 'null', at: 0 };
  if (type.kind === 'entity' || type.kind === 'complex')
    throw notImplemented(
      `The parameter '${name}' of a function that means an expression is structured, which is not supported.`,
    );
  if (!isCollection) return scalarOf(value as Scalar, type);
  const items = (value as JsonValue[]).map((item): Operand =>
    item === null ? { kind: 'null', at: 0 } : scalarOf(item as Scalar, type),
  );
  return { kind: 'list', items, at: 0 };
}

function scalarOf(value: Scalar, type: ScalarType): Operand {
  return { kind: 'scalar', expression: { kind: 'literal', value, type }, type, at: 0 };
}
