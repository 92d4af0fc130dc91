import type { Expression, Place, SequenceFunction } from '../expression.js';
import { isThere } from '../is-there.js';
import type { Binding } from './binding.js';
import { collectionsOf, type Collections } from './collections.js';
import { fault } from './fault.js';
import { newItem } from './item.js';
import { collectionAt, isScalar, operandAt, typeName, type Operand, type ScalarOperand } from './operand.js';
import { edm } from './primitives.js';
import { convert, isAssignable } from './promotion.js';

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
    const { places, itemType, declared } = collections(name, 2, operands, at, binding);
    const [left, right] = places as [Place, Place];
    const type = edm(result);
    binding.forEachOf(left, () => binding.newVariable(right));
    const expression: Expression = {
      kind: 'sequence',
      function: name,
      left,
      right,
      itemType,
      type,
      ...(declared && { declared }),
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
  let collection = collectionAt(operand);
  while (collection?.kind === 'mapped') collection = collection.of;
  if (collection === undefined) throw fault(`The function 'length' does not take '${typeName(operand)}'`, at);
  const { variable } = newItem(collection, binding);
  const count: Expression = { kind: 'count', collection, variable, filter: undefined, type };
  const there = isThere(collection);
  const expression: Expression =
    there === undefined ? count : { kind: 'case', branches: [{ condition: there, value: count }], type };
  return { kind: 'scalar', expression, type, at };
}

/** `concat(Tags,["a"])` is a collection again. */
function concat(operands: readonly Operand[], at: number, binding: Binding): Operand {
  const { places, type } = collections('concat', 2, operands, at, binding);
  const [first, second] = places as [Place, Place];
  return operandAt({ kind: 'concat', first, second, type }, at);
}

/** `substring(Tags,1,2)`: so many items from a position on. */
function slice(operands: readonly Operand[], at: number, binding: Binding): Operand {
  if (operands.length < 2 || operands.length > 3) throw wrongCount('substring', 3, operands, at);
  const { places } = collections('substring', 1, operands.slice(0, 1), at, binding);
  const [of] = places as [Place];
  const [start, length] = operands.slice(1).map((operand) => {
    if (!isScalar(operand) || !isAssignable(operand, edm('Int64'), binding.context))
      throw fault(`The function 'substring' needs whole numbers, not '${typeName(operand)}'`, operand.at);
    const number = convert(operand, edm('Int64'), binding.context);
    if (number.kind === 'literal' && Number(number.value) < 0)
      throw fault(`'substring' does not take the negative number ${String(number.value)}`, operand.at);
    return number;
  });
  return operandAt({ kind: 'slice', of, start: start!, length, type: of.type }, at);
}

/** Whether two collections have the same items, in the same order where that counts: each begins with or has the other. */
export function equalSequences(
  left: Operand,
  right: Operand,
  at: number,
  binding: Binding,
  isOrdered = true,
): Expression {
  const has = sequenceCall(isOrdered ? 'startswith' : 'hassubset', 'Boolean');
  const [a, b] = [has([left, right], at, binding), has([right, left], at, binding)] as readonly ScalarOperand[];
  const { context } = binding;
  return {
    kind: 'logic',
    operator: 'and',
    left: convert(a!, edm('Boolean'), context),
    right: convert(b!, edm('Boolean'), context),
  };
}

function collections(
  name: string,
  count: number,
  operands: readonly Operand[],
  at: number,
  binding: Binding,
): Collections {
  if (operands.length !== count) throw wrongCount(name, count, operands, at);
  return collectionsOf(`The function '${name}'`, operands, at, binding);
}

function wrongCount(name: string, count: number, operands: readonly Operand[], at: number) {
  return fault(`The function '${name}' takes ${count} arguments over collections, not ${operands.length}`, at);
}
