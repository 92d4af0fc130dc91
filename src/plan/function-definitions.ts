import type { Model, Operation } from '../edm/index.js';
import { BehaviorError, ServiceError, suggestion } from '../error/index.js';
import { parseExpression, type Expression as Syntax } from '../url/index.js';

import { checkDefinition, defaultBindLimits, type BindContext } from './bind/index.js';
import type { FunctionDefinitions } from './path-context.js';
import type { PathRules } from './path-rules.js';
import { relationAfter } from './relation.js';
import { resolveRootPlace } from './resolve-root-place.js';

/** A function by its qualified name, with the types of its parameters where it has overloads, and its text. */
export type NamedDefinition = readonly [name: string, text: string];

/**
 * Reads and checks definitions such as `['ns.Discounted', 'Price mul (1 sub @rate)']`. What is wrong with one is wrong
 * with the program that gives it, and ends it.
 */
export function readDefinitions(
  named: readonly NamedDefinition[],
  model: Model,
  rules: PathRules,
): FunctionDefinitions {
  const definitions = new Map<Operation, Syntax>();
  for (const [name, text] of named) {
    const operation = functionNamed(name, model);
    if (definitions.has(operation)) throw new BehaviorError(`The function '${name}' is defined twice.`);
    definitions.set(
      operation,
      inDefinition(name, () => parseExpression(text)),
    );
  }
  const context = definitionContext(model, rules, definitions);
  for (const [operation, definition] of definitions)
    inDefinition(operation.qualifiedName, () => checkDefinition(operation, definition, context));
  return definitions;
}

/** What names mean within the definition of a function, beside its parameters. */
export function definitionContext(model: Model, rules: PathRules, definitions: FunctionDefinitions): BindContext {
  const paths = { model, rules, aliases: new Map() };
  return {
    model,
    type: model.typeOrThrow('Edm.Untyped'),
    relationOf: (property, before, within, from) => relationAfter(from?.container, before, property, paths, within),
    resolveRoot: (steps) => resolveRootPlace(steps, paths),
    definitionOf: (operation) => definitions.get(operation),
    aliases: paths.aliases,
    limits: defaultBindLimits,
    defaultNamespaces: rules.defaultNamespaces,
  };
}

/** `ns.f`, or with overloads as `Annotations` elements name them: `ns.f(ns.T,Edm.String)`. [CSDL-JSON 14.2.1] */
function functionNamed(name: string, model: Model): Operation {
  const [plain = ''] = name.split('(');
  const overloads = model.operations(plain).filter(({ kind }) => kind === 'function');
  const [first, second] = overloads;
  if (first === undefined)
    throw new BehaviorError(
      `A behaviour defines the function '${plain}', which the schema does not declare.${suggestion(plain, model.declaredNames('Function'))}`,
    );
  if (plain === name && second === undefined) return first;
  const targets = overloads.map(({ target }) => target);
  const overload = overloads[targets.indexOf(`${model.expandName(plain)}${name.slice(plain.length)}`)];
  if (overload !== undefined) return overload;
  throw new BehaviorError(
    `A behaviour defines '${name}', but there are ${targets.map((each) => `'${each}'`).join(' and ')}.`,
  );
}

function inDefinition<T>(name: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    throw new BehaviorError(`The definition of the function '${name}' is wrong: ${error.message}`, { cause: error });
  }
}
