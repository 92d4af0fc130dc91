import { entityOf, storedEntitiesOf, type Entity, type ViewEvent } from '../../behavior/index.js';
import { methodNotAllowed, notImplemented } from '../../error/index.js';
import { containerOf, relationOf, type CollectionTarget, type Source, type Target } from '../../plan/index.js';
import type { QueryOptions } from '../../url/index.js';
import type { Exchange } from '../exchange.js';
import { computedName } from '../computed-member.js';
import { locate } from '../locate.js';
import { isComputed } from '../row-kind.js';

/** A collection whose members a behaviour computes. */
interface View {
  readonly collection: CollectionTarget;
  readonly via: NonNullable<CollectionTarget['via']>;
  /** The behaviour's name for it. */
  readonly name: string;
}

/** The view that a request asks for, if it asks for one. */
export function viewOf({ target, parts }: Exchange): View | undefined {
  const collection = collectionOf(target);
  const via = collection?.via;
  if (collection === undefined || via === undefined) return undefined;
  const name = computedName(via.relation.property);
  return parts.behaviors.has('view', name) ? { collection, via, name } : undefined;
}

/**
 * The request with the members of the view that it asks for: what the path and the options say of them is done as for
 * those of any other collection.
 */
export async function withView(exchange: Exchange, { collection, via, name }: View): Promise<Exchange> {
  const { target, parts, request } = exchange;
  const { property } = via.relation;
  if (request.method !== 'GET' && request.method !== 'HEAD')
    throw methodNotAllowed(`What '${property.name}' shows is changed where it stands.`, ['GET', 'HEAD']);
  const event = eventOf(exchange, entityOf(await locate(via.parent, exchange.space, parts)));
  const members = await parts.behaviors.runForView<ViewEvent, readonly Entity[]>('view', name, event, () =>
    event.entities.related(event.owner, property.name),
  );
  if (members.some(({ row }) => isComputed(row))) refuseReferences(exchange, collection, property.name);
  const source = given(collection.source, { kind: 'given', rows: members.map(({ row }) => row) });
  return { ...exchange, target: withCollection(target, { ...collection, source }) };
}

const LEADING: readonly (keyof QueryOptions)[] = ['expand', 'filter', 'orderby', 'compute', 'apply', 'aliases'];

/** What is contained hangs on members that are not stored, too; references lead to and from stored ones alone. */
function refuseReferences({ parts, tree: { options } }: Exchange, members: CollectionTarget, view: string): void {
  const { model, profile } = parts;
  const container = containerOf(members, model);
  const references = [...members.type.navigationProperties.values()].filter(
    (each) => !profile.path.isView(each) && relationOf(model, profile.path, container, each).kind !== 'contained',
  );
  const names = new Set(references.map(({ name }) => name.toLowerCase()));
  const leading = LEADING.find((name) => mentions(options[name], names));
  if (leading === undefined) return;
  throw notImplemented(`$${leading} cannot follow references from what '${view}' shows, since it is not all stored.`, {
    target: `$${leading}`,
  });
}

/** Whether one of these names stands somewhere in the syntax tree of an option. */
function mentions(tree: unknown, names: ReadonlySet<string>): boolean {
  if (Array.isArray(tree) || tree instanceof Map)
    return [...tree.values()].some((each) => isOneOf(each, names) || mentions(each, names));
  if (typeof tree !== 'object' || tree === null) return false;
  return Object.entries(tree).some(
    ([member, value]) => (member === 'name' && isOneOf(value, names)) || mentions(value, names),
  );
}

function isOneOf(name: unknown, names: ReadonlySet<string>): boolean {
  return typeof name === 'string' && names.has(name.toLowerCase());
}

function collectionOf(target: Target): CollectionTarget | undefined {
  if (target.kind === 'collection') return target;
  const hasOf = target.kind === 'count' || target.kind === 'reference' || target.kind === 'delta';
  return hasOf && target.of.kind === 'collection' ? target.of : undefined;
}

function withCollection(target: Target, collection: CollectionTarget): Target {
  return target.kind === 'collection' ? collection : ({ ...target, of: collection } as Target);
}

/** Conditions of the path stay. */
function given(source: Source, members: Source): Source {
  return source.kind === 'matching' ? { ...source, of: given(source.of, members) } : members;
}

function eventOf({ parts, space, tree }: Exchange, owner: Entity): ViewEvent {
  const { model, profile } = parts;
  return {
    kind: 'view',
    model,
    now: parts.now(),
    entities: storedEntitiesOf(space, model, profile.path),
    owner,
    option: (name) => tree.options.custom.find((each) => each.name.toLowerCase() === name.toLowerCase())?.value,
  };
}
