import type { Behavior, CreateEvent, Entity, Handler } from '../../behavior/index.js';
import type { Model } from '../../edm/index.js';
import { isDirectoryObject } from '../directory-links.js';

const OPEN_EXTENSION = 'microsoft.graph.openTypeExtension';

/**
 * The id of an open extension is its name, with that of its type in front where the object is none of the directory, so that
 * no object has two of one name. [Graph: Create open extension, Add custom data to users using open extensions]
 */
export function openExtensions(model: Model): Behavior {
  const type = model.type(OPEN_EXTENSION);
  if (type?.kind !== 'entity' || !type.properties.has('extensionName')) return {};
  const create: Handler<CreateEvent, Entity> = async ({ collection, document, entities }, next) => {
    const owner = await entities.at(collection.slice(0, collection.lastIndexOf('/')));
    const name = document['extensionName'];
    const type = model.type(owner.row.type);
    const isInDirectory = type?.kind === 'entity' && isDirectoryObject(type);
    if (typeof name === 'string' && name !== '') document['id'] = isInDirectory ? name : `${OPEN_EXTENSION}.${name}`;
    return next();
  };
  return { create: { [OPEN_EXTENSION]: create } };
}
