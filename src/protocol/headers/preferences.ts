/** Preferences of a `Prefer` header: names in lower case without `odata.`, values unquoted, `true` for bare names. [RFC 7240] */
export type Preferences = ReadonlyMap<string, string>;

const NONE: Preferences = new Map();

/** What stands between commas, and what stands before a semicolon, but for those within quotes; linear in any text. */
const ITEMS = /(?:[^,"]|"(?:[^"\\]|\\.)*"?)+/g;
const BEFORE_PARAMETERS = /^(?:[^;"]|"(?:[^"\\]|\\.)*"?)*/;

/** Reads a `Prefer` header. What cannot be read as a preference is no preference; the first of equal names counts. */
export function readPreferences(header: string | undefined): Preferences {
  if (header === undefined) return NONE;
  const preferences = new Map<string, string>();
  for (const item of header.match(ITEMS) ?? []) {
    const [name = '', ...rest] = BEFORE_PARAMETERS.exec(item)![0].split('=');
    const key = name
      .trim()
      .toLowerCase()
      .replace(/^odata\./, '');
    if (key === '' || /[\s"]/.test(key) || preferences.has(key)) continue;
    const value = unquoted(rest.join('=').trim());
    preferences.set(key, value === '' ? 'true' : value);
  }
  return preferences;
}

function unquoted(text: string): string {
  return text.length > 1 && text.startsWith('"') && text.endsWith('"')
    ? text.slice(1, -1).replace(/\\(.)/g, '$1')
    : text;
}

/** What a write answers with, by the `return` preference. [OData-Protocol 8.2.8.7] */
export function returnPreference(preferences: Preferences): 'minimal' | 'representation' | undefined {
  const value = preferences.get('return');
  return value === 'minimal' || value === 'representation' ? value : undefined;
}

/** The `return` preference among those that were honoured. */
export function appliedReturn(preferences: Preferences): readonly string[] {
  const preference = returnPreference(preferences);
  return preference === undefined ? [] : [`return=${preference}`];
}

/** The header that names the preferences which were honoured; none where none was. [OData-Protocol 8.3.8] */
export function preferenceApplied(applied: readonly string[]): [string, string][] {
  return applied.length === 0 ? [] : [['Preference-Applied', applied.join(', ')]];
}
