/** A `Content-Type`, taken apart. Names are in lower case. [RFC 9110 8.3.1] */
export interface MediaType {
  /** `multipart/mixed` */
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** Reads `multipart/mixed; boundary="a;b"`. What cannot be read as a parameter is none; the first of equal names counts. */
export function parseMediaType(header: string | undefined): MediaType {
  const [type] = (header ?? '').split(';', 1);
  const parameters = new Map<string, string>();
  for (const match of (header ?? '').slice(type!.length).matchAll(/;\s*([\w-]+)=("(?:[^"\\]|\\.)*"|[^\s;]*)/g)) {
    const name = match[1]!.toLowerCase();
    if (!parameters.has(name)) parameters.set(name, unquoted(match[2]!));
  }
  return { type: type!.trim().toLowerCase(), parameters };
}

/** JSON, or one of its subtypes: `application/json`, `application/scim+json`. */
export function isJson({ type }: MediaType): boolean {
  return type === 'application/json' || /^application\/.+\+json$/.test(type);
}

function unquoted(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text;
}
