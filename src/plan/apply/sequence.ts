import type { Scalar, ScalarType } from '../../edm/index.js';
import { badRequest, notImplemented } from '../../error/index.js';
import type { ComputeItem, Expression as Syntax, SearchExpression, Transformation } from '../../url/index.js';

import { bindExpression, bindFilter, bindOrder, bindSearch } from '../bind/index.js';
import { edm, isGeo, isNumeric } from '../bind/primitives.js';
import type { Expression, LiteralExpression, Place, SearchTerm } from '../expression.js';
import { planFrom, searchOf } from '../plan-read.js';
import { planAggregate } from './aggregate.js';
import { checkAlias } from './alias.js';
import type { Column, Field, RankStep, Step } from './apply-plan.js';
import { planConcat } from './concat.js';
import { contextListOf } from './context-list.js';
import { planGroupBy } from './group.js';
import { planHierarchy } from './hierarchy.js';
import { planJoin } from './join.js';
import {
  baseOf,
  columnPlace,
  contextOf,
  hasEntities,
  madeRows,
  membersOf,
  withMembers,
  type Planned,
  type Planner,
  type RowType,
} from './row-type.js';

/** Transformations one after the other. [OData-Aggregation 3] */
export function planSequence(tree: readonly Transformation[], rows: RowType, planner: Planner): Planned {
  const steps: Step[] = [];
  let present = rows;
  for (const transformation of tree) {
    const next = planTransformation(transformation, present, planner);
    steps.push(...next.steps);
    present = next.rows;
  }
  return { steps, rows: present };
}

function planTransformation(tree: Transformation, rows: RowType, planner: Planner): Planned {
  switch (tree.kind) {
    case 'identity':
      return { steps: [], rows };
    case 'filter':
      return same(rows, { kind: 'filter', condition: bindFilter(tree.expression, contextOf(rows, planner)) });
    case 'search':
      return same(rows, planSearch(tree.expression, rows));
    case 'compute':
      return planCompute(tree.items, rows, planner);
    case 'orderby':
      return same(rows, { kind: 'order', terms: bindOrder(tree.items, contextOf(rows, planner)) });
    case 'top':
      return same(rows, { kind: 'page', limit: wholeNumber(tree.count, tree, rows, planner), skip: 0 });
    case 'skip':
      return same(rows, { kind: 'page', limit: undefined, skip: wholeNumber(tree.count, tree, rows, planner) });
    case 'aggregate':
      return planAggregate(tree, rows, planner);
    case 'groupby':
      return planGroupBy(tree, rows, planner);
    case 'concat':
      return planConcat(tree, rows, planner);
    case 'join':
    case 'outerjoin':
      return planJoin(tree, rows, planner);
    case 'nest':
      return planNest(tree, rows, planner);
    case 'expand':
      return planExpand(tree, rows, planner);
    case 'hierarchy':
      return planHierarchy(tree, rows, planner);
    case 'function':
      throw ofFunction(tree, planner);
    default:
      return same(rows, planRank(tree, rows, planner));
  }
}

function same(rows: RowType, step: Step): Planned {
  return { steps: [step], rows };
}

/** `compute(Price mul Quantity as Total)` [OData-Aggregation 3.4.2] */
export function planCompute(items: readonly ComputeItem[], rows: RowType, planner: Planner): Planned {
  const columns: Column[] = [];
  const fields: Field[] = [];
  const members = new Map<string, Place>();
  for (const { expression, alias, at } of items) {
    checkAlias(alias, rows, members, at);
    const { expression: value, type } = bindExpression(expression, contextOf(rows, planner), 'compute');
    const column = planner.newColumn();
    columns.push({ column, value });
    fields.push({ kind: 'value', name: alias, column, type, isDeclared: false });
    members.set(alias, columnPlace(column, type ?? edm('Untyped')));
  }
  return { steps: [{ kind: 'compute', columns }], rows: withMembers(rows, fields, members) };
}

/** In entities as `$search` does it, else in the strings that there are. */
export function planSearch(tree: SearchExpression, rows: RowType): Step {
  if (baseOf(rows.place) !== undefined) return { kind: 'filter', condition: searchOf(rows.type, tree) };
  const texts = [...membersOf(rows.place).values()].filter(({ type }) => type.type.qualifiedName === 'Edm.String');
  return { kind: 'filter', condition: occurs(bindSearch(tree), texts) };
}

function occurs(term: SearchTerm, texts: readonly Place[]): Expression {
  switch (term.kind) {
    case 'and':
    case 'or':
      return { kind: 'logic', operator: term.kind, left: occurs(term.left, texts), right: occurs(term.right, texts) };
    case 'not':
      return { kind: 'not', operand: occurs(term.operand, texts) };
    default:
      return texts.map((place) => contains(place, term.text)).reduce(either, NEVER);
  }
}

function contains(place: Place, text: string): Expression {
  const type = edm('String');
  const lower = (value: Expression): Expression => ({ kind: 'call', function: 'tolower', arguments: [value], type });
  const condition: Expression = {
    kind: 'call',
    function: 'contains',
    arguments: [lower({ kind: 'value', place, type }), lower({ kind: 'literal', value: text, type })],
    type: edm('Boolean'),
  };
  return {
    kind: 'case',
    branches: [
      { condition, value: boolean(true) },
      { condition: boolean(true), value: NEVER },
    ],
    type: edm('Boolean'),
  };
}

