import type { Operation } from '../edm/index.js';
import { badRequest, type ServiceError } from '../error/index.js';

import type { PathRules } from './path-rules.js';
import type { OperationTarget } from './target.js';

/** The overload whose parameters are these, optional ones aside; names count in any case, as clients and documents differ there. */
export function overloadNamed(overloads: readonly Operation[], names: Iterable<string>): Operation | undefined {
  const given = new Set([...names].map((name) => name.toLowerCase()));
  const fitting = overloads.filter((operation) => {
    const parameters = operation.nonBindingParameters;
    const declared = new Set(parameters.map((parameter) => parameter.name.toLowerCase()));
    return (
      [...given].every((name) => declared.has(name)) &&
      parameters.every((parameter) => parameter.isOptional || given.has(parameter.name.toLowerCase()))
    );
  });
  return fitting.find((operation) => operation.nonBindingParameters.length === given.size) ?? fitting[0];
}

/** The overload that a path goes on behind: its parameters are inline, and it says that it can be composed. [CSDL-JSON 12.5] */
export function composableOverload(
  { overloads, arguments: inline = [] }: OperationTarget,
  position: number | undefined,
  { composesAll }: Pick<PathRules, 'composesAll'>,
): Operation {
  const names = inline.map((argument) => argument.name ?? '');
  const operation = overloadNamed(overloads, names);
  if (operation === undefined) throw noOverload(overloads, names);
  if (!operation.isComposable && !composesAll)
    throw badRequest(
      `Nothing can follow '${operation.name}', which is not composable.`,
      position === undefined ? {} : { position },
    );
  return operation;
}

export function noOverload(overloads: readonly Operation[], names: Iterable<string>): ServiceError {
  const [first] = overloads;
  const signatures = overloads.map(
    (each) =>
      `${each.name}(${each.nonBindingParameters.map((parameter) => `${parameter.name}: ${parameter.reference.toString()}`).join(', ')})`,
  );
  return badRequest(
    `No overload of '${first?.name ?? ''}' takes the parameters (${[...names].join(', ')}); there is ${signatures.join('; ')}.`,
  );
}
