import type { ScalarType, StructuredType } from '../../edm/index.js';

import type { DeclaredTypes, Place, Placed } from '../expression.js';
import type { Binding } from './binding.js';
import { declaredTypeOf, itemsAs, memberTypes } from './declared-type.js';
import { fault } from './fault.js';
import { collectionAt, isScalar, operandAt, typeName, type Operand, type ScalarOperand } from './operand.js';
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
  /** Of complex values. */
  readonly declared?: DeclaredTypes;
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
  return { type: { type: itemType, isCollection: true }, places, itemType };
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

/** The type that all of them are seen as; undefined where lists alone write values down. */
function commonStructure(places: readonly Place[], incomparable: () => Error): StructuredType | undefined {
  const types = places.map((place) => place.type.type as StructuredType);
  const common = types[0]?.lineage.find((base) => types.every((type) => type.isOrDerivesFrom(base)));
  if (common === undefined && types.length > 0) throw incomparable();
  return common;
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
    const collection = collectionAt(operand)!;
    return isKnown && structure?.kind === 'complex' ? itemsAs(collection, structure, binding) : collection;
  });
  if (structure?.kind === 'entity') return { type, places, itemType: undefined };
  const members = memberTypes([...structured.map(declaredTypeOf), ...given(structure)], binding.context.model);
  return { type, places, itemType: undefined, declared: { own: structure?.qualifiedName, members } };
}

function given<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
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
