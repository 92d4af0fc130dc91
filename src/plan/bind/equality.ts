import type { Property } from '../../edm/index.js';

import { combine } from '../combine.js';
import type { Expression, Place } from '../expression.js';
import { isThere } from '../is-there.js';
import type { Binding } from './binding.js';
import { equalSequences } from './collection-call.js';
import { declaredAs, declaredTypeOf, memberTypes } from './declared-type.js';
import { newItem } from './item.js';
import { collectionAt, operandAt, type Operand } from './operand.js';
import { edm, isSame } from './primitives.js';
import { promote } from './promotion.js';
import { isOrdered } from './ordered.js';
import { FALSE, TRUE } from './truth.js';
import { areRelated, checkMembers, namedType, noEntity } from './written-value.js';

/** What comparing the parts of values needs. */
export interface Comparing {
  readonly at: number;
  readonly binding: Binding;
  /** Whether two parts are equal. */
  compare(left: Operand, right: Operand): Expression;
}

type Of<Kind extends Operand['kind']> = Extract<Operand, { readonly kind: Kind }>;

/** Whether a structured value or a collection is null; what is written out never is. */
export function isNothing(operand: Operand): Expression | undefined {
  switch (operand.kind) {
    case 'structured':
      return { kind: 'not', operand: { kind: 'exists', place: operand.place } };
    case 'collection': {
      const there = isThere(operand.place);
      return there === undefined ? FALSE : { kind: 'not', operand: there };
    }
    case 'list':
    case 'object':
      return FALSE;
    default:
      return undefined;
  }
}

/**
 * Whether two operands, not both of them scalar, are equal: the same entity, the same structure and values, or the same
 * items in the same order. Undefined where they are of kinds that are never compared. [OData-URL 5.1.1.1.1]
 */
export function equalValues(left: Operand, right: Operand, comparing: Comparing): Expression | undefined {
  if (left.kind === 'structured' && right.kind === 'structured') return sameValues(left, right, comparing);
  if (left.kind === 'object' || right.kind === 'object') {
    const [object, other] = left.kind === 'object' ? [left, right] : [right as Of<'object'>, left];
    return equalsObject(other, object, comparing);
  }
  if (left.kind === 'list' && right.kind === 'list') return equalLists(left, right, comparing);
  const [a, b] = [collectionAt(left), collectionAt(right)];
  if (a !== undefined && right.kind === 'list') return equalsList(a, right, comparing);
  if (b !== undefined && left.kind === 'list') return equalsList(b, left, comparing);
  return a !== undefined && b !== undefined ? sameItems(a, b, comparing) : undefined;
}

function sameValues(left: Of<'structured'>, right: Of<'structured'>, { binding }: Comparing): Expression | undefined {
  return areRelated(left.type, right.type) ? same(left.place, right.place, binding) : undefined;
}

function sameItems(left: Place, right: Place, { at, binding }: Comparing): Expression | undefined {
  const [a, b] = [left.type.type, right.type.type];
  if (a.kind === 'entity' && b.kind === 'entity')
    return sameEntities(operandAt(left, at), operandAt(right, at), at, binding);
  if (a.kind === 'entity' || b.kind === 'entity') return undefined;
  if (!isStored(left) || !isStored(right))
    return equalSequences(operandAt(left, at), operandAt(right, at), at, binding);
  if (a.kind === 'complex' && b.kind === 'complex') return areRelated(a, b) ? same(left, right, binding) : undefined;
  if (a.kind === 'complex' || b.kind === 'complex') return undefined;
  const isComparable = isSame(a, b) || promote(a, b, binding.context) !== undefined;
  return isComparable ? { kind: 'same', left, right } : undefined;
}

/**
 * Collections of entities that are not declared as ordered are equal where they have the same entities in any order.
 * [OData-URL 5.1.1.1.1]
 */
function sameEntities(left: Operand, right: Operand, at: number, binding: Binding): Expression {
  return equalSequences(left, right, at, binding, isOrdered(left) && isOrdered(right));
}

