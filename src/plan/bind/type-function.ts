import type { ScalarType, SchemaType } from '../../edm/index.js';
import type { Expression as Tree } from '../../url/index.js';

import type { Expression } from '../expression.js';
import type { Binding, Scope } from './binding.js';
import { fault, unsupported } from './fault.js';
import { isScalar, operandAt, type Operand, type ScalarOperand } from './operand.js';
import { comparisonType, edm, isNumeric, isSame } from './primitives.js';
import { convert, namedEnum } from './promotion.js';
import { naturalType } from './literal-type.js';
import { castPlace, findType, namesOf, unknownType } from './type-names.js';

type TypeTree = Extract<Tree, { readonly kind: 'cast' | 'isof' }>;

/** `cast(Price,Edm.Int32)`, `cast(ns.Derived)`: null where the value does not become one of the type. [OData-URL 5.1.1.10.1] */
export function bindCast(tree: TypeTree, scope: Scope, binding: Binding): Operand {
  const type = targetType(tree, binding);
  const operand = operandOf(tree, scope, binding);
  const nothing: Operand = { kind: 'null', at: tree.at };
  if (isStructured(type)) {
    if (operand.kind !== 'structured') return nothing;
    const isRelated = type.isOrDerivesFrom(operand.type) || operand.type.isOrDerivesFrom(type);
    return isRelated ? operandAt(castPlace(operand.place, type, binding.context.model, tree.at), tree.at) : nothing;
  }
  if (!isScalar(operand)) return nothing;
  const expression = castScalar(operand, type, binding);
  return expression === undefined ? nothing : { kind: 'scalar', expression, type, at: tree.at };
}

/** `isof(ns.Derived)`, `isof(Price,Edm.Double)`: false for null. [OData-URL 5.1.1.10.2] */
export function bindIsof(tree: TypeTree, scope: Scope, binding: Binding): Operand {
  const type = targetType(tree, binding);
  const operand = operandOf(tree, scope, binding);
  return { kind: 'scalar', expression: isof(operand, type, binding), type: edm('Boolean'), at: tree.at };
}

function isof(operand: Operand, type: SchemaType, binding: Binding): Expression {
  const no: Expression = { kind: 'literal', value: false, type: edm('Boolean') };
  if (isStructured(type)) {
    if (operand.kind !== 'structured') return no;
    const { place } = operand;
    if (operand.type.isOrDerivesFrom(type)) return { kind: 'exists', place };
    if (!type.isOrDerivesFrom(operand.type)) return no;
    return { kind: 'isof', place, type, typeNames: namesOf(type, binding.context.model) };
  }
  if (!isScalar(operand) || operand.kind === 'null') return no;
  if (operand.kind === 'dynamic') throw unsupported("'isof' for a dynamic property is", operand.at);
  const present = scalarType(operand, binding);
  if (!isAlwaysOf(comparisonType(present), type) && !isSame(present, type)) {
    if (isAlwaysOf(type, comparisonType(present)))
      throw unsupported("'isof' for a value of an abstract type is", operand.at);
    return no;
  }
  const nothing: Expression = { kind: 'literal', value: null, type: undefined };
  const left = convert(operand, comparisonType(present), binding.context);
  return { kind: 'comparison', operator: 'ne', left, right: nothing, type: undefined };
}

/** Abstract types take in the concrete ones: a `GeographyPoint` is a `Geography`. [CSDL-JSON 4.5] */
function isAlwaysOf(present: ScalarType, type: ScalarType): boolean {
  const { qualifiedName } = type;
  if (qualifiedName === 'Edm.PrimitiveType' || qualifiedName === 'Edm.Untyped' || isSame(present, type)) return true;
  const isAbstractGeo = qualifiedName === 'Edm.Geography' || qualifiedName === 'Edm.Geometry';
  return isAbstractGeo && present.qualifiedName.startsWith(qualifiedName);
}

function targetType(tree: TypeTree, { context }: Binding): SchemaType {
  if (tree.type.startsWith('Collection(')) throw unsupported(`'${tree.kind}' with a collection type is`, tree.at);
  const type = findType(tree.type, context);
  if (type === undefined) throw unknownType(tree.type, context.model, tree.at);
  return type;
}

function operandOf(tree: TypeTree, scope: Scope, binding: Binding): Operand {
  const operand = tree.operand ? binding.bind(tree.operand, scope) : operandAt(scope.implicit, tree.at);
  if (operand.kind === 'collection' || operand.kind === 'list')
    throw fault(`'${tree.kind}' needs a single value, not a collection`, operand.at);
  return operand;
}

/** Undefined where no value of the one type ever becomes a value of the other. */
function castScalar(operand: ScalarOperand, type: ScalarType, binding: Binding): Expression | undefined {
  if (operand.kind === 'null') return undefined;
  if (operand.kind === 'dynamic') return convert(operand, type, binding.context);
  const present = scalarType(operand, binding);
  const from = comparisonType(present);
  const to = comparisonType(type);
  if (operand.kind === 'literal' && (isSame(from, to) || from.qualifiedName === 'Edm.String')) {
    const reading = to.fromText(operand.literal.text, {});
    return 'value' in reading ? { kind: 'literal', value: reading.value, type } : undefined;
  }
  const value = convert(operand, from, binding.context);
  if (isSame(from, to)) return value;
  if (from.kind === 'enum' && to.kind === 'enum')
    return { kind: 'cast', operand: { kind: 'cast', operand: value, type: edm('Int64') }, type };
  return isCastable(from, to) ? { kind: 'cast', operand: value, type } : undefined;
}

function isCastable(from: ScalarType, to: ScalarType): boolean {
  const isText = (type: ScalarType) => type.qualifiedName === 'Edm.String';
  const isOpaque = (type: ScalarType) => /^Edm\.(?:Geo|Stream|Untyped|PrimitiveType)/.test(type.qualifiedName);
  const isNumber = (type: ScalarType) => isNumeric(type) || type.kind === 'enum';
  if (isOpaque(from) || isOpaque(to)) return false;
  if (isText(from) || isText(to)) return true;
  if (isNumber(from) && isNumber(to)) return true;
  const names = `${from.qualifiedName} ${to.qualifiedName}`;
  return (
    names === 'Edm.Date Edm.DateTimeOffset' ||
    names === 'Edm.DateTimeOffset Edm.Date' ||
    names === 'Edm.DateTimeOffset Edm.TimeOfDay'
  );
}

function scalarType(operand: Extract<ScalarOperand, { kind: 'scalar' | 'literal' }>, { context }: Binding): ScalarType {
  if (operand.kind === 'scalar') return operand.type;
  return operand.literal.type === 'enum' ? namedEnum(operand.literal, context) : naturalType(operand.literal);
}

function isStructured(type: SchemaType): type is Extract<SchemaType, { kind: 'entity' | 'complex' }> {
  return type.kind === 'entity' || type.kind === 'complex';
}
