import { randomBytes } from 'node:crypto';

import type { Behavior, CreateEvent, Entity, Handler, UpdateEvent } from '../../behavior/index.js';
import {
  isJsonObject,
  type ComplexType,
  type EntityType,
  type JsonObject,
  type JsonValue,
  type Model,
} from '../../edm/index.js';

import { declaredOf } from '../declared-of.js';
import { bodyPreviewOf } from '../first-values/outlook.js';
import { EVENT } from '../mailboxes.js';
import { isOutlookItem } from '../versioned-resources.js';
import { openPropertiesOf, writtenOut } from '../written-out.js';

/**
 * What the service writes out in values, and what Outlook derives from an item, whoever changes it: a key that changes with each
 * change unless the client says it, the beginning of the body, and the places of an event, of which the first is its location.
 * [Graph: message, event and contact resource types]
 */
export function outlookItems(model: Model): Behavior {
  const create: Handler<CreateEvent, Entity> = ({ document, type }, next) => {
    derive(document, {}, model.entityTypeOrThrow(type));
    return next();
  };
  const update: Handler<UpdateEvent, Entity> = ({ document, entity, type }, next) => {
    derive(document, entity.document, model.entityTypeOrThrow(type));
    return next();
  };
  return { create: { 'Edm.EntityType': create }, update: { 'Edm.EntityType': update } };
}

/** Completes the next document of an item, given the one before. */
export function derive(document: JsonObject, before: JsonObject, type: EntityType): void {
  const isChanged = (name: string): boolean =>
    document[name] !== undefined && JSON.stringify(document[name]) !== JSON.stringify(before[name]);
  for (const { name, type: inner } of openPropertiesOf(type))
    if (isChanged(name)) document[name] = writtenOut(document[name]!, inner as ComplexType);
  if (!isOutlookItem(type)) return;
  const derived: JsonObject = isChanged('changeKey') ? {} : { changeKey: randomBytes(24).toString('base64') };
  if (isChanged('body') && !isChanged('bodyPreview')) derived['bodyPreview'] = bodyPreviewOf(document['body']);
  if (type.qualifiedName === EVENT) Object.assign(derived, placesOf(document, isChanged));
  Object.assign(document, declaredOf(type, derived));
}

/** Whichever of the two is given says the other; what a client says of both is left to it. */
function placesOf(document: JsonObject, isChanged: (name: string) => boolean): JsonObject {
  const { location = null, locations } = document;
  const places = isChanged('locations') && Array.isArray(locations) ? locations.map(placeOf) : [];
  const place = isChanged('location') && isJsonObject(location) ? placeOf(location) : undefined;
  if (places.length > 0) return place === undefined ? { location: places[0]!, locations: places } : {};
  return place === undefined ? {} : { location: place, locations: [place] };
}

/** A place that is known by its name alone. [Graph: location resource type] */
function placeOf(location: JsonValue): JsonValue {
  if (!isJsonObject(location) || typeof location['displayName'] !== 'string') return location;
  const { displayName, locationType, uniqueId, uniqueIdType } = location;
  return {
    ...location,
    locationType: locationType ?? 'default',
    uniqueId: uniqueId ?? displayName,
    uniqueIdType: uniqueIdType ?? 'private',
  };
}
