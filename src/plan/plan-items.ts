import type { StructuredType, TypeReference } from '../edm/index.js';
import { notImplemented } from '../error/index.js';
import type { QueryOptions, SelectItem } from '../url/index.js';

import { bindSelect, chooseItems, type BindContext } from './bind/index.js';
import type { PathContext } from './path-context.js';
import { bindContextOf } from './plan-read.js';
import type { Choice } from './refinement.js';
import type { Shape } from './shape.js';

/** Which items of a collection of values to take, and in which order; range variable 0 stands for the item. */
export interface ItemsPlan extends Omit<Choice, 'count'> {
  /** The collection as a JSON array of canonical values. */
  readonly json: string;
  /** JSON text of what was sent of the entity that it is a part of, and where in it the collection stands; see `Row`. */
  readonly sent?: { readonly json: string; readonly pointer: string };
}

/** The plan of a collection of primitive or complex values with its query options. [OData-Protocol 11.2.6] */
export function planItems(
  { type }: TypeReference,
  { json, sent }: Pick<ItemsPlan, 'json' | 'sent'>,
  options: QueryOptions,
  page: ItemsPlan['page'],
  context: PathContext,
): ItemsPlan {
  return {
    json,
    ...(sent === undefined ? {} : { sent }),
    ...chooseItems(options, bindingOf(type, context)),
    page,
  };
}

/** What is written of complex values. Their refinements are those of a value that starts with itself. [OData-URL 5.1.4] */
export function planShape(type: StructuredType, select: readonly SelectItem[], context: PathContext): Shape {
  return bindSelect(select, bindingOf(type, context));
}

/** What is written of values that are not read from a row, so that nothing can refine them. */
export function planPlainShape(type: StructuredType, select: readonly SelectItem[], context: PathContext): Shape {
  const shape = planShape(type, select, context);
  const [refinement] = shape.refined ?? [];
  if (refinement !== undefined)
    throw notImplemented(`Options of '${refinement.name}' in $select are not supported here.`, { target: '$select' });
  return shape;
}

function bindingOf(type: BindContext['type'], context: PathContext): BindContext {
  const binding = bindContextOf({ type, container: undefined, depth: 0 }, context);
  return {
    ...binding,
    relationOf(property, before, within, from) {
      if (from !== undefined) return binding.relationOf(property, before, within, from);
      throw notImplemented(
        `'${property.name}' leads on from a value that belongs to no entity, which is not supported.`,
      );
    },
  };
}
