import type { ScalarType } from '../../edm/index.js';
import type { Expression as Tree, Literal } from '../../url/index.js';

import type { Arithmetic } from '../expression.js';
import { bindScalar, type Binding, type Scope } from './binding.js';
import { fault } from './fault.js';
import { typeName, type Operand, type ScalarOperand } from './operand.js';
import { comparisonType, edm, isIntegral, isNumeric } from './primitives.js';
import { commonType, convert, namedEnum } from './promotion.js';
import { fits, naturalType } from './literal-type.js';

type BinaryTree = Extract<Tree, { readonly kind: 'binary' }>;
type Operator = Arithmetic['operator'];

/** `add`, `sub`, `mul`, `div`, `divby`, `mod` over numbers, dates and durations. [OData-URL 5.1.1.2] */
export function bindArithmetic(tree: BinaryTree, operator: Operator, scope: Scope, binding: Binding): Operand {
  const left = bindScalar(tree.left, scope, binding, `'${operator}'`);
  const right = bindScalar(tree.right, scope, binding, `'${operator}'`);
  if (left.kind === 'null' || right.kind === 'null') return withNull(tree, left, right, binding);
  return numeric(tree, operator, left, right, binding) ?? temporal(tree, operator, left, right, binding);
}

/** Null, if the other operand is one that could be calculated with. */
function withNull(tree: BinaryTree, left: ScalarOperand, right: ScalarOperand, binding: Binding): Operand {
  for (const operand of [left, right]) {
    const isCalculable = operand.kind === 'null' || CALCULABLE.some((name) => matching(operand, name, binding));
    if (!isCalculable) throw incompatible(tree, left, right);
  }
  return { kind: 'null', at: tree.at };
}

/** [OData-URL 5.1.1.2.3] A minus in front of a number belongs to the number: `-(5)`. */
export function bindNegation(tree: Tree, at: number, scope: Scope, binding: Binding): Operand {
  const operand = bindScalar(tree, scope, binding, "'-'");
  if (operand.kind === 'null') return operand;
  if (operand.kind === 'literal' && isNumber(operand.literal))
    return { kind: 'literal', literal: { ...operand.literal, text: opposite(operand.literal.text), at }, at };
  const type = typeOf(operand, binding);
  if (!isNumeric(type) && type.qualifiedName !== 'Edm.Duration')
    throw fault(`A value of type '${typeName(operand)}' cannot be negated`, at);
  const expression = { kind: 'negate', operand: convert(operand, type, binding.context), type: widened(type) } as const;
  return { kind: 'scalar', expression, type: expression.type, at };
}

function numeric(
  tree: BinaryTree,
  operator: Operator,
  left: ScalarOperand,
  right: ScalarOperand,
  { context }: Binding,
): Operand | undefined {
  const bothDynamic = left.kind === 'dynamic' && right.kind === 'dynamic';
  const common = bothDynamic ? edm('Double') : commonType([left, right], context);
  if (common === undefined || common === 'none' || !isNumeric(common)) return undefined;
  const type = operator === 'divby' && isIntegral(common) ? edm('Decimal') : widened(common);
  const expression: Arithmetic = {
    kind: 'arithmetic',
    operator,
    left: convert(left, type, context),
    right: convert(right, type, context),
    type,
  };
  return { kind: 'scalar', expression, type, at: tree.at };
}

/** Left type, operator, right type, result; `n` is any numeric type. [OData-URL 5.1.1.2.1, 5.1.1.2.2, 5.1.1.2.4, 5.1.1.2.5] */
const TEMPORAL: readonly (readonly [string, readonly Operator[], string, string])[] = [
  ['DateTimeOffset', ['add', 'sub'], 'Duration', 'DateTimeOffset'],
  ['DateTimeOffset', ['sub'], 'DateTimeOffset', 'Duration'],
  ['Date', ['add', 'sub'], 'Duration', 'Date'],
  ['Date', ['sub'], 'Date', 'Duration'],
  ['Duration', ['add', 'sub'], 'Duration', 'Duration'],
  ['Duration', ['mul', 'div', 'divby'], 'n', 'Duration'],
  ['n', ['mul'], 'Duration', 'Duration'],
];

const CALCULABLE = ['n', 'DateTimeOffset', 'Date', 'Duration'];

function temporal(
  tree: BinaryTree,
  operator: Operator,
  left: ScalarOperand,
  right: ScalarOperand,
  binding: Binding,
): Operand {
  for (const [leftName, operators, rightName, result] of TEMPORAL) {
    if (!operators.includes(operator)) continue;
    const leftType = matching(left, leftName, binding);
    const rightType = leftType && matching(right, rightName, binding);
    if (leftType === undefined || rightType === undefined) continue;
    const expression: Arithmetic = {
      kind: 'arithmetic',
      operator,
      left: convert(left, leftType, binding.context),
      right: convert(right, rightType, binding.context),
      type: edm(result),
    };
    return { kind: 'scalar', expression, type: expression.type, at: tree.at };
  }
  throw incompatible(tree, left, right);
}

function incompatible({ operator, at }: BinaryTree, left: Operand, right: Operand) {
  return fault(`The types '${typeName(left)}' and '${typeName(right)}' cannot be combined by '${operator}'`, at);
}

/** The type of an operand where it is the one of that name; a dynamic property is whatever is needed. */
function matching(operand: ScalarOperand, name: string, binding: Binding): ScalarType | undefined {
  if (operand.kind === 'dynamic') return edm(name === 'n' ? 'Double' : name);
  if (name === 'Duration' && isDurationText(operand)) return edm(name);
  const type = typeOf(operand, binding);
  const isMatch = name === 'n' ? isNumeric(type) : type.qualifiedName === `Edm.${name}`;
  return isMatch ? type : undefined;
}

/** `Instant add 'PT1H'`: the prefix of a duration may be left out. [OData-URL 5.1.1.14.1] */
function isDurationText(operand: ScalarOperand): boolean {
  return operand.kind === 'literal' && operand.literal.type === 'string' && fits(operand.literal, edm('Duration'));
}

function typeOf(operand: ScalarOperand, { context }: Binding): ScalarType {
  switch (operand.kind) {
    case 'scalar':
      return comparisonType(operand.type);
    case 'literal':
      return operand.literal.type === 'enum' ? namedEnum(operand.literal, context) : naturalType(operand.literal);
    case 'dynamic':
      return edm('Double');
    case 'null':
      return edm('Untyped');
  }
}

/** Small integers are computed as `Edm.Int32`, so that `Rating add 200` does not overflow. */
function widened(type: ScalarType): ScalarType {
  return ['Edm.Int16', 'Edm.Byte', 'Edm.SByte'].includes(type.qualifiedName) ? edm('Int32') : type;
}

function isNumber({ type }: Literal): boolean {
  return type === 'integer' || type === 'decimal' || type === 'double';
}

function opposite(text: string): string {
  if (text.startsWith('-')) return text.slice(1);
  return text === 'NaN' ? text : `-${text.replace(/^\+/, '')}`;
}