/** Of values that are declared as different types, one may have the name of a type that goes without saying for the other. */
function same(left: Place, right: Place, { context }: Binding): Expression {
  const declared = [left, right].map(declaredTypeOf);
  if (declared[0]!.kind === 'entity') return { kind: 'same', left, right };
  const members = memberTypes(declared, context.model);
  return { kind: 'same', left, right, declared: [declaredAs(left, members), declaredAs(right, members)] };
}

/** `Place eq {"City":"Rome"}`: members that are left out are null or empty. */
function equalsObject(operand: Operand, object: Of<'object'>, comparing: Comparing): Expression | undefined {
  const { at, binding } = comparing;
  if (operand.kind === 'dynamic' || operand.kind === 'object')
    return equalSequences(listOf(operand), listOf(object), at, binding);
  if (operand.kind !== 'structured') return undefined;
  if (operand.type.kind === 'entity') throw noEntity(object);
  const type = namedType(object, operand.type, binding);
  if (type.isOpen) return equalSequences(listOf(operand), listOf(object), at, binding);
  checkMembers(object, type);
  const { place } = operand;
  const isExactly: Expression = { kind: 'isof', place, type, typeNames: [type.qualifiedName] };
  const members = [...type.properties.values()].map((property): Expression => {
    const of: Place = type === operand.type ? place : { ...place, type: { ...place.type, type } };
    const present = memberAt(of, property, at);
    const given = object.members.get(property.name);
    return comparing.compare(present, given ?? absent(property.isCollection, at));
  });
  return allOf([isExactly, ...members]);
}

/** What `$apply` made has the members that it gave it. */
function memberAt(of: Place, property: Property, at: number): Operand {
  if (of.kind !== 'record') {
    const type = { type: property.type, isCollection: property.isCollection };
    return operandAt({ kind: 'member', of, property, type }, at);
  }
  const made = of.members.get(property.name);
  if (made === undefined && of.of !== undefined) return memberAt(of.of, property, at);
  return made === undefined ? absent(property.isCollection, at) : operandAt(made, at);
}

function absent(isCollection: boolean, at: number): Operand {
  return isCollection ? { kind: 'list', items: [], at } : { kind: 'null', at };
}

/** `Names eq ["x","yy"]`: as many items, each equal to the one at its place. */
function equalsList(collection: Place, list: Of<'list'>, { at, binding, compare }: Comparing): Expression {
  if (collection.type.type.kind === 'entity') return sameEntities(operandAt(collection, at), list, at, binding);
  if (!isStored(collection)) return equalSequences(operandAt(collection, at), list, at, binding);
  const exists: Expression = { kind: 'exists', place: collection };
  const { variable } = newItem(collection, binding);
  const type = edm('Int64');
  const count: Expression = { kind: 'count', collection, variable, filter: undefined, type };
  const length: Expression = { kind: 'literal', value: list.items.length, type };
  const isAsLong: Expression = { kind: 'comparison', operator: 'eq', left: count, right: length, type };
  const items = list.items.map((item, index) => {
    const place: Place = { kind: 'item', of: collection, index, type: { ...collection.type, isCollection: false } };
    return compare(operandAt(place, at), item);
  });
  return allOf([exists, isAsLong, ...items]);
}

function equalLists(left: Of<'list'>, right: Of<'list'>, { compare }: Comparing): Expression {
  if (left.items.length !== right.items.length) return FALSE;
  return allOf(left.items.map((item, index) => compare(item, right.items[index]!)));
}

function listOf(item: Operand): Operand {
  return { kind: 'list', items: [item], at: item.at };
}

/** Whether a collection is an array of a document. */
function isStored(place: Place): boolean {
  return place.kind === 'member' || place.kind === 'dynamic';
}

function allOf(conditions: readonly Expression[]): Expression {
  return combine('and', conditions) ?? TRUE;
}
