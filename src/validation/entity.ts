import type { JsonObject, JsonValue, StructuredType } from '../edm/index.js';

import { checkObject } from './check-object.js';
import { annotationName } from './control-information.js';
import { defaultedIn, documentOf } from './document.js';
import type { Draft, Use } from './draft.js';
import type { Completeness, DraftReading, PayloadReading } from './object-reading.js';
import { readRelated } from './related.js';
import { readChanges } from './related-changes.js';
import { takeApart } from './take-apart.js';

const CHILD: Use = { kind: 'create' };

/** Reads one entity, or a complex value on its own, with all that is in it; undefined where something is wrong with it. */
export function readEntity(
  payload: PayloadReading,
  declared: StructuredType,
  json: JsonObject,
  use: Use,
  prefix: string,
): Draft | undefined {
  const { violations } = payload;
  const draft: DraftReading = { payload, prefix, sent: new Map(), related: [], streams: [] };
  const place = { declared, path: '', completeness: completenessOf(use, declared, payload), ...requiredOf(use) };
  const taken = takeApart(json, place, draft);
  if (!('object' in taken)) {
    const target = prefix + taken.at;
    violations.report(taken.code, target, () => taken.writeMessage(target));
    return undefined;
  }
  checkObject(taken.object);
  const id = controlText('id', json, draft);
  const etag = controlText('etag', json, draft);
  const related = relatedOf(draft, use);
  if (!violations.isEmpty) return undefined;
  const { type, typeWasGiven, object } = taken;
  const document = documentOf(object);
  return {
    type,
    typeWasGiven,
    document,
    defaulted: defaultedIn(object, document),
    sent: draft.sent,
    streams: draft.streams,
    ...related,
    annotations: annotationsOf(json),
    id,
    etag,
  };
}

const NONE: ReadonlyMap<string, JsonValue> = new Map();

/** Annotations of members, and control information, are no annotations of the entity. */
function annotationsOf(json: JsonObject): ReadonlyMap<string, JsonValue> {
  const own = Object.keys(json).filter((name) => name.startsWith('@') && !annotationName(name).isControlInformation);
  return own.length === 0 ? NONE : new Map(own.map((name) => [name.slice(1), json[name]!]));
}

function relatedOf(draft: DraftReading, { kind }: Use): Pick<Draft, 'links' | 'children' | 'changes'> {
  if (kind === 'update' || kind === 'replace')
    return { links: [], children: [], changes: readChanges(draft, kind === 'update') };
  const related = readRelated(draft, (type, json, prefix) => readEntity(draft.payload, type, json, CHILD, prefix));
  return { ...related, changes: [] };
}

function completenessOf(use: Use, declared: StructuredType, { options }: PayloadReading): Completeness {
  if (use.kind === 'update' || use.kind === 'inline') return 'partial';
  return options.missing === 'required' && declared.kind === 'entity' ? 'demanded' : 'defaulted';
}

function requiredOf(use: Use): { required?: ReadonlySet<string> } {
  return use.required && use.kind !== 'update' && use.kind !== 'inline' ? { required: use.required } : {};
}

/** Control information that is a text: the entity's id, its ETag. */
function controlText(name: 'id' | 'etag', json: JsonObject, draft: DraftReading): string | undefined {
  const value = json[`@odata.${name}`] ?? json[`@${name}`];
  if (value === undefined || typeof value === 'string') return value;
  const target = `${draft.prefix}@odata.${name}`;
  draft.payload.violations.report('InvalidAnnotation', target, () => `'${target}' must be a string.`);
  return undefined;
}
