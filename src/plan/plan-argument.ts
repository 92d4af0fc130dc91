import type { ScalarType, SchemaType } from '../edm/index.js';
import { badRequest } from '../error/index.js';
import type { Expression as Syntax } from '../url/index.js';

import { bindExpression, bindOperand } from './bind/index.js';
import { edm } from './bind/primitives.js';
import type { Expression, Place } from './expression.js';
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
    case 'literal':
      return bindExpression(operand.literal, start);
    case 'dynamic':
    case 'structured':
    case 'collection':
      return { expression: jsonAt(operand.place), type: undefined };
    default:
      throw badRequest('An argument like this has no value of its own.', { position: tree.at });
  }
}

/** What stands at a place as a payload would have it: entities with all of their properties. */
function jsonAt(place: Place): Expression {
  const { type, isCollection } = place.type;
  if (type.kind !== 'entity') return { kind: 'whole', place };
  if (!isCollection) return { kind: 'document', place };
  const variable = 1;
  const item: Place = { kind: 'variable', variable, type: { type, isCollection: false } };
  const items: Place = {
    kind: 'mapped',
    of: place,
    variable,
    item: { kind: 'document', place: item },
    type: { type: edm('Untyped'), isCollection: true },
  };
  return { kind: 'whole', place: items };
}
