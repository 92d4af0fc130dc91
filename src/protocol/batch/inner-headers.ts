import type { BatchRules } from './batch-rules.js';

type Headers = ReadonlyMap<string, string>;

/** Preferences that requests without their own have from the whole batch. [OData-Protocol 8.2.8.1, 8.2.8.4] */
const INHERITED_PREFERENCES = /^(odata\.)?(allow-entityreferences|include-annotations)\b/i;

/** The headers of one request of a batch, with what it inherits. [OData-Protocol 8.1, 8.2] */
export function innerHeaders(own: Headers, outer: Headers, { inheritedHeaders }: BatchRules): Headers {
  const headers = new Map(own);
  for (const name of inheritedHeaders) inherit(headers, name, outer.get(name));
  inherit(headers, 'accept', inheritedAccept(outer.get('accept')));
  const preferences = inheritedPreferences(own.get('prefer'), outer.get('prefer'));
  if (preferences !== undefined) headers.set('prefer', preferences);
  return headers;
}

function inherit(headers: Map<string, string>, name: string, value: string | undefined): void {
  if (value !== undefined && !headers.has(name)) headers.set(name, value);
}

/**
 * Only parameters of JSON, such as `odata.metadata=none`: what is acceptable as the whole batch need not be so for an
 * image or a count in it.
 */
function inheritedAccept(accept: string | undefined): string | undefined {
  const range = accept?.split(',').find((each) => /^\s*application\/json\s*;/i.test(each));
  return range === undefined ? undefined : `${range.trim()}, */*;q=0.1`;
}

function inheritedPreferences(own: string | undefined, outer: string | undefined): string | undefined {
  const inherited = (outer?.match(/(?:"(?:[^"\\]|\\.)*"|[^,"])+/g) ?? [])
    .map((each) => each.trim())
    .filter((each) => INHERITED_PREFERENCES.test(each));
  if (inherited.length === 0) return undefined;
  return [...(own === undefined ? [] : [own]), ...inherited].join(', ');
}
