import type { ScalarType, StructuredType } from '../../edm/index.js';

import type { ImpliedType, Place, Placed } from '../expression.js';
import { ownerOf } from '../owner-of.js';
import type { Binding } from './binding.js';
import { fault } from './fault.js';
import { collectionAt, isScalar, operandAt, typeName, type Operand, type ScalarOperand } from './operand.js';
import { impliedTypes } from './implied-types.js';
import { comparisonType, edm } from './primitives.js';
import { commonType, convert } from './promotion.js';
import { wholeOf } from './written-value.js';

/** Collections whose items are compared with each other, and as what. */
export interface Collections {
  /** Of a collection that has items of all of them. */
  readonly type: Placed;
  readonly places: readonly Place[];
  /** Undefined for entities and complex values. */
  readonly itemType: ScalarType | undefined;
  readonly impliedTypes: readonly ImpliedType[];
}

/** Operands as collections of items of one type; messages name their `user`. */
export function collectionsOf(user: string, given: readonly Operand[], at: number, binding: Binding): Collections {
  const operands = given.map((operand) => {
    const place = operand.kind === 'structured' ? collectionAt(operand) : undefined;
    return place === undefined ? operand : operandAt(place, at);
  });
  const wrong = operands.find((operand) => operand.kind !== 'list' && collectionAt(operand) === undefined);
  if (wrong !== undefined) throw fault(`${user} does not take '${typeName(wrong)}' beside a collection`, at);
  refuseNested(user, operands);
  if (structuresIn(operands).length > 0 || hasObject(operands))
    return structuredCollections(user, operands, at, binding);
  const itemType = itemTypeOf(user, operands, at, binding);
  const places = operands.map((operand) => collectionOf(operand, itemType, binding));
  return { type: { type: itemType, isCollection: true }, places, itemType, impliedTypes: [] };
}

/** The items of a collection are single values. [CSDL-JSON 3.2] */
function refuseNested(user: string, operands: readonly Operand[]): void {
  const items = operands.flatMap((operand) => (operand.kind === 'list' ? operand.items : []));
  const nested = items.find(({ kind }) => kind === 'list' || kind === 'collection');
  if (nested !== undefined)
    throw fault(`${user} does not take a list of lists: the items of a collection are no collections`, nested.at);
}

/** What has an entity or complex type: collections, and items that a list names by their paths. */
function structuresIn(operands: readonly Operand[]): readonly Place[] {
  return operands.flatMap((operand): readonly Place[] => {
    if (operand.kind === 'list') return structuresIn(operand.items);
    const isStructured = operand.kind === 'structured' || operand.kind === 'collection';
    return isStructured && asStructure(operand.type) !== undefined ? [operand.place] : [];
  });
}

function hasObject(operands: readonly Operand[]): boolean {
  return operands.some((each) => each.kind === 'list' && each.items.some(({ kind }) => kind === 'object'));
}

/**
 * The type that all of them are seen as; undefined for complex values that lists alone write down. Entities are the same
 * whatever they are seen as, and of complex values the declared type says what goes without saying.
 */
function commonStructure(places: readonly Place[], incomparable: () => Error): StructuredType | undefined {
  return places.reduce<StructuredType | undefined>((common, place) => {
    const type = place.type.type as StructuredType;
    if (common === undefined || common.isOrDerivesFrom(type)) return type;
    if (type.isOrDerivesFrom(common)) return common;
    if (type.kind === 'complex' && common.kind === 'complex') return declaredTypeOf(place);
    throw incomparable();
  }, undefined);
}

/** The type that the schema declares where the values stand. */
export function declaredTypeOf(place: Place): StructuredType {
  const owner = ['cast', 'filtered', 'slice', 'item', 'mapped'].includes(place.kind) ? ownerOf(place) : undefined;
  if (owner !== undefined && asStructure(owner.type.type) !== undefined) return declaredTypeOf(owner);
  if (place.kind === 'concat') return declaredTypeOf(place.first);
  return place.type.type as StructuredType;
}

/** Values without a type are compared by the names and values that they have. */
function structuredCollections(user: string, operands: readonly Operand[], at: number, binding: Binding): Collections {
  const structured = structuresIn(operands);
  const incomparable = () => incompatible(user, operands, at);
  const structure = commonStructure(structured, incomparable);
  const type = { type: structure ?? edm('Untyped'), isCollection: true };
  const places = operands.map((operand): Place => {
    if (operand.kind === 'list')
      return { kind: 'made', items: operand.items.map((item) => wholeOf(item, structure, binding)), type };
    const isKnown = operand.kind === 'collection' && asStructure(operand.type) !== undefined;
    const isOpen = operand.kind === 'dynamic' && structure?.kind !== 'entity';
    if (!isKnown && !isOpen) throw incomparable();
    return collectionAt(operand)!;
  });
  if (structure?.kind !== 'complex') return { type, places, itemType: undefined, impliedTypes: [] };
  const [declared = structure, ...others] = structured.map(declaredTypeOf);
  if (others.some((other) => other !== declared)) throw incomparable();
  return { type, places, itemType: undefined, impliedTypes: impliedTypes(declared, binding.context.model, at) };
}

function asStructure(type: Place['type']['type']): StructuredType | undefined {
  return type.kind === 'entity' || type.kind === 'complex' ? type : undefined;
}

/** What all items are compared as: literals and dynamic values take the type of what they stand beside. */
function itemTypeOf(user: string, operands: readonly Operand[], at: number, { context }: Binding): ScalarType {
  const samples = operands.flatMap((operand): ScalarOperand[] => {
    if (operand.kind === 'list') return operand.items.filter(isScalar);
    if (operand.kind !== 'collection') return [];
    return [operandAt({ ...operand.place, type: { ...operand.place.type, isCollection: false } }, at)].filter(isScalar);
  });
  const type = commonType(samples, context);
  if (type === 'none') throw incompatible(user, operands, at);
  return type ?? edm('String');
}

function collectionOf(operand: Operand, item: ScalarType, { context }: Binding): Place {
  const type = { type: item, isCollection: true };
  if (operand.kind !== 'list') return { ...collectionAt(operand)!, type };
  const items = operand.items.map((each) => convert(each as ScalarOperand, comparisonType(item), context));
  return { kind: 'made', items, type };
}

function incompatible(user: string, operands: readonly Operand[], at: number) {
  const types = operands.map((operand) => `'${typeName(operand)}'`).join(', ');
  return fault(`${user} does not take ${types}`, at);
}
