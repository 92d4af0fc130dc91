import { methodNotAllowed, notImplemented } from '../error/index.js';
import type { EntityType } from '../edm/index.js';
import type { Target } from '../plan/index.js';

import { noContent } from './answer.js';
import { answerBatch } from './batch/answer-batch.js';
import type { Exchange } from './exchange.js';
import type { Media } from './headers/accept.js';
import { askedQuery } from './operations/asked-query.js';
import { readBeneathComputed } from './operations/beneath-computed.js';
import { readDelta } from './operations/delta-function.js';
import { appendItem } from './operations/append-item.js';
import { deleteEntity } from './operations/delete-entity.js';
import { metadataDocument } from './operations/metadata-document.js';
import type { Operation } from './operations/operation.js';
import { deprecationsOf } from './operations/deprecations.js';
import { deleteEach, updateEach } from './operations/each.js';
import { behindFunction, invokeAction, invokeFunction } from './operations/invoke.js';
import { clearMedia, readMedia, writeMedia } from './operations/media.js';
import { createMember } from './operations/media-create.js';
import {
  clearProperty,
  clearPropertyValue,
  readPropertyValue,
  writeProperty,
  writePropertyValue,
} from './operations/properties.js';
import { readCrossjoin } from './operations/read-crossjoin.js';
import { countMembers, readMembers } from './operations/read-aggregated.js';
import { replaceCollection } from './operations/replace-collection.js';
import { readEntity } from './operations/read-entity.js';
import { addReference, readReferences, removeReference, setReferences } from './operations/references.js';
import { refuseOptions } from './operations/refuse-options.js';
import { readProperty } from './operations/read-property.js';
import { readResult } from './operations/read-result.js';
import { refuseRestricted } from './restrictions.js';
import { viewOf, withView } from './operations/view.js';
import { refuseSchemaVersion } from './operations/schema-version.js';
import { serviceDocument } from './operations/service-document.js';
import { replaceEntity, updateEntity } from './operations/update-entity.js';
import { updateCollection } from './operations/update-collection.js';
import type { Profile } from './profile.js';
import type { ServiceResponse } from './request.js';

type Methods<K extends Target['kind']> = Readonly<Record<string, Operation<Extract<Target, { kind: K }>>>>;
type Table = { readonly [K in Target['kind']]?: Methods<K> };

/** Target kind and method decide the operation; what is not here is 405. */
const OPERATIONS: Table = {
  service: { GET: serviceDocument },
  metadata: { GET: metadataDocument },
  batch: { POST: answerBatch },
  collection: { GET: readMembers, POST: createMember, PATCH: updateCollection, PUT: replaceCollection },
  entity: { GET: readEntity, PATCH: updateEntity, PUT: replaceEntity, DELETE: deleteEntity },
  property: { GET: readProperty, POST: appendItem, PUT: writeProperty, PATCH: writeProperty, DELETE: clearProperty },
  value: { GET: readPropertyValue, PUT: writePropertyValue, DELETE: clearPropertyValue },
  media: { GET: readMedia, PUT: writeMedia, DELETE: clearMedia },
  count: { GET: countMembers },
  reference: { GET: readReferences, POST: addReference, PUT: setReferences, DELETE: removeReference },
  function: { GET: invokeFunction },
  delta: { GET: readDelta },
  action: { POST: invokeAction },
  result: { GET: readResult },
  crossjoin: { GET: readCrossjoin },
};

/** A singleton is always there. [OData-Protocol 11.4.5] */
const SINGLETON: Methods<'entity'> = { GET: readEntity, PATCH: updateEntity, PUT: replaceEntity };

/** A collection that is not updated or replaced as a whole. */
const MEMBERS: Methods<'collection'> = { GET: readMembers, POST: createMember };

/** Every member of a collection. [OData-URL 4.13] */
const EACH: Methods<'collection'> = { PATCH: updateEach, DELETE: deleteEach };

/** What of a profile decides which methods a resource has. */
type Rules = Pick<Profile, 'updatesCollections'>;

/** The operation for a target and a method: 405 with `Allow` where the method means nothing there, 501 where nothing is built. */
export function operationFor(target: Target, method: string, profile: Rules): Operation {
  if (target.kind === 'function' && target.leadsTo !== undefined) {
    const behind = operationFor(target.leadsTo, method, profile);
    return method === 'OPTIONS' ? behind : (behindFunction(behind) as Operation);
  }
  const methods = methodsOf(target, profile);
  if (methods === undefined) throw notImplemented(`Resources of the kind '${target.kind}' are not supported.`);
  const name = method === 'HEAD' ? 'GET' : method;
  const operation = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (method === 'OPTIONS') return optionsOf(methods);
  if (operation === undefined)
    throw methodNotAllowed(`The method ${method.slice(0, 20)} is not allowed for this resource.`, allowed(methods));
  return operation as Operation;
}

