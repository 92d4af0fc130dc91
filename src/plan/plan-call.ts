import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  type Model,
  type Operation,
  type SchemaType,
} from '../edm/index.js';

import { bindCalled, constantOf, type Operand } from './bind/index.js';
import type { Expression } from './expression.js';
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
      operandOf(parameters.get(name) ?? null, reference, model),
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
      return { kind: 'json', expression: { kind: 'whole', place } };
    }
    default:
      return { kind: 'value', expression: { kind: 'literal', value: null, type: undefined } };
  }
}

function operandOf(value: JsonValue, reference: Typed, model: Model): Operand {
  if (Array.isArray(value)) {
    const item = { type: reference.type, isCollection: false };
    return { kind: 'list', items: value.map((each) => operandOf(each, item, model)), at: 0 };
  }
  if (value === null) return { kind: 'null', at: 0 };
  const { type } = reference;
  if (isJsonObject(value)) return objectOf(value, type, model);
  if (type === undefined || type.kind === 'entity' || type.kind === 'complex')
    return { kind: 'literal', literal: constantOf(value, 0), at: 0 };
  return { kind: 'scalar', expression: { kind: 'literal', value, type }, type, at: 0 };
}

/** What may stand in a JSON value, as far as a schema says it. */
interface Typed {
  readonly type: SchemaType | undefined;
  readonly isCollection: boolean;
}

const UNDECLARED: Typed = { type: undefined, isCollection: false };

function objectOf(value: JsonObject, declared: SchemaType | undefined, model: Model): Operand {
  const name = value['@odata.type'];
  const type = (typeof name === 'string' ? model.structuredType(name) : undefined) ?? declared;
  const properties = type?.kind === 'complex' || type?.kind === 'entity' ? type.properties : undefined;
  const members = Object.entries(value).map(([member, each]): [string, Operand] => [
    member,
    operandOf(each, properties?.get(member) ?? UNDECLARED, model),
  ]);
  return { kind: 'object', members: new Map(members), at: 0 };
}
