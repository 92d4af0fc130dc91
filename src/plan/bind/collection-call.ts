import type { ScalarType, StructuredType } from '../../edm/index.js';

import type { Expression, Place, SequenceFunction } from '../expression.js';
import type { Binding } from './binding.js';
import { fault, unsupported } from './fault.js';
import { newItem } from './item.js';
import { collectionAt, isScalar, operandAt, typeName, type Operand, type ScalarOperand } from './operand.js';
import { comparisonType, edm } from './primitives.js';
import { commonType, convert, isAssignable } from './promotion.js';
import { unmistakableTypes } from './unmistakable-types.js';

type CollectionFunction = (operands: readonly Operand[], at: number, binding: Binding) => Operand;

/** Canonical functions over collections, by their names in lower case. [OData-URL 5.1.1.5, 5.1.1.6] */
export const collectionFunctions: ReadonlyMap<string, CollectionFunction> = new Map<string, CollectionFunction>([
  ...(['contains', 'startswith', 'endswith', 'hassubset', 'hassubsequence'] as const).map(
    (name) => [name, sequenceCall(name, 'Boolean')] as const,
  ),
  ['indexof', sequenceCall('indexof', 'Int32')],
  ['length', lengthOf],
  ['concat', concat],
  ['substring', slice],
]);

/** `contains(Tags,["a","b"])` */
function sequenceCall(name: SequenceFunction, result: string): CollectionFunction {
  return (operands, at, binding) => {
    const { places, item } = collections(name, 2, operands, at, binding);
    const [left, right] = places;
    const type = edm(result);
    const isComplex = item.kind === 'complex' || item.kind === 'entity';
    const itemType = isComplex ? undefined : (item as ScalarType);
    const impliedTypes = isComplex ? unmistakableTypes(item as StructuredType, binding.context.model, at) : [];
    const expression: Expression = {
      kind: 'sequence',
      function: name,
      left: left!,
      right: right!,
      itemType,
      impliedTypes,
      type,
    };
    return { kind: 'scalar', expression, type, at };
  };
}

/** `length(Tags)`: null where the collection is. */
function lengthOf(operands: readonly Operand[], at: number, binding: Binding): Operand {
  const [operand] = operands;
  const type = edm('Int32');
  if (operand === undefined || operands.length > 1) throw wrongCount('length', 1, operands, at);
  if (operand.kind === 'list') {
    const expression: Expression = { kind: 'literal', value: operand.items.length, type };
    return { kind: 'scalar', expression, type, at };
  }
  const collection = collectionAt(operand);
  if (collection === undefined) throw fault(`The function 'length' does not take '${typeName(operand)}'`, at);
  const { variable } = newItem(collection, binding);
  const count: Expression = { kind: 'count', collection, variable, filter: undefined, type };
  const isStored = collection.kind === 'member' || collection.kind === 'dynamic';
  const exists: Expression = { kind: 'exists', place: collection };
  const expression: Expression = isStored
    ? { kind: 'case', branches: [{ condition: exists, value: count }], type }
    : count;
  return { kind: 'scalar', expression, type, at };
}

/** `concat(Tags,["a"])` is a collection again. */
function concat(operands: readonly Operand[], at: number, binding: Binding): Operand {
  const { places, item } = collections('concat', 2, operands, at, binding);
  const [first, second] = places;
  return operandAt({ kind: 'concat', first: first!, second: second!, type: { type: item, isCollection: true } }, at);
}

/** `substring(Tags,1,2)`: so many items from a position on. */
function slice(operands: readonly Operand[], at: number, binding: Binding): Operand {
  if (operands.length < 2 || operands.length > 3) throw wrongCount('substring', 3, operands, at);
  const { places, item } = collections('substring', 1, operands.slice(0, 1), at, binding);
  const [start, length] = operands.slice(1).map((operand) => {
    if (!isScalar(operand) || !isAssignable(operand, edm('Int64'), binding.context))
      throw fault(`The function 'substring' needs whole numbers, not '${typeName(operand)}'`, operand.at);
    const number = convert(operand, edm('Int64'), binding.context);
    if (number.kind === 'literal' && Number(number.value) < 0)
      throw fault(`'substring' does not take the negative number ${String(number.value)}`, operand.at);
    return number;
  });
  return operandAt(
    { kind: 'slice', of: places[0]!, start: start!, length, type: { type: item, isCollection: true } },
    at,
  );
}