/** `OPTIONS`: which methods a resource has. [RFC 9110 9.3.7] */
function optionsOf(methods: Readonly<Record<string, unknown>>): Operation {
  return { options: [], run: async () => noContent([['Allow', allowed(methods).join(', ')]]) };
}

function methodsOf(target: Target, { updatesCollections }: Rules): Methods<Target['kind']> | undefined {
  switch (target.kind) {
    case 'collection':
      if (target.each) return EACH as Methods<Target['kind']>;
      return (updatesCollections ? OPERATIONS.collection : MEMBERS) as Methods<Target['kind']>;
    case 'entity':
      return (target.isSingleton ? SINGLETON : OPERATIONS.entity) as Methods<Target['kind']>;
    default:
      return OPERATIONS[target.kind] as Methods<Target['kind']> | undefined;
  }
}

/** Runs an operation, where nothing in the request is beyond it. */
export async function dispatch(operation: Operation, asked: Exchange): Promise<ServiceResponse> {
  refuseOptions(operation, asked);
  refuseSchemaVersion(asked);
  refuseRestricted(asked.target, asked.request.method, asked.tree.options, asked.parts.profile);
  const query = askedQuery(asked.target, asked.tree.options, asked.request.headers);
  if (query !== undefined) asked.parts.profile.refuseQuery(query);
  const beneath = await readBeneathComputed(asked);
  if (beneath !== undefined) return beneath;
  const view = viewOf(asked);
  const exchange = view === undefined ? asked : await withView(asked, view);
  return withDeprecations(withAppliedPreferences(await operation.run(exchange), exchange), exchange);
}

function withDeprecations(response: ServiceResponse, { parts, target }: Exchange): ServiceResponse {
  const deprecations = deprecationsOf(target);
  if (deprecations.length === 0) return response;
  for (const [name, value] of parts.profile.deprecationHeaders(deprecations)) response.headers.set(name, value);
  return response;
}

/** Names what the profile honoured of the request's preferences, beside what the operation did. [OData-Protocol 8.3.6] */
function withAppliedPreferences(response: ServiceResponse, { target, parts, preferences }: Exchange): ServiceResponse {
  const type = response.body === undefined ? undefined : typeOfData(target);
  const honoured = [...parts.profile.appliedPreferences(type, preferences)];
  if (preferences.get('omit-values') === 'nulls') honoured.push('omit-values=nulls');
  const annotations = preferences.get('include-annotations');
  if (annotations !== undefined && isData(target) && response.body !== undefined)
    honoured.push(`odata.include-annotations="${annotations.replaceAll(/[^\w.*#@, -]/g, '')}"`);
  if (honoured.length > 0) {
    const applied = response.headers.get('Preference-Applied');
    response.headers.set('Preference-Applied', [...(applied === undefined ? [] : [applied]), ...honoured].join(', '));
  }
  return response;
}

/** The type of the entities that an answer is about. */
function typeOfData(target: Target): EntityType | undefined {
  if (target.kind === 'collection' || target.kind === 'entity') return target.type;
  if (target.kind === 'property' || target.kind === 'value' || target.kind === 'delta') return typeOfData(target.of);
  if (target.kind !== 'function' && target.kind !== 'action') return undefined;
  if (target.kind === 'function' && target.leadsTo !== undefined) return typeOfData(target.leadsTo);
  const given = target.overloads[0]?.returnType?.type;
  return given?.kind === 'entity' ? given : undefined;
}

/** Data are written without annotations, so that no list of those to include is broken; schemas always have theirs. [OData-Protocol 8.2.8.4] */
function isData({ kind }: Target): boolean {
  return kind !== 'metadata' && kind !== 'service' && kind !== 'batch';
}

/** What a target can be written as, best first; nothing for streams, which are what they are. */
export function offeredMedia(target: Target, profile: Pick<Profile, 'files'>): readonly Media[] {
  if (target.kind === 'function' && target.overloads.some((each) => profile.files.kindOf(each) !== undefined))
    return ['application/json', 'text/csv'];
  if (target.kind === 'function' && target.leadsTo !== undefined) return offeredMedia(target.leadsTo, profile);
  if (target.kind === 'result' && target.as !== 'value') return ['text/plain'];
  if (target.kind === 'count' || target.kind === 'value') return ['text/plain'];
  if (target.kind === 'media') return [];
  if (target.kind === 'batch') return ['multipart/mixed', 'application/json'];
  return target.kind === 'metadata' ? ['application/xml', 'application/json'] : ['application/json'];
}

function allowed(methods: Readonly<Record<string, unknown>>): string[] {
  const names = Object.keys(methods);
  return names.includes('GET') ? [...names, 'HEAD'] : names;
}
