import type { Operation, TypeReference } from '../../edm/index.js';
import type { Expression as Tree } from '../../url/index.js';

import type { Place } from '../expression.js';
import type { BindContext } from './context.js';
import { bindDefinition } from './definition.js';
import { fault } from './fault.js';
import { newBinding } from './expression.js';
import { operandAt, type Operand } from './operand.js';

/** Binds a definition once with parameters that stand for any values, so that its mistakes show before it is called. */
export function checkDefinition(operation: Operation, definition: Tree, context: BindContext): void {
  if (operation.returnType === undefined)
    throw fault('A function that returns nothing has no meaning as an expression', 0);
  const parameters = new Map(
    operation.nonBindingParameters.map(({ name, reference }): [string, Operand] => [name, anyOf(reference)]),
  );
  const { bindingParameter } = operation;
  const place = bindingParameter && anyPlace(bindingParameter.reference, 0);
  const operand = bindDefinition({ operation, definition, parameters, place }, newBinding(context));
  const isKept = operand.kind !== 'collection' || operand.type.kind === 'entity' || isStored(operand.place);
  if (!isKept)
    throw fault('The items of a collection that are no entities cannot be picked by a definition', operand.at);
}

/** Any value of a type. */
function anyOf(reference: TypeReference): Operand {
  const operand = operandAt(anyPlace(reference, 0), 0);
  if (operand.kind !== 'scalar') return operand;
  return { ...operand, expression: { kind: 'literal', value: null, type: operand.type } };
}

function anyPlace({ type, isCollection }: TypeReference, variable: number): Place {
  return { kind: 'variable', variable, type: { type, isCollection } };
}

function isStored({ kind }: Place): boolean {
  return kind === 'member' || kind === 'dynamic' || kind === 'variable';
}
