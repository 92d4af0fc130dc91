import { badRequest, suggestion } from '../../error/index.js';
import type { CallExpression } from '../../url/index.js';

import type { Expression } from '../expression.js';
import { asScalar, type Binding, type Scope } from './binding.js';
import { bindClientCall } from './client-function.js';
import { collectionFunctions } from './collection-call.js';
import { fault, unsupported } from './fault.js';
import { collectionAt, typeName, type Operand } from './operand.js';
import { checkPattern } from './pattern.js';
import { edm } from './primitives.js';
import { convert, isAssignable } from './promotion.js';
import { checkReferenceSystems } from './reference-system.js';
import { printSignature, signatures, unsupportedFunctions, type Signature } from './signatures.js';

/** `contains(Name,'a')`: a canonical function by its signature. [OData-URL 5.1.1.4] */
export function bindCall(tree: CallExpression, scope: Scope, binding: Binding): Operand {
  if (tree.isClientSide) return bindClientCall(tree, scope, binding);
  const collectionFunction = collectionFunctions.get(tree.name.toLowerCase());
  const overloads = signatures.get(tree.name.toLowerCase());
  if (overloads === undefined && collectionFunction === undefined) throw unknownFunction(tree, binding);
  const operands = tree.arguments.map((argument) => binding.bind(argument, scope));
  const isOverCollections = operands.some(
    (operand) => operand.kind === 'list' || (operand.kind !== 'dynamic' && collectionAt(operand) !== undefined),
  );
  if (collectionFunction !== undefined && (isOverCollections || overloads === undefined))
    return collectionFunction(operands, tree.at, binding);
  return callOf(tree, overloads!, operands, binding);
}

function callOf(
  tree: CallExpression,
  overloads: readonly Signature[],
  given: readonly Operand[],
  binding: Binding,
): Operand {
  const { name } = overloads[0]!;
  const count = given.length;
  if (!overloads.some(({ parameters }) => parameters.length === count))
    throw fault(
      `The function '${name}' does not take ${count} argument${count === 1 ? '' : 's'}: ${declared(overloads)}`,
      tree.at,
    );
  const operands = given.map((operand) => asScalar(operand, `The function '${name}'`));
  const signature = overloads.find(
    ({ parameters }) =>
      parameters.length === operands.length &&
      operands.every((operand, index) => isAssignable(operand, edm(parameters[index]!), binding.context)),
  );
  if (signature === undefined) {
    const types = operands.map((operand) => `'${typeName(operand)}'`).join(', ');
    throw fault(`The function '${name}' does not take ${types}: ${declared(overloads)}`, tree.at);
  }
  const values = operands.map((operand, index) => convert(operand, edm(signature.parameters[index]!), binding.context));
  checkValues(signature, values, tree, binding);
  const type = edm(signature.result);
  if (signature.name === 'matchesPattern' && values[1]!.kind !== 'literal')
    values.push({ kind: 'literal', value: binding.context.limits.patternLength, type: edm('Int32') });
  const expression: Expression = { kind: 'call', function: signature.name, arguments: values, type };
  return { kind: 'scalar', expression, type, at: tree.at };
}

/** What the specification forbids of values, as far as they are known already. [OData-URL 5.1.1.5.7, 5.1.1.7.1] */
function checkValues({ name }: Signature, values: readonly Expression[], tree: CallExpression, binding: Binding): void {
  if (name === 'matchesPattern') checkPattern(values[1]!, tree.arguments[1]!.at, binding.context.limits.patternLength);
  if (name.startsWith('geo.')) checkReferenceSystems(name, values, tree.at);
  if (name !== 'substring') return;
  for (const [index, value] of values.entries()) {
    if (index > 0 && value.kind === 'literal' && Number(value.value) < 0)
      throw fault(`'substring' does not take the negative number ${String(value.value)}`, tree.arguments[index]!.at);
  }
}

function unknownFunction(tree: CallExpression, { context }: Binding) {
  const { name, at } = tree;
  if (unsupportedFunctions.has(name.toLowerCase())) return unsupported(`The function '${name}' is`, at);
  if (context.model.operations(name).some(({ kind }) => kind === 'function'))
    return fault(`The parameters of the function '${name}' need their names`, at);
  const names = [...signatures.values()].map(([first]) => first!.name);
  return badRequest(`There is no function named '${name}'.${suggestion(name, names)}`, { position: at });
}

function declared(overloads: readonly Signature[]): string {
  return `it is declared as ${overloads.map(printSignature).join(', ')}`;
}
