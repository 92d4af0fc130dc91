import type { ComplexType, Property, StructuredType } from '../../edm/index.js';

import type { Expression, Place } from '../expression.js';
import type { Binding } from './binding.js';
import { itemsAs, wholeAs } from './declared-type.js';
import { fault } from './fault.js';
import { naturalType } from './literal-type.js';
import { isScalar, typeName, type Operand } from './operand.js';
import { comparisonType, edm } from './primitives.js';
import { convert, isAssignable, namedEnum } from './promotion.js';
import { findType, unknownType } from './type-names.js';

type JsonObject = Extract<Operand, { readonly kind: 'object' }>;

/** An operand as one item of a collection of entities or complex values; without a type it is what it is. */
export function wholeOf(operand: Operand, type: StructuredType | undefined, binding: Binding): Expression {
  if (operand.kind === 'null') return { kind: 'literal', value: null, type: undefined };
  if (type === undefined) return untyped(operand, binding);
  if (operand.kind === 'structured' && areRelated(operand.type, type)) return wholeAs(operand.place, type);
  if (operand.kind === 'object' && type.kind === 'complex') return writtenObject(operand, type, binding);
  if (operand.kind === 'object') throw noEntity(operand);
  throw fault(`A value of type '${typeName(operand)}' is none of type '${type.qualifiedName}'`, operand.at);
}

/** JSON objects in expressions are complex literals, and entities are compared by their identity. [OData-URL 5.1.1.1.1, 5.1.1.14.2] */
export function noEntity({ at }: Operand) {
  return fault(
    'A JSON object is a complex value, and an entity equals nothing but itself (OData-URL 5.1.1.1.1): it is named by a path, such as one from $root',
    at,
  );
}

/** `"@odata.type":"#ns.Home"` says that a derived type is meant. [OData-JSON 4.6.3] */
export function namedType({ members, at }: JsonObject, declared: ComplexType, { context }: Binding): ComplexType {
  const name = members.get('@odata.type') ?? members.get('@type');
  if (name === undefined) return declared;
  if (name.kind !== 'literal') throw fault("'@odata.type' must be a string", at);
  const { text } = name.literal;
  const type = findType(text.slice(text.indexOf('#') + 1), context);
  if (type === undefined) throw unknownType(text, context.model, at);
  if (type.kind !== 'complex' || !type.isOrDerivesFrom(declared))
    throw fault(`The type '${type.qualifiedName}' does not derive from '${declared.qualifiedName}'`, at);
  return type;
}

/** Names of an object that its type does not have are refused, unless the type is open. */
export function checkMembers({ members, at }: JsonObject, type: ComplexType): void {
  const stranger = [...members.keys()].find(
    (name) =>
      !isTypeAnnotation(name) && !type.properties.has(name) && (!type.isOpen || type.member(name) !== undefined),
  );
  if (stranger !== undefined)
    throw fault(`The type '${type.qualifiedName}' has no property '${stranger.slice(0, 60)}'`, at);
}

/** As a document has it: with all collections, and with the name of a type that it does not have by itself. */
function writtenObject(object: JsonObject, declared: ComplexType, binding: Binding): Expression {
  const type = namedType(object, declared, binding);
  checkMembers(object, type);
  const members = new Map<string, Expression>();
  if (type.baseType !== undefined) members.set('@odata.type', textOf(type.qualifiedName));
  for (const property of type.properties.values()) {
    const given = object.members.get(property.name);
    if (given !== undefined) members.set(property.name, memberOf(property, given, binding));
    else if (property.isCollection) members.set(property.name, listOf([]));
  }
  for (const [name, given] of object.members)
    if (!isTypeAnnotation(name) && !type.properties.has(name)) members.set(name, untyped(given, binding));
  return { kind: 'object', members };
}

function memberOf(property: Property, given: Operand, binding: Binding): Expression {
  if (!property.isCollection) return valueOf(property, given, binding);
  if (given.kind === 'list') return listOf(given.items.map((item) => valueOf(property, item, binding)));
  if (given.kind === 'collection' && given.type.qualifiedName === property.type.qualifiedName)
    return {
      kind: 'whole',
      place: property.type.kind === 'complex' ? itemsAs(given.place, property.type, binding) : given.place,
    };
  throw wrongMember(property, given);
}

function valueOf(property: Property, given: Operand, binding: Binding): Expression {
  const { type } = property;
  if (given.kind === 'null') return { kind: 'literal', value: null, type: undefined };
  if (type.kind === 'complex') return wholeOf(given, type, binding);
  if (type.kind === 'entity') throw new Error(`The property '${property.name}' has an entity type.`);
  if (!isScalar(given) || !isAssignable(given, comparisonType(type), binding.context))
    throw wrongMember(property, given);
  return whole(convert(given, comparisonType(type), binding.context));
}

function wrongMember({ name, type, isCollection }: Property, given: Operand) {
  const expected = isCollection ? `Collection(${type.qualifiedName})` : type.qualifiedName;
  return fault(`The property '${name}' is of type '${expected}', not '${typeName(given)}'`, given.at);
}

/** What no schema describes, by the types that values have of themselves. */
function untyped(operand: Operand, binding: Binding): Expression {
  switch (operand.kind) {
    case 'null':
      return { kind: 'literal', value: null, type: undefined };
    case 'literal': {
      const { literal } = operand;
      return convert(
        operand,
        literal.enumType === undefined ? naturalType(literal) : namedEnum(literal, binding.context),
        binding.context,
      );
    }
    case 'scalar':
      return whole(operand.expression);
    case 'list':
      return listOf(operand.items.map((item) => untyped(item, binding)));
    case 'object': {
      const members = [...operand.members].map(([name, given]) => [name, untyped(given, binding)] as const);
      return { kind: 'object', members: new Map(members) };
    }
    case 'structured':
      return wholeAs(operand.place, undefined);
    case 'collection': {
      const isComplex = operand.type.kind === 'complex';
      return { kind: 'whole', place: isComplex ? itemsAs(operand.place, undefined, binding) : operand.place };
    }
    case 'dynamic':
      return { kind: 'whole', place: operand.place };
  }
}

/** Values of documents stay as they are there. */
function whole(expression: Expression): Expression {
  return expression.kind === 'value' && isInDocument(expression.place)
    ? { kind: 'whole', place: expression.place }
    : expression;
}

function isInDocument(place: Place): boolean {
  return place.kind === 'member' || place.kind === 'dynamic';
}

function listOf(items: readonly Expression[]): Expression {
  return { kind: 'whole', place: { kind: 'made', items, type: { type: edm('Untyped'), isCollection: true } } };
}

function textOf(value: string): Expression {
  return { kind: 'literal', value, type: edm('String') };
}

export function areRelated(a: StructuredType, b: StructuredType): boolean {
  return a.isOrDerivesFrom(b) || b.isOrDerivesFrom(a);
}

function isTypeAnnotation(name: string): boolean {
  return name === '@odata.type' || name === '@type';
}
