import type { Operation, ScalarType, TypeReference } from '../../edm/index.js';
import { suggestion } from '../../error/index.js';
import type { Argument } from '../../url/index.js';

import type { Place } from '../expression.js';
import type { Binding, Scope } from './binding.js';
import type { BindContext } from './context.js';
import { bindDefinition } from './definition.js';
import { fault, unsupported } from './fault.js';
import { isScalar, typeName, type Operand } from './operand.js';
import { comparisonType } from './primitives.js';
import { convert, isAssignable } from './promotion.js';

/** A call as it was written; what stands in front of it is what a bound function is called on. */
export interface FunctionCall {
  readonly name: string;
  readonly arguments: readonly Argument[];
  readonly at: number;
  readonly binding: Operand | undefined;
}

/** The functions of a name that could be called here: unbound without a path in front, else bound ones. [OData-URL 5.1.1.14.4] */
export function functionsNamed(name: string, operand: Operand | undefined, context: BindContext): readonly Operation[] {
  const functions = declared(name, context).filter(({ kind }) => kind === 'function');
  return functions.filter(({ bindingParameter }) =>
    bindingParameter === undefined
      ? operand === undefined
      : operand !== undefined && isBoundTo(bindingParameter.reference, operand, context),
  );
}

/** Functions without a namespace are those of the default namespaces. */
function declared(name: string, { model, defaultNamespaces = [] }: BindContext): readonly Operation[] {
  if (name.includes('.')) return model.operations(name);
  return defaultNamespaces.flatMap((namespace) => model.operations(`${namespace}.${name}`));
}

/** `$it/ns.Discounted(rate=0.1)`: what the behaviours define as an expression is put in where it is called. [OData-URL 5.1.1.14.4] */
export function bindFunction(
  call: FunctionCall,
  functions: readonly Operation[],
  scope: Scope,
  binding: Binding,
): Operand {
  const { name, at } = call;
  const operation = functions.find((each) => takes(each, call.arguments));
  if (operation === undefined) throw wrongArguments(call, functions);
  const definition = binding.context.definitionOf?.(operation);
  if (definition === undefined)
    throw unsupported(
      `Calling the function '${name}' within an expression without a behaviour that defines it as an 'expression' is`,
      at,
    );
  const parameters = new Map<string, Operand>();
  for (const { name: parameter, reference } of operation.nonBindingParameters) {
    const argument = call.arguments.find((each) => isSameName(each.name, parameter));
    const given: Operand = argument === undefined ? { kind: 'null', at } : binding.bind(argument.value, scope);
    parameters.set(parameter, asParameter(given, parameter, reference, binding.context));
  }
  const operand = bindDefinition({ operation, definition, parameters, place: placeOf(call.binding) }, binding);
  return { ...operand, at };
}

function takes({ nonBindingParameters }: Operation, given: readonly Argument[]): boolean {
  return (
    given.every(({ name }) => nonBindingParameters.some((parameter) => isSameName(name, parameter.name))) &&
    nonBindingParameters.every(
      ({ name, isOptional }) => isOptional || given.some((argument) => isSameName(argument.name, name)),
    )
  );
}

/** Names count in any case, as in the path of a URL. */
function isSameName(given: string | undefined, name: string): boolean {
  return given?.toLowerCase() === name.toLowerCase();
}

function wrongArguments({ name, arguments: given, at }: FunctionCall, functions: readonly Operation[]) {
  if (given.some((argument) => argument.name === undefined))
    return fault(`The parameters of the function '${name}' need their names`, at);
  const names = functions.flatMap(({ nonBindingParameters }) => nonBindingParameters.map((each) => each.name));
  const stranger = given.find((argument) => !names.some((each) => isSameName(argument.name, each)));
  const signatures = functions.map(
    (each) => `${name}(${each.nonBindingParameters.map((parameter) => parameter.name).join(',')})`,
  );
  return fault(
    `The function '${name}' does not take these parameters: it is declared as ${signatures.join(' and ')}`,
    at,
    suggestion(stranger?.name ?? '', names),
  );
}

/** An argument as a value of the parameter's type. */
function asParameter(operand: Operand, name: string, reference: TypeReference, context: BindContext): Operand {
  const { type, isCollection } = reference;
  if (operand.kind === 'null' || isBoundTo(reference, operand, context)) return operand;
  if (isCollection && operand.kind === 'list') return operand;
  if (!isCollection && type.kind === 'complex' && operand.kind === 'object') return operand;
  const isScalarType = type.kind !== 'entity' && type.kind !== 'complex';
  if (!isCollection && isScalarType && isScalar(operand) && isAssignable(operand, comparisonType(type), context)) {
    const expression = convert(operand, comparisonType(type), context);
    return { kind: 'scalar', expression, type, at: operand.at };
  }
  throw fault(`The parameter '${name}' is of type '${reference.toString()}', not '${typeName(operand)}'`, operand.at);
}

/** Whether an operand is a place of a type or of one derived from it. */
function isBoundTo({ type, isCollection }: TypeReference, operand: Operand, context: BindContext): boolean {
  if (operand.kind !== 'structured' && operand.kind !== 'collection')
    return (
      !isCollection &&
      type.kind !== 'entity' &&
      type.kind !== 'complex' &&
      operand.kind === 'scalar' &&
      isAssignable(operand, comparisonType(type), context)
    );
  if (isCollection !== (operand.kind === 'collection')) return false;
  const present = operand.type;
  const isStructured = present.kind === 'entity' || present.kind === 'complex';
  if (isStructured) return (type.kind === 'entity' || type.kind === 'complex') && present.isOrDerivesFrom(type);
  return comparisonType(type as ScalarType).qualifiedName === comparisonType(present).qualifiedName;
}

/** Where names within the definition of a bound function start. */
function placeOf(operand: Operand | undefined): Place | undefined {
  if (operand === undefined) return undefined;
  if (operand.kind === 'structured' || operand.kind === 'collection') return operand.place;
  if (operand.kind !== 'scalar') throw new Error('A bound function is called on a value.');
  const { expression, type } = operand;
  if (expression.kind === 'value') return expression.place;
  return { kind: 'computed', alias: '', expression, type: { type, isCollection: false } };
}
