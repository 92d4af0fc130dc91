import type { ScalarType, SchemaType } from '../edm/index.js';
import { badRequest, notImplemented } from '../error/index.js';
import type { Expression as Syntax } from '../url/index.js';

import { bindOperand } from './bind/index.js';
import type { Expression, Place } from './expression.js';
import { wholeOf } from './plan-call.js';
import { bindContextOf, type PlanContext } from './plan-read.js';
import { placeOf } from './target-place.js';
import type { OperationTarget } from './target.js';

/** How the value of an argument is worked out; `type` is undefined where it is JSON as text. */
export interface ArgumentPlan {
  readonly expression: Expression;
  readonly type: ScalarType | undefined;
}

/**
 * An argument that is an expression: names and `$it` are about what the function is bound to, and `$root` leads anywhere.
 * `Products(1)/ns.Near(price=@p)?@p=Price add 1` [OData-URL 5.3]
 */
export function planArgument(
  tree: Syntax,
  binding: OperationTarget['binding'],
  context: PlanContext,
): ArgumentPlan | undefined {
  const type = context.model.structuredTypeOrThrow('Edm.ComplexType');
  const nothing: Place = { kind: 'record', of: undefined, members: new Map(), type: { type, isCollection: false } };
  if (binding?.kind === 'property' && binding.path.some(({ ordinal = 0 }) => ordinal < 0))
    throw notImplemented('Expressions as arguments about an item that is counted from the end are not supported.');
  const row = binding === undefined ? nothing : placeOf(binding, context.model);
  const start = bindContextOf({ type: row.type.type as SchemaType, container: undefined, depth: 0 }, context);
  const operand = bindOperand(tree, { ...start, row, keyAsSegment: false });
  switch (operand.kind) {
    case 'null':
      return undefined;
    case 'scalar':
      return operand.type.qualifiedName === 'Edm.Untyped'
        ? { expression: operand.expression, type: undefined }
        : operand;
    case 'dynamic':
      return { expression: wholeOf(operand.place), type: undefined };
    case 'structured':
    case 'collection':
      if (operand.type.kind === 'entity')
        throw notImplemented('Entities as arguments, other than as JSON objects, are not supported.', {
          position: tree.at,
        });
      return { expression: wholeOf(operand.place), type: undefined };
    default:
      throw badRequest('An argument like this has no value of its own.', { position: tree.at });
  }
}
