import type { ScalarType } from '../../edm/index.js';
import { badRequest, suggestion } from '../../error/index.js';
import type { AggregateItem, Expression as Syntax, Transformation } from '../../url/index.js';

import { bindExpression } from '../bind/index.js';
import { declaredTypesAt } from '../bind/declared-type.js';
import { itemOf } from '../bind/item.js';
import { edm } from '../bind/primitives.js';
import type { Expression, Place } from '../expression.js';
import { aggregationPath, type AggregationPath } from './aggregation-path.js';
import { methodNames, methodOf, typeOfAggregate } from './aggregate-type.js';
import { checkAlias } from './alias.js';
import type { AggregateMethod, AggregatePart, AggregateValue, Field, Step } from './apply-plan.js';
import { isCustomAggregate, isCustomMethod, planCustomAggregate, planCustomMethod } from './custom-aggregate.js';
import { fault } from './fault.js';
import {
  columnPlace,
  contextOf,
  madeRows,
  membersOf,
  withMembers,
  type Planned,
  type Planner,
  type RowType,
} from './row-type.js';

type Aggregate = Extract<Transformation, { kind: 'aggregate' }>;

/** `aggregate(Price with sum as Total,$count as N)` [OData-Aggregation 3.2.1] */
export function planAggregate({ items }: Aggregate, rows: RowType, planner: Planner): Planned {
  const values: AggregateValue[] = [];
  const parts: AggregatePart[] = [];
  const fields: Field[] = [];
  const members = new Map<string, Place>();
  for (const item of items) {
    const name = aliasOf(item, rows, planner);
    if (item.alias === undefined) refuseTwice(name, members, item.at);
    else checkAlias(name, rows, members, item.at);
    const aggregated = planItem(item, rows, planner);
    if ('steps' in aggregated.from) parts.push(aggregated.from);
    else values.push(aggregated.from);
    const { type, from } = aggregated;
    fields.push({ kind: 'value', name, column: from.column, type, isDeclared: false });
    members.set(name, columnPlace(from.column, type));
  }
  return { steps: [{ kind: 'aggregate', values, parts }], rows: madeRows(rows, fields, members) };
}

/** An aggregate expression without an alias: steps that end in one row, and the column of its value. [OData-Aggregation 3.6.1] */
export function planTotal(
  item: AggregateItem,
  rows: RowType,
  planner: Planner,
): { readonly steps: readonly Step[]; readonly column: string; readonly type: ScalarType } {
  const { steps, rows: single } = planner.plan(
    [{ kind: 'aggregate', items: [{ ...item, alias: OUTER }], at: item.at }],
    rows,
  );
  const field = single.forms[0]!.fields[0]!;
  if (field.kind !== 'value' || field.type === undefined) throw new Error('An aggregate is a value.');
  return { steps, column: field.column, type: field.type };
}

interface Aggregated {
  readonly from: AggregateValue | AggregatePart;
  readonly type: ScalarType;
}

function planItem(item: AggregateItem, rows: RowType, planner: Planner): Aggregated {
  if (item.from.length > 0) return fromGroups(item, rows, planner);
  const path = namesOf(item.expression);
  if (path?.at(-1) === '$count') return counted(item, path.slice(0, -1), rows, planner);
  if (item.method === undefined && path !== undefined) return custom(path, item.at, rows, planner);
  if (item.method?.includes('.') === true && isCustomMethod(item.method, rows, planner))
    return withCustomMethod(item.method, item, path, rows, planner);
  const method = wantedMethod(item);
  if (path !== undefined && path.length > 0) return overPath(item, path, method, rows, planner);
  const { expression, type } = bindExpression(item.expression, contextOf(rows, planner), `'${method}'`);
  return { ...single(expression, type, method, item, planner) };
}

