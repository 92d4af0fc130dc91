/** Preferences of a `Prefer` header: names in lower case without `odata.`, values unquoted, `true` for bare names. [RFC 7240] */
export type Preferences = ReadonlyMap<string, string>;

const NONE: Preferences = new Map();

/** Reads a `Prefer` header. What cannot be read as a preference is no preference; the first of equal names counts. */
export function readPreferences(header: string | undefined): Preferences {
  if (header === undefined) return NONE;
  const preferences = new Map<string, string>();
  for (const match of header.matchAll(/([^\s=,;"]+)\s*(?:=\s*("(?:[^"\\]|\\.)*"|[^,;"]*))?(?:;[^,]*)?(?:,|$)/g)) {
    const name = match[1]!.toLowerCase().replace(/^odata\./, '');
    const value = match[2]?.trim() ?? '';
    if (!preferences.has(name)) preferences.set(name, value === '' ? 'true' : value.replace(/^"(.*)"$/, '$1'));
  }
  return preferences;
}

/** What a write answers with, by the `return` preference. [OData-Protocol 8.2.8.7] */
export function returnPreference(preferences: Preferences): 'minimal' | 'representation' | undefined {
  const value = preferences.get('return');
  return value === 'minimal' || value === 'representation' ? value : undefined;
}
