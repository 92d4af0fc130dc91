import type { Scalar } from '../../edm/index.js';
import { badRequest, hasStatus } from '../../error/index.js';
import type { Expression as Syntax, Transformation } from '../../url/index.js';

import { bindExpression, type BoundExpression } from '../bind/index.js';
import { isGeo, isIntegral, isNumeric } from '../bind/primitives.js';
import type { Expression, LiteralExpression, Place } from '../expression.js';
import { bindContextOf } from '../plan-read.js';
import type { RankStep } from './apply-plan.js';
import { fault } from './fault.js';
import { contextOf, type Planner, type RowType } from './row-type.js';

type Rank = Extract<Transformation, { kind: `top${string}` | `bottom${string}`; measure: Syntax }>;

/** `topcount(2,Price)`, `bottompercent(50,Price)`, `topsum(100,Price)` [OData-Aggregation 3.3.1] */
export function planRank(tree: Rank, rows: RowType, planner: Planner): RankStep {
  const until = tree.kind.replace(/^(?:top|bottom)/, '') as RankStep['until'];
  const { expression: measure, type } = bindExpression(tree.measure, contextOf(rows, planner), `'${tree.kind}'`);
  const isFit =
    type === undefined || (until === 'count' ? !isGeo(type) && type.qualifiedName !== 'Edm.Stream' : isNumeric(type));
  if (!isFit)
    throw badRequest(`Values of type '${type.qualifiedName}' are no measure for '${tree.kind}'.`, fault(tree.at));
  const amount = amountOf(tree.amount, until, tree, rows, planner);
  return { kind: 'rank', until, direction: tree.kind.startsWith('top') ? 'desc' : 'asc', amount, measure };
}

/** An expression that does not depend on a row, such as `$root/Sales/$count div 10`. */
function amountOf(syntax: Syntax, until: RankStep['until'], tree: Rank, rows: RowType, planner: Planner): Expression {
  const literal = literalIn(syntax, tree, rows, planner);
  if (literal === undefined) return constantOf(syntax, until, tree, planner);
  const number = Number(literal.value);
  const isPositive =
    until === 'count'
      ? Number.isSafeInteger(number) && number > 0
      : until !== 'percent' || (number > 0 && number <= 100);
  if (isPositive) return literal;
  throw badRequest(
    until === 'count'
      ? `The first parameter of '${tree.kind}' must be a positive integer.`
      : `The first parameter of '${tree.kind}' must be a number above 0 and up to 100.`,
    fault(tree.at),
  );
}

function constantOf(syntax: Syntax, until: RankStep['until'], tree: Rank, planner: Planner): Expression {
  const { expression, type } = withoutRows(syntax, tree, planner);
  if (until === 'count' && type !== undefined && !isIntegral(type))
    throw badRequest(`The first parameter of '${tree.kind}' must be a positive integer.`, fault(tree.at));
  return expression;
}

function withoutRows(syntax: Syntax, tree: Rank, { context, these }: Planner): BoundExpression {
  const type = context.model.structuredTypeOrThrow('Edm.ComplexType');
  const row: Place = { kind: 'record', of: undefined, members: new Map(), type: { type, isCollection: false } };
  const around = these === undefined ? {} : { these };
  const nowhere = {
    ...bindContextOf({ type, container: undefined, depth: 0 }, context),
    ...around,
    row,
    keyAsSegment: false,
  };
  try {
    return bindExpression(syntax, nowhere, `'${tree.kind}'`);
  } catch (error) {
    if (!hasStatus(error, 400)) throw error;
    throw badRequest(`The first parameter of '${tree.kind}' must not depend on a row.`, {
      ...fault(tree.at),
      cause: error,
    });
  }
}

/** The parameter of `top` and `skip`. */
export function wholeNumber(count: Syntax, tree: Transformation, rows: RowType, planner: Planner): number {
  const number = Number(literalIn(count, tree, rows, planner)?.value ?? Number.NaN);
  if (!Number.isSafeInteger(number) || number < 0)
    throw badRequest(`The parameter of '${tree.kind}' must be a non-negative integer.`, fault(tree.at));
  return number;
}

/** A number as it stands there; undefined where an expression does. */
function literalIn(
  syntax: Syntax,
  tree: Transformation,
  rows: RowType,
  planner: Planner,
): (LiteralExpression & { readonly value: Scalar }) | undefined {
  const { expression, type } = bindExpression(syntax, contextOf(rows, planner), `'${tree.kind}'`);
  if (type === undefined || !isNumeric(type))
    throw badRequest(`The first parameter of '${tree.kind}' must be a number.`, fault(tree.at));
  return expression.kind === 'literal' && expression.value !== null
    ? { ...expression, value: expression.value }
    : undefined;
}
