import type { Model, SchemaType } from '../../edm/index.js';
import { badRequest } from '../../error/index.js';
import type { QueryOptions, SelectItem } from '../../url/index.js';

import type { Place } from '../expression.js';
import type { Choice, Refinement } from '../refinement.js';
import type { PropertyStep } from '../target.js';
import { withAliases } from '../with-aliases.js';
import { chooseItems } from './choose-items.js';
import { bindCompute, visibleComputed } from './compute.js';
import type { BindContext, Resource } from './context.js';
import { namesOf } from './type-names.js';

/** A property that `$select` names, with the declared properties on the way to it. */
interface Refined {
  readonly names: readonly string[];
  readonly steps: readonly PropertyStep[];
  readonly type?: SchemaType | undefined;
}

interface Around {
  /** What names mean in the row itself. */
  readonly root: BindContext;
  readonly it: Resource;
  /** Whether that is the row itself. */
  readonly isOfRow: boolean;
}

const OF_COLLECTIONS = ['filter', 'search', 'orderby', 'skip', 'top', 'count'] as const;
const OF_COMPLEX = ['select', 'compute'] as const;

/**
 * The options of a `$select` item: `$select` and `$compute` for complex values, and those of collections for collections.
 * `inner` says what names mean in the nested `$select`. [OData-URL 5.1.4]
 */
export function bindSelectOptions(
  options: QueryOptions,
  property: Refined,
  item: SelectItem,
  { root, it, isOfRow }: Around,
): { readonly refinement: Refinement | undefined; readonly inner: BindContext } {
  const { steps, names, type } = property;
  const last = steps.at(-1);
  if (last === undefined || type === undefined)
    throw fault(`'${item.path.join('/')}' is computed, so that it takes no options in $select.`, item);
  refuseOthers(options, last, type, item);
  const context = withTheseOf(steps, contextWithin(steps, type, options, root, it), { root, it, isOfRow });
  const compute = options.compute === undefined ? [] : bindCompute(options.compute.value, context);
  const inner: BindContext =
    compute.length === 0 ? context : { ...context, computed: new Map(compute.map((each) => [each.alias, each])) };
  const asked = OF_COLLECTIONS.some((name) => options[name] !== undefined);
  const shown = visibleComputed(compute, options);
  if (!asked && shown.length === 0) return { refinement: undefined, inner };
  const refinement = {
    name: names.join('/'),
    property: last.property,
    steps,
    ...(asked ? { choice: choiceOf(options, last, inner) } : {}),
    compute: shown,
  };
  return { refinement, inner };
}

/**
 * `$these` are the items that options are asked of, as the row has them, where that is what `$it` means. There are none where
 * only values tell, or several collections of them.
 */
function withTheseOf(steps: readonly PropertyStep[], context: BindContext, { it, isOfRow }: Around): BindContext {
  if (steps.at(-1)?.property.isCollection !== true) return context;
  const { these: _, ...others } = context;
  const these = isOfRow ? collectionIn(steps, it.place, context.model) : undefined;
  return these === undefined ? others : { ...others, these };
}

function collectionIn(steps: readonly PropertyStep[], row: Place, model: Model): Place | undefined {
  if (row.kind !== 'variable' || row.type.type.kind !== 'entity') return undefined;
  let place: Place = row;
  for (const { property, cast, ordinal } of steps) {
    if (place.type.isCollection || property.isDynamic || ordinal !== undefined) return undefined;
    const type = { type: property.type, isCollection: property.isCollection };
    place = { kind: 'member', of: place, property, type };
    if (cast !== undefined)
      place = { kind: 'cast', of: place, typeNames: namesOf(cast, model), type: { ...type, type: cast } };
  }
  return { kind: 'resource', place, type: place.type };
}

function choiceOf(options: QueryOptions, { property, cast }: PropertyStep, context: BindContext): Choice {
  const { top, skip, count } = options;
  return {
    ...chooseItems(options, context, property.type, cast),
    page: { limit: top?.value, skip: skip?.value ?? 0 },
    count: count?.value ?? false,
  };
}

/** Names belong to the value, or to each item; what they lead to is related to the row that has it. */
function contextWithin(
  steps: readonly PropertyStep[],
  type: SchemaType,
  { aliases }: QueryOptions,
  root: BindContext,
  resource: Resource,
): BindContext {
  const names = steps.map((step) => step.property.name);
  return {
    ...withoutComputed(root),
    type,
    resource,
    aliases: withAliases(root.aliases, aliases),
    relationOf: (property, before, within, from) =>
      root.relationOf(
        property,
        before,
        from === undefined && before.length === 0 ? [...names, ...within] : within,
        from,
      ),
  };
}

/** Computed properties belong to the row alone. */
function withoutComputed({ row: _, computed: __, ...context }: BindContext): BindContext {
  return context;
}

/** What a dynamic property is only its value tells: it has items, or members, or neither. */
function refuseOthers(options: QueryOptions, { property }: PropertyStep, type: SchemaType, item: SelectItem): void {
  const isComplex = type.kind === 'complex' || property.isDynamic;
  const allowed: readonly string[] = [
    ...(property.isCollection || property.isDynamic ? OF_COLLECTIONS : []),
    ...(isComplex ? OF_COMPLEX : []),
    'aliases',
    'custom',
  ];
  const other = Object.keys(options).find((name) => !allowed.includes(name));
  if (other === undefined) return;
  const what = `${property.isCollection ? 'a collection of' : 'a single'} ${isComplex ? 'complex' : 'primitive'} value${property.isCollection ? 's' : ''}`;
  throw fault(`'${item.path.join('/')}' is ${what}, to which $${other} cannot be applied.`, item);
}

function fault(message: string, { at }: SelectItem): Error {
  return badRequest(message, { target: '$select', position: at });
}
