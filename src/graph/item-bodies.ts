import { isJsonObject, oncePer, type EntityType, type JsonObject } from '../edm/index.js';
import type { Preferences, Profile } from '../protocol/index.js';

import { linesOfHtml } from './text-of-html.js';
import { isOutlookItem } from './versioned-resources.js';

const PREFERENCE = 'outlook.body-content-type';
const BODY = 'microsoft.graph.itemBody';

/** Bodies in HTML as the text that they show, for clients who prefer text; what was written as text is no HTML. [Graph: Get message, Get event] */
export const shownBodies: Profile['shown'] = (type, document, { preferences }) => {
  if (!prefersText(preferences)) return document;
  const shown = bodiesOf(type).flatMap((name) => {
    const body = document[name] ?? null;
    return isJsonObject(body) && body['contentType'] === 'html' ? [[name, asText(body)] as const] : [];
  });
  return shown.length === 0 ? document : { ...document, ...Object.fromEntries(shown) };
};

export function appliedBodyType(type: EntityType | undefined, preferences: Preferences): string[] {
  const isApplied = prefersText(preferences) && type !== undefined && bodiesOf(type).length > 0;
  return isApplied ? [`${PREFERENCE}="text"`] : [];
}

function prefersText(preferences: Preferences): boolean {
  return preferences.get(PREFERENCE)?.toLowerCase() === 'text';
}

function asText(body: JsonObject): JsonObject {
  const { content } = body;
  return {
    ...body,
    contentType: 'text',
    content: typeof content === 'string' ? linesOfHtml(content) : (content ?? null),
  };
}

/** The properties of an Outlook item that are bodies. */
const bodiesOf = oncePer((type: EntityType): readonly string[] =>
  isOutlookItem(type)
    ? [...type.properties.values()].flatMap(({ name, type: { qualifiedName } }) =>
        qualifiedName === BODY ? [name] : [],
      )
    : [],
);
