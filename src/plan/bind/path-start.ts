import type { PathExpression } from '../../url/index.js';

import { isLiteralKey } from '../bind-key.js';
import type { Place } from '../expression.js';
import type { Binding, Scope } from './binding.js';
import { bindOfThese } from './aggregated.js';
import { unsupported } from './fault.js';
import { bindFunction } from './function.js';
import { seenFrom } from './item.js';
import { bindKey } from './key.js';
import { operandAt, type Operand } from './operand.js';

/** A path on its way from syntax to meaning. */
export interface Walk {
  readonly tree: PathExpression;
  readonly scope: Scope;
  readonly binding: Binding;
}

/** What a path starts from, and the index of the step behind it. */
export function firstStep(walk: Walk): [Operand, number] {
  const { scope, binding, tree } = walk;
  const step = tree.steps[0]!;
  switch (step.kind) {
    case '$it':
      return [fromResource(step.at, walk), 1];
    case '$this':
      return [operandAt(scope.this, step.at), 1];
    case '$these':
      return fromThese(step.at, walk);
    case '$root':
      return fromRoot(walk);
    case 'alias':
      return [binding.bind(step, scope), 1];
    case '$count': {
      // How many rows a group had, where `$apply` counted them.
      const count = scope.implicit.kind === 'record' ? scope.implicit.members.get('$count') : undefined;
      return [operandAt(count ?? scope.implicit, step.at), count === undefined ? 0 : 1];
    }
    case 'name': {
      const variable = scope.variables.get(step.name);
      return variable === undefined ? [operandAt(scope.implicit, step.at), 0] : [operandAt(variable, step.at), 1];
    }
    default:
      return [operandAt(scope.implicit, step.at), 0];
  }
}

/** The path as it was written, without what stands in parentheses. */
export function pathText({ tree }: Walk): string {
  return tree.steps.map((step) => ('name' in step ? step.name : 'text' in step ? step.text : step.kind)).join('/');
}

/** `$it`: within `$expand` the row of the resource, not of what is expanded. [OData-URL 5.1.1.14.4] */
function fromResource(at: number, { scope, binding }: Walk): Operand {
  const { resource } = binding.context;
  if (resource === undefined || scope.parameters !== undefined) return operandAt(scope.it, at);
  return operandAt(seenFrom(resource.place, ofResource), at);
}

function ofResource(place: Place): Place {
  return { kind: 'resource', place, type: place.type };
}

/** The collection that the expression is about. [OData-Aggregation 3.6] */
function fromThese(at: number, { tree, scope, binding }: Walk): [Operand, number] {
  const these = scope.these ?? binding.context.these;
  if (these === undefined) throw unsupported("'$these' here is", at);
  return typeof these === 'function' ? [bindOfThese(tree.steps[1], these, at), 2] : [operandAt(these, at), 1];
}

/** `$root/Things(1)/Name` [OData-URL 5.1.1.14.5] */
function fromRoot({ tree, scope, binding }: Walk): [Operand, number] {
  const imported = tree.steps[1];
  const name = imported !== undefined && 'name' in imported ? imported.name : '';
  const child = binding.context.model.container?.child(name);
  if (imported?.kind === 'arguments' && child?.kind === 'operationImport' && !child.isAction) {
    const call = { name, arguments: imported.arguments, at: imported.at, binding: undefined };
    return [bindFunction(call, child.operations, scope, binding), 2];
  }
  if (imported?.kind === 'arguments' && !isLiteralKey(imported.arguments, binding.context.aliases)) {
    const whole = binding.context.resolveRoot([{ kind: 'name', name, at: imported.at }]);
    const place: Place = { kind: 'root', ...whole, type: { type: whole.type, isCollection: whole.isCollection } };
    return [bindKey(imported.arguments, imported.at, place, scope, binding), 2];
  }
  const { source, container, type, isCollection, steps } = binding.context.resolveRoot(tree.steps.slice(1));
  return [operandAt({ kind: 'root', source, container, type: { type, isCollection } }, tree.at), steps + 1];
}
