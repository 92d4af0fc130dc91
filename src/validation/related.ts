import {
  isJsonObject,
  type EntityType,
  type JsonObject,
  type JsonValue,
  type NavigationProperty,
} from '../edm/index.js';

import type { ChildDraft, Draft, LinkDraft } from './draft.js';
import { describeKind } from './json-kind.js';
import type { DraftReading, RelatedValue } from './object-reading.js';
import type { ViolationCode } from './violations.js';

/** Reads an entity inside a payload; undefined where something is wrong with it, which is then reported. */
export type ReadChild = (type: EntityType, json: JsonObject, prefix: string) => Draft | undefined;

export interface Related {
  readonly links: readonly LinkDraft[];
  readonly children: readonly ChildDraft[];
}

const NONE: Related = { links: [], children: [] };

/** Reads what a payload says about related entities. [OData-JSON 8.5] [OData-Protocol 11.4.2.2] */
export function readRelated(draft: DraftReading, readChild: ReadChild): Related {
  if (draft.related.length === 0) return NONE;
  const links: LinkDraft[] = [];
  const children: ChildDraft[] = [];
  for (const value of draft.related) {
    const read = readEither(value, draft, readChild);
    const { property, within } = value;
    if (read?.ids) links.push({ property, within, ids: read.ids });
    if (read?.drafts !== undefined) children.push({ property, within, drafts: read.drafts });
  }
  return { links, children };
}

function readEither(value: RelatedValue, draft: DraftReading, readChild: ReadChild): RelatedReading | undefined {
  switch (value.as) {
    case 'binding':
      return readBinding(value, draft);
    case 'value':
      return readValue(value, draft, readChild);
    case 'delta': {
      const target = `${targetOf(value, draft)}@odata.delta`;
      return complain(draft, 'InvalidAnnotation', `'${target}' lists changes, and there is nothing yet.`, target);
    }
  }
}

interface RelatedReading {
  readonly ids?: readonly string[];
  readonly drafts?: readonly Draft[] | null;
}

/** `"manager@odata.bind": "users('1')"`, `"members@odata.bind": ["users/1", "users/2"]`. [OData-JSON 8.5] */
export function readBinding(value: RelatedValue, draft: DraftReading): RelatedReading | undefined {
  const { property, json } = value;
  const target = `${targetOf(value, draft)}@odata.bind`;
  if (property.isCollection) {
    if (Array.isArray(json) && json.every((id) => typeof id === 'string')) return { ids: json };
    return complain(draft, 'InvalidAnnotation', `'${target}' must be an array of URLs.`, target);
  }
  if (typeof json === 'string') return { ids: [json] };
  if (json === null && property.isNullable) return { drafts: null };
  return complain(
    draft,
    'InvalidAnnotation',
    `'${target}' must be a URL in a string, not ${describeKind(json)}.`,
    target,
  );
}

/** The path of a navigation property in the payload. */
export function targetOf({ property, within }: RelatedValue, { prefix }: DraftReading): string {
  return prefix + [...within, property.name].join('/');
}

function readValue(value: RelatedValue, draft: DraftReading, readChild: ReadChild): RelatedReading | undefined {
  const { property, json } = value;
  const target = targetOf(value, draft);
  if (!property.isCollection) {
    if (json !== null) return readItems([json], () => target, property, draft, readChild);
    if (property.isNullable) return { drafts: null };
    return complain(draft, 'NullNotAllowed', `The navigation property '${target}' must not be null.`, target);
  }
  if (Array.isArray(json)) return readItems(json, (index) => `${target}/${index}`, property, draft, readChild);
  const message = `The navigation property '${target}' must be an array of ${property.reference.typeName}, not ${describeKind(json)}.`;
  return complain(draft, 'InvalidType', message, target);
}

/** Objects with nothing but control information are references to entities that exist, the others are new ones. [OData-JSON 14] */
function readItems(
  items: readonly JsonValue[],
  targetOf: (index: number) => string,
  property: NavigationProperty,
  draft: DraftReading,
  readChild: ReadChild,
): RelatedReading {
  const ids: string[] = [];
  const drafts: Draft[] = [];
  for (const [index, item] of items.entries()) {
    const target = targetOf(index);
    const id = referenceId(item);
    if (id !== undefined) {
      ids.push(id);
    } else if (isJsonObject(item)) {
      const child = readChild(property.type, item, `${target}/`);
      if (child) drafts.push(child);
    } else {
      const message = `The navigation property '${target}' must be an object of type ${property.reference.typeName}, not ${describeKind(item)}.`;
      complain(draft, item === null ? 'NullNotAllowed' : 'InvalidType', message, target);
    }
  }
  return { ...(ids.length > 0 && { ids }), ...((drafts.length > 0 || ids.length === 0) && { drafts }) };
}

/** The URL of an entity reference, `{"@odata.id": "users/1"}`; undefined for everything else. [OData-JSON 14] */
export function referenceId(json: JsonValue): string | undefined {
  if (!isJsonObject(json)) return undefined;
  const id = json['@odata.id'] ?? json['@id'];
  return typeof id === 'string' && Object.keys(json).every((name) => name.startsWith('@')) ? id : undefined;
}

export function complain(draft: DraftReading, code: ViolationCode, message: string, target: string): undefined {
  draft.payload.violations.report(code, target, () => message);
  return undefined;
}
