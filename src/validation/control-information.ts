/** The name of an annotation: `@odata.type`, `members@odata.bind`, `@contoso.display`. [OData-JSON 4.6] */
export interface AnnotationName {
  /** The annotated member; empty where the object itself is annotated. */
  readonly member: string;
  /** Without the prefix `odata.`, which may be left out. */
  readonly term: string;
  /** Control information belongs to the protocol; all else are annotations with terms of some vocabulary. */
  readonly isControlInformation: boolean;
}

const PREFIX = 'odata.';

export function annotationName(name: string): AnnotationName {
  const at = name.indexOf('@');
  const member = name.slice(0, at);
  const term = name.slice(at + 1);
  if (term.startsWith(PREFIX)) return { member, term: term.slice(PREFIX.length), isControlInformation: true };
  return { member, term, isControlInformation: !term.includes('.') };
}

const OF_OBJECTS: ReadonlySet<string> = new Set([
  'context',
  'metadataEtag',
  'type',
  'id',
  'etag',
  'editLink',
  'readLink',
  'associationLink',
  'navigationLink',
  'mediaEditLink',
  'mediaReadLink',
  'mediaContentType',
  'mediaEtag',
  'count',
]);

const OF_MEMBERS: ReadonlySet<string> = new Set([...OF_OBJECTS, 'nextLink', 'deltaLink']);

/** Control information that says nothing a payload could change; clients send it back with entities that they read. */
export function isIgnorable({ member, term }: AnnotationName): boolean {
  return (member === '' ? OF_OBJECTS : OF_MEMBERS).has(term);
}

export const CONTROL_INFORMATION: readonly string[] = [...OF_OBJECTS, 'bind'].map((term) => `@${PREFIX}${term}`);
