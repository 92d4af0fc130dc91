import { badRequest } from '../../error/index.js';
import type { AggregateItem, QueryOptions, Transformation } from '../../url/index.js';

import type { AggregateDefinitions } from '../aggregate-definitions.js';
import { defaultBindLimits, type BoundExpression, type Resource } from '../bind/index.js';
import type { Place } from '../expression.js';
import type { AggregatedRows, PlanContext, Start } from '../plan-read.js';
import { containerOf } from '../relation.js';
import type { CollectionTarget, JoinedSet } from '../target.js';
import { planTotal } from './aggregate.js';
import type { ApplyPlan, Result } from './apply-plan.js';
import { planCustomAggregate } from './custom-aggregate.js';
import { crossRows, entityRows, type Planner, type RowType } from './row-type.js';
import { planOptions } from './options.js';
import { rowsOf } from './related.js';
import { planSequence } from './sequence.js';
import { shapeResult } from './shape-result.js';
import { refuseDivided, withResults, type Reshaped } from './with-results.js';

/**
 * The plan of a collection with `$apply`, which comes first; the other options work on its result.
 * [OData-Aggregation 3] [OData-Protocol 11.2.1]
 */
export function planApply(
  target: CollectionTarget,
  options: QueryOptions,
  page: ApplyPlan['page'],
  context: PlanContext,
): ApplyPlan {
  const { source, typeNames, type } = target;
  const container = containerOf(target, context.model);
  return applyTo({ type, source, typeNames, container, depth: 0, expanded: { count: 0 } }, options, page, context);
}

/** The same for the rows of a place, such as those that `$expand` leads to. */
export function applyTo(
  { type, source, typeNames, container, depth, expanded }: Omit<Start, 'resource'>,
  options: QueryOptions,
  page: ApplyPlan['page'],
  context: PlanContext,
): ApplyPlan {
  const planner = newPlanner(context, { depth, expanded: expanded ?? { count: 0 } });
  const from = { source, ...(typeNames === undefined ? {} : { typeNames }) };
  return planFrom(from, entityRows(type, container), options, page, planner);
}

/** The same of a cross join, whose rows hold an entity of each set. [OData-Aggregation 4] */
export function planCrossApply(
  sets: readonly JoinedSet[],
  options: QueryOptions,
  page: ApplyPlan['page'],
  context: PlanContext,
): ApplyPlan {
  const planner = newPlanner(context, { depth: 0, expanded: { count: 0 } });
  const { from, rows } = crossRows(sets, planner);
  return planFrom(from, rows, options, page, planner);
}

/** What an aggregate expression makes of the entities or complex values of a collection within an expression. [OData-Aggregation 3.6.1] */
export function aggregateOver(
  { collection, container, resource }: AggregatedRows,
  item: AggregateItem,
  context: PlanContext,
): BoundExpression {
  const planner = newPlanner(context, { depth: 0, expanded: { count: 0 } }, resource, prefixWithin(collection));
  const { rows, part } = rowsOf(collection, container, item.at, planner);
  const { steps, column, type } = planTotal(item, rows, planner);
  return { expression: { kind: 'aggregated', collection, ...(part && { part }), steps, column, type }, type };
}

/** Rows that transformations made have columns of theirs, from which new ones must differ. */
function prefixWithin(collection: Place): string {
  switch (collection.kind) {
    case 'column':
      return `${collection.column}_`;
    case 'filtered':
      return prefixWithin(collection.of);
    case 'within':
    case 'resource':
      return prefixWithin(collection.place);
    default:
      return FIRST_PREFIX;
  }
}

const FIRST_PREFIX = 'c';

function planFrom(
  from: ApplyPlan['from'],
  start: RowType,
  options: QueryOptions,
  page: ApplyPlan['page'],
  planner: Planner,
): ApplyPlan {
  const transformed = planner.plan(options.apply?.value ?? [], start);
  refuseDivided(transformed.rows.forms, planner.reshaped);
  const { steps, rows } = planOptions(options, transformed.rows, planner);
  const { result, nested } = shapeResult(rows, options, planner);
  const reshaped = new Map([...planner.reshaped, ...nested]);
  return { from, steps: withResults([...transformed.steps, ...steps], reshaped), page, result };
}

/**
 * Nested `rollup`s plan what is within them once per level, so that a short text may ask for very much; and databases
 * take a time for a chain that grows with the third power of its length.
 */
const MOST_TRANSFORMATIONS = 100;
/** With each join the rows may be multiplied. */
const MOST_JOINS = 5;

/** What pairs rows with others. */
function joinsOf(tree: Transformation): number {
  switch (tree.kind) {
    case 'join':
    case 'outerjoin':
    case 'addnested':
      return 1;
    case 'groupby':
      return tree.properties.filter(({ kind }) => kind === 'rolluprecursive').length;
    default:
      return 0;
  }
}

function newPlanner(
  context: PlanContext,
  around: Planner['around'],
  resource?: Resource,
  prefix = FIRST_PREFIX,
): Planner {
  let columns = 0;
  let transformations = 0;
  let joins = 0;
  const planner: Planner = {
    context,
    around,
    ...(resource && { resource }),
    rowsWithin: new Map<Result, RowType>(),
    reshaped: new Map<Result, Reshaped>(),
    newColumn: () => `${prefix}${String(++columns)}`,
    plan(tree, rows) {
      transformations += tree.length;
      joins += tree.reduce((count, each) => count + joinsOf(each), 0);
      if (transformations > MOST_TRANSFORMATIONS) throw tooMany(MOST_TRANSFORMATIONS, 'transformations');
      if (joins > MOST_JOINS) throw tooMany(MOST_JOINS, 'joins');
      return planSequence(tree, rows, planner);
    },
  };
  return planner;
}

/**
 * Plans each definition of a custom aggregate once over what declares it, so that its mistakes show before it is asked for.
 * Methods, and aggregates of the whole service, are about rows that nobody knows yet.
 */
export function checkAggregates(
  aggregates: AggregateDefinitions,
  { model, rules, definitions }: Pick<PlanContext, 'model' | 'rules' | 'definitions'>,
): void {
  const limits = { maxExpandDepth: 1, maxExpands: 1, maxTop: Infinity, bind: defaultBindLimits };
  const shared = { model, rules, aggregates, limits, applyTo, aggregateOver, aliases: new Map() };
  const context: PlanContext = definitions === undefined ? shared : { ...shared, definitions };
  for (const key of aggregates.keys()) {
    const [target, name = ''] = splitAtLast(key);
    const type = model.type(target);
    const container = model.entitySets.find((each) => each.target === target);
    const rows =
      type?.kind === 'entity' ? entityRows(type, undefined) : container && entityRows(container.type, container);
    if (rows === undefined || name === '') continue;
    try {
      planCustomAggregate(name, rows, 0, newPlanner(context, { depth: 0, expanded: { count: 0 } }));
    } catch (error) {
      throw new Error(`The definition of the aggregate '${key}' is wrong: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }
}

function splitAtLast(key: string): readonly [target: string, name: string | undefined] {
  const slash = key.lastIndexOf('/');
  return slash < 0 ? [key, undefined] : [key.slice(0, slash), key.slice(slash + 1)];
}

function tooMany(most: number, what: string): Error {
  return badRequest(`$apply makes more than ${String(most)} ${what}.`, { target: '$apply' });
}
