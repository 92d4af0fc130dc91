import type { ScalarType, SchemaType, StructuredType } from '../../edm/index.js';
import type { Expression as Tree } from '../../url/index.js';

import { combine } from '../combine.js';
import type { Expression, Place } from '../expression.js';
import type { Binding, Scope } from './binding.js';
import { newItem } from './item.js';
import { collectionAt, isScalar, operandAt, streamAt, type Operand } from './operand.js';
import { comparisonType, edm, isSame } from './primitives.js';
import { convert } from './promotion.js';
import { itemType, operandOf, scalarTypeOf, targetType } from './target-type.js';
import { FALSE, isNotNull, TRUE } from './truth.js';
import { namesOf } from './type-names.js';

type TypeTree = Extract<Tree, { readonly kind: 'cast' | 'isof' }>;

/** `isof(ns.Derived)`, `isof(Price,Edm.Double)`: false for null. [OData-URL 5.1.1.10.2] */
export function bindIsof(tree: TypeTree, scope: Scope, binding: Binding): Operand {
  const type = targetType(tree, binding);
  const operand = operandOf(tree, scope, binding);
  const expression = itemType(tree.type) === undefined ? isof(operand, type, binding) : areOf(operand, type, binding);
  return { kind: 'scalar', expression, type: edm('Boolean'), at: tree.at };
}

function isof(operand: Operand, type: SchemaType, binding: Binding): Expression {
  if (type.kind === 'entity' || type.kind === 'complex') return isofStructured(operand, type, binding);
  if (!isScalar(operand) || operand.kind === 'null') return FALSE;
  if (operand.kind === 'dynamic')
    return isNotNull(valueOfType(convert(operand, edm('Untyped'), binding.context), type));
  const present = scalarTypeOf(operand, binding);
  const content = streamAt(operand);
  if (content !== undefined) return isAlwaysOf(present, type) ? { kind: 'exists', place: content } : FALSE;
  const left = convert(operand, comparisonType(present), binding.context);
  if (isAlwaysOf(comparisonType(present), type) || isSame(present, type)) return isNotNull(left);
  if (!isAlwaysOf(type, comparisonType(present))) return FALSE;
  return present.qualifiedName.startsWith('Edm.Geo') ? isShape(left, type) : isNotNull(valueOfType(left, type));
}

function isofStructured(operand: Operand, type: StructuredType, { context: { model } }: Binding): Expression {
  const typeNames = namesOf(type, model);
  if (operand.kind === 'dynamic') return { kind: 'isof', place: operand.place, type, typeNames };
  if (operand.kind !== 'structured') return FALSE;
  const { place } = operand;
  if (operand.type.isOrDerivesFrom(type)) return { kind: 'exists', place };
  return type.isOrDerivesFrom(operand.type) ? { kind: 'isof', place, type, typeNames } : FALSE;
}

/** `isof(Places,Collection(ns.Home))`: whether all items are. [CSDL-JSON 3.2] */
function areOf(operand: Operand, type: SchemaType, binding: Binding): Expression {
  if (operand.kind === 'list')
    return combine('and', [TRUE, ...operand.items.map((item) => isof(item, type, binding))])!;
  const collection = collectionAt(operand);
  if (collection === undefined) return FALSE;
  const { place, variable } = newItem(collection, binding);
  const condition = isof(operandAt(place, operand.at), type, binding);
  if (condition.kind === 'exists') return TRUE;
  const all: Expression = { kind: 'all', collection, variable, condition };
  if (operand.kind !== 'dynamic') return all;
  return { kind: 'logic', operator: 'and', left: { kind: 'exists', place: collection }, right: all };
}

/** A value that may be of any type as one of this type; null where it is none. */
function valueOfType(operand: Expression, type: ScalarType): Expression {
  const isChecked = type.kind === 'enum' || type.qualifiedName === 'Edm.Guid';
  return { kind: 'cast', operand: isChecked ? { kind: 'cast', operand, type: edm('String') } : operand, type };
}

/** A geographical value says its shape itself. [RFC 7946] */
function isShape(value: Expression, { qualifiedName }: ScalarType): Expression {
  if (value.kind !== 'value') return FALSE;
  const shape = qualifiedName.replace(/^Edm\.Geo(?:graphy|metry)/, '').replace(/^Collection$/, 'GeometryCollection');
  const type = edm('String');
  const place: Place = { kind: 'dynamic', of: value.place, name: 'type', type: { type, isCollection: false } };
  const right: Expression = { kind: 'literal', value: shape, type };
  return { kind: 'comparison', operator: 'eq', left: { kind: 'value', place, type }, right, type };
}

/** Abstract types take in the concrete ones: a `GeographyPoint` is a `Geography`. [CSDL-JSON 4.5] */
function isAlwaysOf(present: ScalarType, type: ScalarType): boolean {
  const { qualifiedName } = type;
  if (qualifiedName === 'Edm.PrimitiveType' || qualifiedName === 'Edm.Untyped' || isSame(present, type)) return true;
  const isAbstractGeo = qualifiedName === 'Edm.Geography' || qualifiedName === 'Edm.Geometry';
  return isAbstractGeo && present.qualifiedName.startsWith(qualifiedName);
}
