import type { ScalarType, StructuredType } from '../../edm/index.js';
import type { Expression as Tree, Literal } from '../../url/index.js';

import type { Expression, Place } from '../expression.js';
import { naturalType } from './literal-type.js';

/** What a part of an expression is before its surroundings say which type it takes. */
export type Operand =
  | { readonly kind: 'scalar'; readonly expression: Expression; readonly type: ScalarType; readonly at: number }
  /** Takes the type of what it stands beside. */
  | { readonly kind: 'literal'; readonly literal: Literal; readonly at: number }
  | { readonly kind: 'null'; readonly at: number }
  /** A dynamic property of an open type: its type is what it is used as. */
  | { readonly kind: 'dynamic'; readonly of: Place; readonly name: string; readonly at: number }
  /** One entity or complex value. */
  | { readonly kind: 'structured'; readonly place: Place; readonly type: StructuredType; readonly at: number }
  | {
      readonly kind: 'collection';
      readonly place: Place;
      readonly type: ScalarType | StructuredType;
      readonly at: number;
    }
  | { readonly kind: 'list'; readonly items: readonly Tree[]; readonly at: number };

export type ScalarOperand = Exclude<Operand, { readonly kind: 'structured' | 'collection' | 'list' }>;

export function isScalar(operand: Operand): operand is ScalarOperand {
  return operand.kind !== 'structured' && operand.kind !== 'collection' && operand.kind !== 'list';
}

export function operandAt(place: Place, at: number): Operand {
  const { type, isCollection } = place.type;
  if (isCollection) return { kind: 'collection', place, type, at };
  if (type.kind === 'entity' || type.kind === 'complex') return { kind: 'structured', place, type, at };
  return { kind: 'scalar', expression: { kind: 'value', place, type }, type, at };
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
  }
}
