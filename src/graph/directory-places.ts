import { oncePer, type EntityType, type Model } from '../edm/index.js';

import { isDirectoryObject } from './directory-links.js';

/** Where deleted objects of the directory stand. [Graph: directory resource type] */
export const DELETED_ITEMS = 'directory/deletedItems';

const DIRECTORY = 'directory';

/** Whether the schema has a place for deleted objects. */
export function hasDeletedItems(model: Model): boolean {
  return directoryCollections(model).includes(DELETED_ITEMS);
}

/** The collections that objects of the directory can stand in: sets, and what the directory itself contains. */
export function directoryCollections(model: Model): readonly string[] {
  return placesOf(model).map(({ collection }) => collection);
}

/** The collection for objects of a type: the one of the type itself, or of its nearest base type. */
export function homeOf(type: EntityType, model: Model): string | undefined {
  const places = placesOf(model).filter(({ collection }) => collection !== DELETED_ITEMS);
  for (const each of type.lineage) {
    const place = places.find((candidate) => candidate.type === each);
    if (place !== undefined) return place.collection;
  }
  return undefined;
}

interface Place {
  readonly type: EntityType;
  readonly collection: string;
}

const placesOf = oncePer((model: Model): readonly Place[] =>
  [...setsOf(model), ...containedOf(model)].filter(({ type }) => isDirectoryObject(type)),
);

function setsOf(model: Model): Place[] {
  return model.entitySets.map(({ type, name }) => ({ type, collection: name }));
}

function containedOf(model: Model): Place[] {
  const directory = model.container?.child(DIRECTORY);
  if (directory?.kind !== 'singleton') return [];
  return [...directory.type.navigationProperties.values()].flatMap(({ type, name, isCollection, containsTarget }) =>
    isCollection && containsTarget ? [{ type, collection: `${DIRECTORY}/${name}` }] : [],
  );
}
