import type { ScalarType, SchemaType, StructuredType } from '../../edm/index.js';
import type { Expression as Tree } from '../../url/index.js';

import type { Expression } from '../expression.js';
import type { Binding, Scope } from './binding.js';
import { newItem } from './item.js';
import { collectionAt, isScalar, operandAt, streamAt, type Operand, type ScalarOperand } from './operand.js';
import { comparisonType, edm, isGeo, isNumeric, isSame } from './primitives.js';
import { convert } from './promotion.js';
import { itemType, operandOf, scalarTypeOf, targetType } from './target-type.js';
import { castPlace, dynamicCast } from './type-names.js';
import { castTo, isNotNull } from './text-expression.js';
import { wholeOf } from './written-value.js';

type TypeTree = Extract<Tree, { readonly kind: 'cast' | 'isof' }>;

/** `cast(Price,Edm.Int32)`, `cast(ns.Derived)`: null where the value does not become one of the type. [OData-URL 5.1.1.10.1] */
export function bindCast(tree: TypeTree, scope: Scope, binding: Binding): Operand {
  const type = targetType(tree, binding);
  const operand = operandOf(tree, scope, binding);
  const isOfItems = itemType(tree.type) !== undefined;
  return isOfItems ? castCollection(operand, type, tree.at, binding) : castSingle(operand, type, tree.at, binding);
}

function castSingle(operand: Operand, type: SchemaType, at: number, binding: Binding): Operand {
  const nothing: Operand = { kind: 'null', at };
  if (isStructured(type)) {
    if (operand.kind === 'dynamic') {
      const cast = dynamicCast(operand.place, type, binding.context.model);
      return cast === undefined ? nothing : operandAt(cast, at);
    }
    if (operand.kind !== 'structured') return nothing;
    const isRelated = type.isOrDerivesFrom(operand.type) || operand.type.isOrDerivesFrom(type);
    return isRelated ? operandAt(castPlace(operand.place, type, binding.context.model, at), at) : nothing;
  }
  if (!isScalar(operand)) return nothing;
  // Values of abstract types are values of concrete ones. [CSDL-JSON 4.5]
  if (isAbstract(type)) return operand;
  const expression = castScalar(operand, type, binding);
  return expression === undefined ? nothing : { kind: 'scalar', expression, type, at };
}

/** Collections are cast item by item: one that does not become one of the type is null. [OData-URL 5.1.1.10.1] */
function castCollection(operand: Operand, type: SchemaType, at: number, binding: Binding): Operand {
  if (operand.kind === 'list')
    return { kind: 'list', items: operand.items.map((item) => castSingle(item, type, at, binding)), at };
  const of = collectionAt(operand);
  if (of === undefined) return { kind: 'null', at };
  if (operand.kind === 'collection' && isOfType(operand.type, type)) return operand;
  const { place, variable } = newItem(of, binding);
  const item = itemOf(
    binding.forEachOf(of, () => castSingle(operandAt(place, at), type, at, binding)),
    type,
    binding,
  );
  return operandAt({ kind: 'mapped', of, variable, item, type: { type, isCollection: true } }, at);
}

function isOfType(present: ScalarType | StructuredType, type: SchemaType): boolean {
  return isStructured(type) && (present.kind === 'entity' || present.kind === 'complex')
    ? present.isOrDerivesFrom(type)
    : type.qualifiedName === present.qualifiedName;
}

function itemOf(operand: Operand, type: SchemaType, binding: Binding): Expression {
  return isStructured(type)
    ? wholeOf(operand, type, binding)
    : convert(operand as ScalarOperand, comparisonType(type), binding.context);
}

/** Undefined where no value of the one type ever becomes a value of the other. */
export function castScalar(operand: ScalarOperand, type: ScalarType, binding: Binding): Expression | undefined {
  if (operand.kind === 'null') return undefined;
  if (operand.kind === 'dynamic')
    return type.qualifiedName === 'Edm.String' ? textOf(operand, binding) : convert(operand, type, binding.context);
  const present = scalarTypeOf(operand, binding);
  const from = comparisonType(present);
  const to = comparisonType(type);
  if (operand.kind === 'literal' && (isSame(from, to) || from.qualifiedName === 'Edm.String')) {
    const reading = to.fromText(operand.literal.text, {});
    return 'value' in reading ? { kind: 'literal', value: reading.value, type } : undefined;
  }
  if (operand.kind === 'scalar' && streamAt(operand) !== undefined)
    return isSame(from, to) ? operand.expression : undefined;
  const value = convert(operand, from, binding.context);
  if (isSame(from, to)) return value;
  if (from.kind === 'enum' && to.kind === 'enum')
    return { kind: 'cast', operand: { kind: 'cast', operand: value, type: edm('Int64') }, type };
  return isCastable(from, to) ? { kind: 'cast', operand: value, type } : undefined;
}

/** The literal of whatever a dynamic value is; numbers are decimals, so that they keep their digits. */
function textOf(operand: ScalarOperand, { context }: Binding): Expression {
  const branches = ['String', 'Boolean', 'Decimal'].map((name) => {
    const value = castTo(convert(operand, edm('Untyped'), context), edm(name));
    return { condition: isNotNull(value), value: name === 'String' ? value : castTo(value, edm('String')) };
  });
  return { kind: 'case', branches, type: edm('String') };
}

function isAbstract({ qualifiedName }: ScalarType): boolean {
  return qualifiedName === 'Edm.PrimitiveType' || qualifiedName === 'Edm.Untyped';
}

function isCastable(from: ScalarType, to: ScalarType): boolean {
  const isText = (type: ScalarType) => type.qualifiedName === 'Edm.String';
  const isOpaque = (type: ScalarType) => /^Edm\.(?:Geo|Stream|Untyped|PrimitiveType)/.test(type.qualifiedName);
  const isNumber = (type: ScalarType) => isNumeric(type) || type.kind === 'enum';
  if (isText(to) && isGeo(from)) return true;
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

function isStructured(type: SchemaType): type is Extract<SchemaType, { kind: 'entity' | 'complex' }> {
  return type.kind === 'entity' || type.kind === 'complex';
}
