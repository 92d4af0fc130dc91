import type { Operation, TypeReference } from '../../edm/index.js';
import type { Expression as Tree } from '../../url/index.js';

import type { Place } from '../expression.js';
import type { Binding } from './binding.js';
import { fault } from './fault.js';
import { isScalar, typeName, type Operand } from './operand.js';
import { comparisonType, edm } from './primitives.js';
import { convert, isAssignable } from './promotion.js';

/** A function that means an expression, and what it is called with. */
export interface DefinedCall {
  readonly operation: Operation;
  readonly definition: Tree;
  /** What `@name` stands for. */
  readonly parameters: ReadonlyMap<string, Operand>;
  /** What names start from: the binding parameter. */
  readonly place: Place | undefined;
}

/** The meaning of a function with its parameters put in, as a value of its return type. */
export function bindDefinition({ operation, definition, parameters, place }: DefinedCall, binding: Binding): Operand {
  const type = { type: edm('Untyped'), isCollection: false };
  const nowhere: Place = { kind: 'resource', place: { kind: 'variable', variable: 0, type }, type };
  const start = place ?? nowhere;
  const operand = binding.within(operation, () =>
    binding.bind(definition, { implicit: start, it: start, this: start, variables: new Map(), parameters }),
  );
  return asResult(operand, operation, binding);
}

function asResult(operand: Operand, { qualifiedName, returnType }: Operation, { context }: Binding): Operand {
  if (operand.kind === 'null' || returnType === undefined) return operand;
  if (isOfReturnType(operand, returnType)) return operand;
  const { type, isCollection } = returnType;
  if (!isCollection && type.kind !== 'entity' && type.kind !== 'complex' && isScalar(operand)) {
    const to = comparisonType(type);
    if (isAssignable(operand, to, context))
      return { kind: 'scalar', expression: convert(operand, to, context), type, at: operand.at };
    throw fault(
      `'${qualifiedName}' returns '${returnType.toString()}', not '${typeName(operand)}'; cast(…,${to.qualifiedName}) makes it one`,
      operand.at,
    );
  }
  throw fault(`'${qualifiedName}' returns '${returnType.toString()}', not '${typeName(operand)}'`, operand.at);
}

/** Entities, complex values and collections stay what they are. */
function isOfReturnType(operand: Operand, { type, isCollection }: TypeReference): boolean {
  if (operand.kind !== 'structured' && operand.kind !== 'collection') return false;
  if (isCollection !== (operand.kind === 'collection')) return false;
  const present = operand.type;
  if (present.kind === 'entity' || present.kind === 'complex')
    return (type.kind === 'entity' || type.kind === 'complex') && present.isOrDerivesFrom(type);
  return present.qualifiedName === type.qualifiedName;
}
