import { entityOf, type Entity, type OperationEvent, type OperationResult } from '../../behavior/index.js';
import { parseJson, type JsonValue, type Operation, type TypeReference } from '../../edm/index.js';
import { notImplemented } from '../../error/index.js';
import {
  planCall,
  returnTypeOf,
  targetAt,
  type CallPlan,
  type CollectionTarget,
  type EntityTarget,
  type OperationTarget,
} from '../../plan/index.js';
import type { Row, Unit } from '../../store/index.js';
import type { Exchange, ServiceParts } from '../exchange.js';
import { checkConditions } from '../headers/etag.js';
import { settled } from '../payload/property-value.js';
import { writeContext } from '../writes/write-context.js';

import { locate } from '../locate.js';
import { locateStored } from '../materialize.js';
import { membersOf } from './members-of.js';
import { refuseMissingParent } from './missing-parent.js';
import { planContextOf } from '../plan-context.js';
import { sampleResult } from './sample-result.js';
import type { Call } from './select-overload.js';

/** What a call gave. */
export interface Outcome {
  readonly operation: Operation;
  /** The type of the result; behind `$each` a collection of what the members gave. */
  readonly reference: TypeReference | undefined;
  /** Entities of the result, where it has such a type. */
  readonly rows: readonly Row[];
  /** Its value, where it has another type. */
  readonly value: JsonValue;
  /** Whether nothing computed it. */
  readonly isSample: boolean;
}

/** Calls an operation, or one for each member, within one transaction. [OData-Protocol 11.5] */
export async function callOperation(
  exchange: Exchange<OperationTarget>,
  { operation, parameters }: Call,
): Promise<Outcome> {
  const { parts, space, target } = exchange;
  const reference = returnTypeOf(target, operation);
  const calls = await space.write(async (unit) => {
    const given = await parameters(async (expression) => {
      if (target.binding?.kind === 'entity') await locate(target.binding, unit, parts);
      await locateBinding(target.binding, unit, parts);
      return unit.evaluate(expression);
    });
    const { values } = parts.validator.readParameters(operation, given);
    const run = (binding: Entity | undefined) =>
      runBehaviors(exchange, operation, new Map(Object.entries(values)), binding, unit);
    if (!isEach(target)) return [await run(await bindingOf(exchange, operation, unit))];
    const ran: Ran[] = [];
    for (const row of await membersOf(target.binding as CollectionTarget, unit, exchange))
      ran.push(await run(entityOf(row)));
    return ran;
  });
  const results = calls.map(({ result }) => result);
  const isOfEntities = reference?.type.kind === 'entity';
  const given = isEach(target) ? results.map((result) => result ?? null) : results[0];
  return {
    operation,
    reference,
    rows: isOfEntities ? rowsOf(given as OperationResult) : [],
    value: isOfEntities ? null : ((given ?? null) as JsonValue),
    isSample: calls.some(({ isSample }) => isSample),
  };
}

interface Ran {
  readonly result: OperationResult;
  readonly isSample: boolean;
}

/** The chain of behaviours; at its end is what the profile does about operations without one. */
async function runBehaviors(
  exchange: Exchange<OperationTarget>,
  operation: Operation,
  parameters: ReadonlyMap<string, JsonValue>,
  binding: Entity | undefined,
  unit: Unit,
): Promise<Ran> {
  const { parts, target } = exchange;
  const collection = target.binding?.kind === 'collection' ? target.binding : undefined;
  const event: OperationEvent = {
    kind: operation.kind,
    operation,
    binding,
    collection: collection === undefined ? binding?.row.collection : wholeCollection(collection),
    members: async () =>
      collection === undefined ? [] : (await membersOf(collection, unit, exchange)).map((row) => entityOf(row)),
    parameters,
    ...writeContext(exchange, unit).surroundings,
  };
  let isSample = false;
  const result = await parts.behaviors.runForOperation<OperationEvent, OperationResult>(
    operation.kind,
    operation.qualifiedName,
    event,
    async () => {
      const bound = isEach(target) ? memberOf(binding, exchange) : target.binding;
      const context = planContextOf(exchange);
      const isDefined = context.definitions?.has(operation) === true;
      const located = isDefined ? await locateBinding(bound, unit, parts) : bound;
      const plan = planCall(operation, located, parameters, context);
      if (plan !== undefined) return resultOf(plan, unit, operation);
      if (parts.profile.unhandledOperation === 'not-implemented') {
        throw notImplemented(
          `The ${operation.kind} '${operation.qualifiedName}' is declared, but nothing implements it.`,
        );
      }
      isSample = true;
      return sampleResult(event, parts, target.leadsTo !== undefined);
    },
  );
  return { result, isSample };
}

/** The member that an operation behind `$each` is called for, by the place where it stands. */
function memberOf(binding: Entity | undefined, exchange: Exchange): EntityTarget | undefined {
  const place = binding === undefined ? undefined : targetAt(binding.row, planContextOf(exchange));
  return place?.kind === 'entity' ? place : undefined;
}

/** The entity that an operation is bound to; 404 where it, or what the bound collection belongs to, does not exist. */
async function bindingOf(
  { target, parts, request }: Exchange<OperationTarget>,
  { kind }: Operation,
  unit: Unit,
): Promise<Entity | undefined> {
  if (target.binding?.kind === 'collection') await refuseMissingParent(target.binding, unit, parts);
  if (target.binding?.kind === 'property') await locate(target.binding.of, unit, parts);
  if (target.binding?.kind !== 'entity') return undefined;
  const row = await locate(target.binding, unit, parts);
  if (kind === 'action') checkConditions(request, row);
  return entityOf(row);
}

/** The path of a collection, unless only some of what stands there are members. */
function wholeCollection({ source, typeNames, collection }: CollectionTarget): string | undefined {
  return source.kind === 'collections' && typeNames === undefined ? collection : undefined;
}

function isEach({ binding }: OperationTarget): boolean {
  return binding?.kind === 'collection' && binding.each;
}

function rowsOf(result: OperationResult | readonly OperationResult[]): readonly Row[] {
  if (result === undefined || result === null) return [];
  const entities = (Array.isArray(result) ? result : [result]) as readonly (Entity | null | undefined)[];
  return entities.flatMap((entity) => (entity === undefined || entity === null ? [] : [entity.row]));
}

/** What an expression starts from must exist, and have a row to be read from; items are counted from the beginning. */
async function locateBinding(
  binding: OperationTarget['binding'],
  unit: Unit,
  parts: ServiceParts,
): Promise<OperationTarget['binding']> {
  if (binding?.kind === 'property') return settled(binding, await locateStored(binding.of, unit, parts));
  if (binding?.kind === 'entity' && binding.isImplied) await locateStored(binding, unit, parts);
  return binding;
}

/** What a function gives that means an expression. */
async function resultOf(call: CallPlan, unit: Unit, { returnType }: Operation): Promise<OperationResult> {
  switch (call.kind) {
    case 'value':
      return unit.evaluate(call.expression);
    case 'json': {
      const value = await unit.evaluate(call.expression);
      return value === null ? value : parseJson(String(value));
    }
    case 'entities': {
      const entities: Entity[] = [];
      for await (const row of unit.read(call.plan)) entities.push(entityOf(row));
      return returnType?.isCollection === true ? entities : entities[0];
    }
  }
}
