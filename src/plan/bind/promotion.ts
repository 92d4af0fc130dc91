import type { EnumType, ScalarType } from '../../edm/index.js';
import type { Literal } from '../../url/index.js';

import type { Expression } from '../expression.js';
import type { BindContext } from './context.js';
import { fault, streamAsValue } from './fault.js';
import { fits, naturalType, readLiteral } from './literal-type.js';
import type { ScalarOperand } from './operand.js';
import { comparisonType, edm, isIntegral, isNumeric, isSame, numericRank } from './primitives.js';

/** The type that two types are both promoted to; undefined where there is none. [OData-URL 5.1.1.18] */
export function promote(a: ScalarType, b: ScalarType, context: BindContext): ScalarType | undefined {
  if (isSame(a, b)) return a;
  const rankA = numericRank(a);
  const rankB = numericRank(b);
  if (rankA !== undefined && rankB !== undefined) {
    const byteAndSByte = Math.min(rankA, rankB) === 6;
    return byteAndSByte ? edm('Int16') : rankA < rankB ? a : b;
  }
  if (context.promoteDates === true && isDateBesideDateTime(a, b)) return edm('DateTimeOffset');
  return undefined;
}

/**
 * The type that all operands are promoted to: undefined where all are null, `'none'` where there is no such type.
 * Literals take the type of what they stand beside, if they can; so do dynamic properties.
 */
export function commonType(operands: readonly ScalarOperand[], context: BindContext): ScalarType | undefined | 'none' {
  let common: ScalarType | undefined;
  for (const operand of operands) {
    if (operand.kind !== 'scalar') continue;
    const type = comparisonType(operand.type);
    const promoted = common === undefined ? type : promote(common, type, context);
    if (promoted === undefined) return 'none';
    common = promoted;
  }
  const hasDynamic = operands.some((operand) => operand.kind === 'dynamic');
  for (const operand of operands) {
    if (operand.kind !== 'literal') continue;
    common =
      common === undefined
        ? aloneType(operand.literal, hasDynamic, context)
        : besideType(operand.literal, common, context);
    if (common === undefined) return 'none';
  }
  return common ?? (hasDynamic ? edm('String') : undefined);
}

/** Whether an operand is or becomes a value of the type without a cast that was asked for. */
export function isAssignable(operand: ScalarOperand, type: ScalarType, context: BindContext): boolean {
  switch (operand.kind) {
    case 'null':
    case 'dynamic':
      return true;
    case 'scalar': {
      const promoted = promote(comparisonType(operand.type), type, context);
      return promoted !== undefined && isSame(promoted, type);
    }
    case 'literal': {
      const { literal } = operand;
      if (literal.type === 'integer' && isIntegral(type)) return true;
      const beside = besideType(literal, type, context);
      return beside !== undefined && isSame(beside, type);
    }
  }
}

/** The operand as a value of the type that `commonType` found; promotions become casts. */
export function convert(operand: ScalarOperand, type: ScalarType | undefined, context: BindContext): Expression {
  switch (operand.kind) {
    case 'null':
      return { kind: 'literal', value: null, type: undefined };
    case 'literal':
      return convertLiteral(operand.literal, type ?? naturalType(operand.literal), context);
    case 'dynamic': {
      const dynamicType = type ?? edm('String');
      const place = { ...operand.place, type: { type: dynamicType, isCollection: false } };
      return { kind: 'value', place, type: dynamicType };
    }
    case 'scalar':
      if (operand.type.qualifiedName === 'Edm.Stream') throw streamAsValue(operand.at);
      return type === undefined || isSame(comparisonType(operand.type), type)
        ? operand.expression
        : { kind: 'cast', operand: operand.expression, type };
  }
}

/** The enumeration type that a literal names: `Sales.Pattern'Yellow'`. */
export function namedEnum(literal: Literal, context: BindContext): EnumType {
  const name = literal.enumType ?? '';
  const type = context.model.type(name);
  if (type?.kind !== 'enum') throw fault(`Could not find an enumeration type named '${name}'`, literal.at);
  return type;
}

/** Numbers of dynamic properties are doubles, as JSON has them. */
function aloneType(literal: Literal, besideDynamic: boolean, context: BindContext): ScalarType {
  if (literal.type === 'enum') return namedEnum(literal, context);
  const type = naturalType(literal);
  return besideDynamic && isNumeric(type) ? edm('Double') : type;
}

function besideType(literal: Literal, type: ScalarType, context: BindContext): ScalarType | undefined {
  switch (literal.type) {
    case 'enum':
      return isSame(namedEnum(literal, context), type) ? type : undefined;
    case 'string':
      return needsNoPrefix(type) ? type : promote(type, naturalType(literal), context);
    case 'integer':
      return besideInteger(literal, type, context);
    case 'decimal':
    case 'double':
      if (isSame(type, edm('Single')) && fits(literal, type)) return type;
      return promote(type, naturalType(literal), context);
    default:
      return promote(type, naturalType(literal), context);
  }
}

/** Whether literals of a type may be written as a quoted value alone: `'Yellow'`, `'P1D'`. [OData-URL 5.1.1.14.1] */
function needsNoPrefix(type: ScalarType): boolean {
  return type.kind === 'enum' || type.qualifiedName === 'Edm.Duration';
}

function besideInteger(literal: Literal, type: ScalarType, context: BindContext): ScalarType | undefined {
  if (type.kind === 'enum') return context.allowEnumNumbers === true ? type : undefined;
  if (!isNumeric(type)) return undefined;
  if (!isIntegral(type) || fits(literal, type)) return type;
  const natural = naturalType(literal);
  if (!isIntegral(natural)) readLiteral(literal, edm('Int64'));
  return promote(type, natural, context);
}

function convertLiteral(literal: Literal, type: ScalarType, context: BindContext): Expression {
  if (literal.type === 'enum') return readLiteral(literal, namedEnum(literal, context));
  if (type.kind === 'enum' && literal.type === 'integer') return enumOfNumber(literal, type as EnumType);
  return readLiteral(literal, type);
}

function enumOfNumber(literal: Literal, type: EnumType): Expression {
  const value = type.canonicalOf(Number(literal.text));
  if (value === undefined)
    throw fault(`The number ${literal.text} is no member of '${type.qualifiedName}'`, literal.at);
  return { kind: 'literal', value, type };
}

function isDateBesideDateTime(a: ScalarType, b: ScalarType): boolean {
  const names = [a.qualifiedName, b.qualifiedName];
  return names.includes('Edm.Date') && names.includes('Edm.DateTimeOffset');
}
