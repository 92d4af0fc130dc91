import type { ScalarType, StructuredType } from '../../edm/index.js';
import type { Literal } from '../../url/index.js';

import type { Expression, Place } from '../expression.js';
import { naturalType } from './literal-type.js';

/** What a part of an expression is before its surroundings say which type it takes. */
export type Operand =
  | { readonly kind: 'scalar'; readonly expression: Expression; readonly type: ScalarType; readonly at: number }
  /** Takes the type of what it stands beside. */
  | { readonly kind: 'literal'; readonly literal: Literal; readonly at: number }
  | { readonly kind: 'null'; readonly at: number }
  /** A dynamic property of an open type or what is within one: its type is what it is used as. */
  | { readonly kind: 'dynamic'; readonly place: Place; readonly at: number }
  /** One entity or complex value. */
  | { readonly kind: 'structured'; readonly place: Place; readonly type: StructuredType; readonly at: number }
  | {
      readonly kind: 'collection';
      readonly place: Place;
      readonly type: ScalarType | StructuredType;
      readonly at: number;
    }
  | { readonly kind: 'list'; readonly items: readonly Operand[]; readonly at: number }
  /** A JSON object. */
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, Operand>; readonly at: number };

export type ScalarOperand = Exclude<Operand, { readonly kind: 'structured' | 'collection' | 'list' | 'object' }>;

export function isScalar(operand: Operand): operand is ScalarOperand {
  return !['structured', 'collection', 'list', 'object'].includes(operand.kind);
}

export function operandAt(place: Place, at: number): Operand {
  const { type, isCollection } = place.type;
  if (isCollection) return { kind: 'collection', place, type, at };
  const isItem = place.kind === 'variable' || place.kind === 'item';
  if (isItem && type.qualifiedName === 'Edm.Untyped') return { kind: 'dynamic', place, at };
  if (type.kind === 'entity' || type.kind === 'complex') return { kind: 'structured', place, type, at };
  return { kind: 'scalar', expression: { kind: 'value', place, type }, type, at };
}

/** The collection that an operand is; a dynamic value is one where the document has an array, also behind a type cast. */
export function collectionAt(operand: Operand): Place | undefined {
  if (operand.kind === 'collection') return operand.place;
  if (operand.kind === 'dynamic') return asCollection(operand.place);
  if (operand.kind !== 'structured' || operand.place.kind !== 'cast') return undefined;
  const { of } = operand.place;
  return of.type.type.qualifiedName === 'Edm.Untyped'
    ? { ...asCollection(operand.place), of: asCollection(of) }
    : undefined;
}

function asCollection<P extends Place>(place: P): P {
  return { ...place, type: { ...place.type, isCollection: true } };
}

/** A stream is null where it has no content, and cannot be compared otherwise. */
export function streamAt(operand: ScalarOperand): Place | undefined {
  if (operand.kind !== 'scalar' || operand.expression.kind !== 'value') return undefined;
  return operand.type.qualifiedName === 'Edm.Stream' ? operand.expression.place : undefined;
}

/** The type as error messages name it. */
export function typeName(operand: Operand): string {
  switch (operand.kind) {
    case 'scalar':
    case 'structured':
      return operand.type.qualifiedName;
    case 'literal':
      return operand.literal.enumType ?? naturalType(operand.literal).qualifiedName;
    case 'null':
      return 'null';
    case 'dynamic':
      return 'Edm.Untyped';
    case 'collection':
      return `Collection(${operand.type.qualifiedName})`;
    case 'list':
      return 'Collection(Edm.Untyped)';
    case 'object':
      return 'Edm.ComplexType';
  }
}
