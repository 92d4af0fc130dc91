import type { EntitySet, EntityType, Model, NavigationProperty, Singleton } from '../../src/edm/index.js';

/** A place of the schema that a path names: a set, a singleton, or a navigation property below one. */
export interface Place {
  /** Names on the way, without keys: `users/messages`. */
  readonly path: string;
  /** The last segment. */
  readonly name: string;
  readonly type: EntityType;
  readonly isCollection: boolean;
  readonly element: EntitySet | Singleton | NavigationProperty;
  /** What the type's navigation properties lead to, as deep as was asked for. */
  readonly below: readonly Place[];
}

/** All places down to a depth, where sets and singletons are the first. */
export function placesOf(model: Model, depth: number): readonly Place[] {
  return [...(model.container?.children.values() ?? [])]
    .filter((child): child is EntitySet | Singleton => child.kind === 'entitySet' || child.kind === 'singleton')
    .map((element) => placeOf(element, '', element.kind === 'entitySet', depth));
}

function placeOf(element: Place['element'], before: string, isCollection: boolean, depth: number): Place {
  const path = before === '' ? element.name : `${before}/${element.name}`;
  const { type } = element;
  const below =
    depth <= 1
      ? []
      : [...type.navigationProperties.values()].map((each) => placeOf(each, path, each.isCollection, depth - 1));
  return { path, name: element.name, type, isCollection, element, below };
}