function either(left: Expression, right: Expression): Expression {
  return { kind: 'logic', operator: 'or', left, right };
}

function boolean(value: boolean): Expression {
  return { kind: 'literal', value, type: edm('Boolean') };
}

const NEVER = boolean(false);

type Rank = Extract<Transformation, { kind: `top${string}` | `bottom${string}`; measure: Syntax }>;

/** `topcount(2,Price)`, `bottompercent(50,Price)`, `topsum(100,Price)` [OData-Aggregation 3.3.1] */
function planRank(tree: Rank, rows: RowType, planner: Planner): RankStep {
  const until = tree.kind.replace(/^(?:top|bottom)/, '') as RankStep['until'];
  const { expression: measure, type } = bindExpression(tree.measure, contextOf(rows, planner), `'${tree.kind}'`);
  const isFit =
    type === undefined || (until === 'count' ? !isGeo(type) && type.qualifiedName !== 'Edm.Stream' : isNumeric(type));
  if (!isFit)
    throw badRequest(`Values of type '${type.qualifiedName}' are no measure for '${tree.kind}'.`, fault(tree));
  const amount = literal(tree.amount, tree, rows, planner);
  const number = Number(amount.value);
  const isPositive =
    until === 'count'
      ? Number.isSafeInteger(number) && number > 0
      : until !== 'percent' || (number > 0 && number <= 100);
  if (!isPositive)
    throw badRequest(
      until === 'count'
        ? `The first parameter of '${tree.kind}' must be a positive integer.`
        : `The first parameter of '${tree.kind}' must be a number above 0 and up to 100.`,
      fault(tree),
    );
  return { kind: 'rank', until, direction: tree.kind.startsWith('top') ? 'desc' : 'asc', amount, measure };
}

function wholeNumber(count: Syntax, tree: Transformation, rows: RowType, planner: Planner): number {
  const number = Number(literal(count, tree, rows, planner).value);
  if (!Number.isSafeInteger(number) || number < 0)
    throw badRequest(`The parameter of '${tree.kind}' must be a non-negative integer.`, fault(tree));
  return number;
}

/** A number that does not depend on a row. */
function literal(
  syntax: Syntax,
  tree: Transformation,
  rows: RowType,
  planner: Planner,
): LiteralExpression & { readonly value: Scalar; readonly type: ScalarType } {
  const { expression, type } = bindExpression(syntax, contextOf(rows, planner), `'${tree.kind}'`);
  if (type === undefined || !isNumeric(type))
    throw badRequest(`The first parameter of '${tree.kind}' must be a number.`, fault(tree));
  if (expression.kind === 'literal' && expression.value !== null)
    return { ...expression, value: expression.value, type };
  if (expression.kind === 'value')
    throw badRequest(`The first parameter of '${tree.kind}' must not depend on a row.`, fault(tree));
  throw notImplemented(`An expression as the first parameter of '${tree.kind}' is not supported.`, fault(tree));
}

/** One row that holds all. [OData-Aggregation 3.5.2] */
function planNest(tree: Extract<Transformation, { kind: 'nest' }>, rows: RowType, planner: Planner): Planned {
  checkAlias(tree.alias, rows, new Map(), tree.at);
  const { steps, rows: nested } = planner.plan(tree.apply, rows);
  const column = planner.newColumn();
  const { formColumn, forms } = nested;
  const result = { formColumn, forms, contextList: contextListOf(forms) };
  const field: Field = { kind: 'rows', name: tree.alias, container: rows.container, column, result };
  const place: Place = { kind: 'column', column, via: [], type: { type: rows.type, isCollection: true } };
  return {
    steps: [{ kind: 'nest', steps, column, result }],
    rows: madeRows(rows, [field], new Map([[tree.alias, place]])),
  };
}

/** `expand(Sales,filter(Amount gt 3))` */
function planExpand(
  { item, at }: Extract<Transformation, { kind: 'expand' }>,
  rows: RowType,
  planner: Planner,
): Planned {
  if (!hasEntities(rows))
    throw badRequest('There are no entities whose navigation properties could be expanded.', {
      target: '$apply',
      position: at,
    });
  const { embed } = planFrom(
    {
      type: rows.type,
      source: { kind: 'collections', collections: [] },
      typeNames: undefined,
      container: rows.container,
      filters: [],
      depth: 0,
    },
    { expand: { value: [item], text: '', at }, aliases: planner.context.aliases, custom: [] },
    { limit: undefined, skip: 0 },
    planner.context,
  );
  const forms = rows.forms.map((form) =>
    form.entity === undefined ? form : { ...form, entity: { ...form.entity, embed: [...form.entity.embed, ...embed] } },
  );
  return { steps: [], rows: { ...rows, forms } };
}

/** Set transformations of the service's own. [OData-Aggregation 3] */
function ofFunction(tree: Extract<Transformation, { kind: 'function' }>, { context }: Planner): Error {
  return context.model.operations(tree.name).some(({ kind }) => kind === 'function')
    ? notImplemented(`The function '${tree.name}' as a transformation is not supported.`, fault(tree))
    : badRequest(`There is no transformation or function named '${tree.name}'.`, fault(tree));
}

function fault({ at }: Transformation) {
  return { target: '$apply', position: at };
}