/** A custom aggregate goes by its own name where it has no other. [OData-Aggregation 3.2.1.1] */
function aliasOf({ alias, method, from, expression, at }: AggregateItem, rows: RowType, planner: Planner): string {
  if (alias !== undefined) return alias;
  const path = namesOf(expression);
  if (method === undefined && path !== undefined && path.at(-1) !== '$count') {
    if (path.length === 1 && from.length === 0 && isCustomAggregate(path[0]!, rows, planner)) return path[0]!;
    throw noMethod(path, at);
  }
  throw badRequest("An aggregate expression needs an alias: '… as Name'.", fault(at));
}

/** Such a name may be that of a property, which it stands for from now on. */
function refuseTwice(name: string, members: ReadonlyMap<string, Place>, at: number): void {
  if (members.has(name)) throw badRequest(`The name '${name}' is used twice.`, fault(at));
}

/** `Forecast`, `Sales/Forecast` */
function custom(path: readonly string[], at: number, rows: RowType, planner: Planner): Aggregated {
  const { before, related } = customRows(path, at, rows, planner);
  const { steps, column, type } = planCustomAggregate(path.at(-1)!, related, at, planner);
  return { from: { steps: [...before, ...steps], column, isCount: false }, type };
}

/** The rows that a custom aggregate is computed of, and the steps to them. */
function customRows(
  path: readonly string[],
  at: number,
  rows: RowType,
  planner: Planner,
): { readonly before: readonly Step[]; readonly related: RowType } {
  const to = path.length === 1 ? undefined : aggregationPath(path.slice(0, -1), at, rows, planner);
  const related = to?.rows ?? rows;
  if ((to !== undefined && to.items.length > 0) || !isCustomAggregate(path.at(-1) ?? '', related, planner))
    throw noMethod(path, at);
  return { before: to?.navigation === undefined ? [] : [to.navigation], related };
}

/** `Amount with ns.spread as Spread`: the values become rows of their own. [OData-Aggregation 3.2.1.4] */
function withCustomMethod(
  method: string,
  item: AggregateItem,
  path: readonly string[] | undefined,
  rows: RowType,
  planner: Planner,
): Aggregated {
  const { steps, expression, type, items, related } = valuesOf(method, item, path, rows, planner);
  const column = planner.newColumn();
  const columns = [{ column, value: expression }];
  const values: Step =
    items.length > 0 ? { kind: 'flatten', path: items, isEntity: false, columns } : { kind: 'compute', columns };
  const made = planCustomMethod(method, { column, type }, related, item.at, planner);
  return { from: { steps: [...steps, values, ...made.steps], column: made.column, isCount: false }, type: made.type };
}

function valuesOf(
  method: string,
  item: AggregateItem,
  path: readonly string[] | undefined,
  rows: RowType,
  planner: Planner,
): {
  readonly steps: readonly Step[];
  readonly expression: Expression;
  readonly type: ScalarType | undefined;
  readonly items: AggregationPath['items'];
  readonly related: RowType;
} {
  if (path === undefined || path.length === 0) {
    const bound = bindExpression(item.expression, contextOf(rows, planner), `'${method}'`);
    return { ...bound, steps: [], items: [], related: rows };
  }
  const { navigation, items, operand, rows: related } = aggregationPath(path, item.at, rows, planner);
  if (operand?.kind !== 'scalar')
    throw badRequest(`'${path.join('/')}' has no value to be aggregated with '${method}'.`, fault(item.at));
  const { expression, type } = operand;
  return { steps: navigation === undefined ? [] : [navigation], expression, type, items, related };
}

/**
 * `Amount with sum from Time with average` is `groupby((Time),aggregate(Amount with sum as A))/aggregate(A with average)`.
 * [OData-Aggregation 3.2.1.6]
 */