/** Whether two collections have the same items in the same order: each begins with the other. */
export function equalSequences(left: Operand, right: Operand, at: number, binding: Binding): Expression {
  const begins = sequenceCall('startswith', 'Boolean');
  const [a, b] = [begins([left, right], at, binding), begins([right, left], at, binding)] as readonly ScalarOperand[];
  const { context } = binding;
  return {
    kind: 'logic',
    operator: 'and',
    left: convert(a!, edm('Boolean'), context),
    right: convert(b!, edm('Boolean'), context),
  };
}

/** Whether a collection is an array of a document or made like one. */
export function isArray({ kind }: Place): boolean {
  return kind === 'member' || kind === 'dynamic' || kind === 'concat' || kind === 'slice' || kind === 'made';
}

interface Collections {
  readonly places: readonly Place[];
  readonly item: ScalarType | StructuredType;
}

/** The operands as collections of items of one type. */
function collections(
  name: string,
  count: number,
  operands: readonly Operand[],
  at: number,
  binding: Binding,
): Collections {
  if (operands.length !== count) throw wrongCount(name, count, operands, at);
  const stored = operands.flatMap((operand) => collectionAt(operand) ?? []);
  const wrong = operands.find((operand) => operand.kind !== 'list' && collectionAt(operand) === undefined);
  if (wrong !== undefined)
    throw fault(`The function '${name}' does not take '${typeName(wrong)}' beside a collection`, at);
  const item = stored.find(({ type: { type } }) => type.kind === 'complex')?.type.type;
  if (stored.some(({ type: { type } }) => type.kind === 'entity'))
    throw unsupported(`The function '${name}' over collections of entities is`, at);
  if (stored.some((place) => !isArray(place)))
    throw unsupported(`The function '${name}' over a collection that $filter or a type cast makes is`, at);
  if (item?.kind === 'complex') {
    if (stored.some(({ type }) => type.type !== item)) throw incompatible(name, operands, at);
    if (stored.length < operands.length)
      throw unsupported(`The function '${name}' over a list of complex values is`, at);
    return { places: stored, item };
  }
  const type = itemTypeOf(name, operands, at, binding);
  return { item: type, places: operands.map((operand) => collectionOf(operand, type, binding)) };
}

/** What all items are compared as: literals and dynamic values take the type of what they stand beside. */
function itemTypeOf(name: string, operands: readonly Operand[], at: number, { context }: Binding): ScalarType {
  const samples = operands.flatMap((operand): ScalarOperand[] => {
    if (operand.kind === 'list') return operand.items.map((item) => scalarItem(item, name));
    if (operand.kind !== 'collection') return [];
    const sample = operandAt({ ...operand.place, type: { ...operand.place.type, isCollection: false } }, at);
    return [scalarItem(sample, name)];
  });
  const type = commonType(samples, context);
  if (type === 'none') throw incompatible(name, operands, at);
  return type ?? edm('String');
}

function scalarItem(item: Operand, name: string): ScalarOperand {
  if (isScalar(item)) return item;
  throw unsupported(`The function '${name}' over a list of items that are not primitive is`, item.at);
}

function collectionOf(operand: Operand, item: ScalarType, { context }: Binding): Place {
  const type = { type: item, isCollection: true };
  if (operand.kind !== 'list') return { ...collectionAt(operand)!, type };
  const items = operand.items.map((each) => convert(each as ScalarOperand, comparisonType(item), context));
  return { kind: 'made', items, type };
}

function wrongCount(name: string, count: number, operands: readonly Operand[], at: number) {
  return fault(`The function '${name}' takes ${count} arguments over collections, not ${operands.length}`, at);
}

function incompatible(name: string, operands: readonly Operand[], at: number) {
  const types = operands.map((operand) => `'${typeName(operand)}'`).join(', ');
  return fault(`The function '${name}' does not take ${types}`, at);
}
