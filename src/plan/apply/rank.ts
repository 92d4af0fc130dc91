import type { Scalar, ScalarType } from '../../edm/index.js';
import { badRequest, notImplemented } from '../../error/index.js';
import type { Expression as Syntax, Transformation } from '../../url/index.js';

import { bindExpression } from '../bind/index.js';
import { isGeo, isNumeric } from '../bind/primitives.js';
import type { LiteralExpression } from '../expression.js';
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
      fault(tree.at),
    );
  return { kind: 'rank', until, direction: tree.kind.startsWith('top') ? 'desc' : 'asc', amount, measure };
}

/** The parameter of `top` and `skip`. */
export function wholeNumber(count: Syntax, tree: Transformation, rows: RowType, planner: Planner): number {
  const number = Number(literal(count, tree, rows, planner).value);
  if (!Number.isSafeInteger(number) || number < 0)
    throw badRequest(`The parameter of '${tree.kind}' must be a non-negative integer.`, fault(tree.at));
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
    throw badRequest(`The first parameter of '${tree.kind}' must be a number.`, fault(tree.at));
  if (expression.kind === 'literal' && expression.value !== null)
    return { ...expression, value: expression.value, type };
  if (expression.kind === 'value')
    throw badRequest(`The first parameter of '${tree.kind}' must not depend on a row.`, fault(tree.at));
  throw notImplemented(`An expression as the first parameter of '${tree.kind}' is not supported.`, fault(tree.at));
}