function fromGroups({ from, at, ...item }: AggregateItem, rows: RowType, planner: Planner): Aggregated {
  const last = from.at(-1)!;
  const again = last.method === undefined ? customAgain({ ...item, from, at }, rows, planner) : undefined;
  const inner: AggregateItem = { ...item, from: from.slice(0, -1), alias: INNER, at };
  const groups = planner.plan(
    [
      {
        kind: 'groupby',
        properties: last.paths.map((path) => ({ kind: 'path', path, at }) as const),
        apply: [{ kind: 'aggregate', items: [inner], at }],
        at,
      },
    ],
    rows,
  );
  const steps = (again ?? [INNER]).map((name) => ({ kind: 'name', name, at }) as const);
  const method = last.method === undefined ? {} : { method: last.method };
  const outer: AggregateItem = { expression: { kind: 'path', steps, at }, ...method, from: [], at };
  const {
    steps: further,
    column,
    type,
  } = planTotal(outer, again === undefined ? groups.rows : withValues(groups.rows, again), planner);
  const isCount = last.method === 'countdistinct';
  return { from: { steps: [...groups.steps, ...further], column, isCount }, type };
}

/** Where a custom aggregate goes by the name of a property, what it gave of the groups stands for that from then on. */
function withValues(groups: RowType, path: readonly string[]): RowType {
  const members = membersOf(groups.place);
  const name = path.at(-1)!;
  const stands = groups.type.properties.has(name) && !members.has(name);
  return stands ? withMembers(groups, [], [[name, members.get(INNER)!]]) : groups;
}

/** The path of what alone can be aggregated again without a method, in a way of its own. */
function customAgain({ expression, method, at }: AggregateItem, rows: RowType, planner: Planner): readonly string[] {
  const path = namesOf(expression);
  if (method !== undefined || path === undefined || path.at(-1) === '$count')
    throw badRequest(
      "'from' needs a method, unless it follows a custom aggregate: 'from … with average as Name'.",
      fault(at),
    );
  customRows(path, at, rows, planner);
  return path;
}

/** Names that nobody can write. */
const INNER = ' inner';
const OUTER = ' outer';

/** `$count`, `Sales/$count` [OData-Aggregation 3.2.1.5] */
function counted(item: AggregateItem, path: readonly string[], rows: RowType, planner: Planner): Aggregated {
  if (item.method !== undefined)
    throw badRequest("'$count' is not aggregated with a method; write '$count as Name'.", fault(item.at));
  const type = edm('Decimal');
  const column = planner.newColumn();
  if (path.length === 0) return { from: { method: 'count', column }, type };
  const { navigation, items, operand } = aggregationPath(path, item.at, rows, planner);
  if (items.length === 0 && (navigation === undefined || operand !== undefined))
    throw badRequest(`'${path.join('/')}' leads to no collection that could be counted.`, fault(item.at));
  const steps: Step[] = navigation === undefined ? [] : [navigation];
  if (items.length > 0) steps.push({ kind: 'flatten', path: items, isEntity: false, columns: [] });
  steps.push({ kind: 'aggregate', values: [{ method: 'count', column }], parts: [] });
  return { from: { steps, column, isCount: true }, type };
}

function overPath(
  item: AggregateItem,
  path: readonly string[],
  method: AggregateMethod,
  rows: RowType,
  planner: Planner,
): Aggregated {
  const { navigation, items, operand, rows: related } = aggregationPath(path, item.at, rows, planner);
  const steps: Step[] = navigation === undefined ? [] : [navigation];
  if (operand === undefined || operand.kind === 'structured') {
    if (method !== 'countdistinct')
      throw badRequest(`'${path.join('/')}' has no value to be aggregated with '${method}'.`, fault(item.at));
    const place = operand?.kind === 'structured' ? operand.place : (placeOfItem(items) ?? related.place);
    return distinctOf(place, items, steps, planner);
  }
  const { expression, type } = valueAt(operand, method, path, item, related);
  if (items.length === 0) {
    const { from, type: result } = single(expression, type, method, item, planner);
    return navigation === undefined ? { from, type: result } : part([navigation, aggregateStep(from)], from, result);
  }
  const column = planner.newColumn();
  const flattened: Step = { kind: 'flatten', path: items, isEntity: false, columns: [{ column, value: expression }] };
  const value: Expression = {
    kind: 'value',
    place: columnPlace(column, type ?? edm('Untyped')),
    type: type ?? edm('Untyped'),
  };
  const { from, type: result } = single(value, type, method, item, planner);
  return part([...steps, flattened, aggregateStep(from)], from, result);
}

