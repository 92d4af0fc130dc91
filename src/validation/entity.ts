import type { JsonObject, StructuredType } from '../edm/index.js';

import { checkObject } from './check-object.js';
import { documentOf } from './document.js';
import type { Draft, Use } from './draft.js';
import type { Completeness, DraftReading, PayloadReading } from './object-reading.js';
import { readRelated } from './related.js';
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
  const draft: DraftReading = { payload, prefix, sent: new Map(), related: [] };
  const place = { declared, path: '', completeness: completenessOf(use, declared, payload), ...requiredOf(use) };
  const taken = takeApart(json, place, draft);
  if (!('object' in taken)) {
    const target = prefix + taken.at;
    violations.report(taken.code, target, () => taken.writeMessage(target));
    return undefined;
  }
  checkObject(taken.object);
  const id = entityId(json, draft);
  const related = readRelated(draft, (type, child, childPrefix) =>
    readEntity(payload, type, child, CHILD, childPrefix),
  );
  if (!violations.isEmpty) return undefined;
  const { type, typeWasGiven, object } = taken;
  return { type, typeWasGiven, document: documentOf(object), sent: draft.sent, ...related, id };
}

function completenessOf(use: Use, declared: StructuredType, { options }: PayloadReading): Completeness {
  if (use.kind === 'update') return 'partial';
  return options.missing === 'required' && declared.kind === 'entity' ? 'demanded' : 'defaulted';
}

function requiredOf(use: Use): { required?: ReadonlySet<string> } {
  return use.required && use.kind !== 'update' ? { required: use.required } : {};
}

function entityId(json: JsonObject, draft: DraftReading): string | undefined {
  const id = json['@odata.id'] ?? json['@id'];
  if (id === undefined || typeof id === 'string') return id;
  const target = `${draft.prefix}@odata.id`;
  draft.payload.violations.report('InvalidAnnotation', target, () => `'${target}' must be a URL in a string.`);
  return undefined;
}
