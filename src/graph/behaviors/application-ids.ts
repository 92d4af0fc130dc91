import { randomUUID } from 'node:crypto';

import type { Behavior, CreateEvent, Entity, Handler } from '../../behavior/index.js';
import type { Model } from '../../edm/index.js';

const APPLICATION = 'microsoft.graph.application';

/** A new application gets the id that its clients sign in with. [Graph: application resource type, appId] */
export function applicationIds(model: Model): Behavior {
  const type = model.type(APPLICATION);
  if (type?.kind !== 'entity' || !type.properties.has('appId')) return {};
  const create: Handler<CreateEvent, Entity> = ({ document }, next) => {
    document['appId'] ??= randomUUID();
    return next();
  };
  return { create: { [APPLICATION]: create } };
}