/** What the last of the collections on a path consists of. */
function placeOfItem(items: AggregationPath['items']): Place | undefined {
  const last = items.at(-1);
  if (last === undefined) return undefined;
  return itemOf(last.collection, last.variable);
}

/** How many different entities or complex values there are. [OData-Aggregation 3.2.1.3.5] */
function distinctOf(
  place: Place,
  items: AggregationPath['items'],
  steps: readonly Step[],
  planner: Planner,
): Aggregated {
  const [column, method, type] = [planner.newColumn(), 'countdistinct', edm('Decimal')] as const;
  if (place.type.type.kind === 'entity') {
    const value: AggregateValue = { method, column, entity: place };
    return part([...steps, aggregateStep(value)], value, type);
  }
  const whole = planner.newColumn();
  const columns = [{ column: whole, same: place, declared: declaredTypesAt(place, planner.context.model) }];
  const values: Step =
    items.length > 0 ? { kind: 'flatten', path: items, isEntity: false, columns } : { kind: 'compute', columns };
  const text = edm('String');
  const counted: Expression = { kind: 'value', place: columnPlace(whole, text), type: text };
  const value: AggregateValue = { method, column, value: counted, type };
  return part([...steps, values, aggregateStep(value)], value, type);
}

function valueAt(
  operand: NonNullable<ReturnType<typeof aggregationPath>['operand']>,
  method: AggregateMethod,
  path: readonly string[],
  item: AggregateItem,
  { type: owner }: RowType,
): { readonly expression: Expression; readonly type: ScalarType | undefined } {
  switch (operand.kind) {
    case 'scalar':
      return operand;
    case 'dynamic': {
      const type = edm(method === 'sum' || method === 'average' ? 'Double' : 'Untyped');
      const place: Place = { ...operand.place, type: { type, isCollection: false } };
      return { expression: { kind: 'value', place, type }, type };
    }
    case 'null':
      return { expression: { kind: 'literal', value: null, type: undefined }, type: undefined };
    default:
      throw badRequest(
        `'${path.join('/')}' of '${owner.qualifiedName}' cannot be aggregated with '${method}'.`,
        fault(item.at),
      );
  }
}

function single(
  value: Expression,
  type: ScalarType | undefined,
  method: AggregateMethod,
  item: AggregateItem,
  planner: Planner,
): { readonly from: AggregateValue; readonly type: ScalarType } {
  const result = typeOfAggregate(method, type ?? edm('Int32'), item.at);
  return { from: { method, column: planner.newColumn(), value, type: result }, type: result };
}

function part(steps: readonly Step[], value: AggregateValue, type: ScalarType): Aggregated {
  return { from: { steps, column: value.column, isCount: value.method === 'countdistinct' }, type };
}

function aggregateStep(value: AggregateValue): Step {
  return { kind: 'aggregate', values: [value], parts: [] };
}

function wantedMethod({ method, expression, at }: AggregateItem): AggregateMethod {
  if (method === undefined) throw noMethod(namesOf(expression) ?? [], at);
  const known = methodOf(method);
  if (known !== undefined) return known;
  const what = method.includes('.') ? 'custom aggregation method' : 'aggregation method';
  throw badRequest(`There is no ${what} '${method}'.${suggestion(method, methodNames)}`, fault(at));
}

/** [OData-Aggregation 3.2.1.1] */
function noMethod(path: readonly string[], at: number): Error {
  return badRequest(`'${path.join('/')}' needs an aggregation method and an alias: 'with sum as Name'.`, fault(at));
}

/** The names of a path, `$count` among them; undefined for other expressions. */
function namesOf(expression: Syntax): readonly string[] | undefined {
  if (expression.kind !== 'path') return undefined;
  const names: string[] = [];
  for (const step of expression.steps) {
    if (step.kind === 'name') names.push(step.name);
    else if (step.kind === '$count' && step.filter === undefined && step.search === undefined) names.push('$count');
    else return undefined;
  }
  return names;
}
