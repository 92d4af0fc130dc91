import type { ServiceError } from '../error/index.js';

interface Ways {
  readonly status?: number;
  readonly code: string;
}

type Codes = Readonly<Record<string, Ways>>;

/** Graph's spelling of errors that plain OData words differently. [Graph: Error responses] */
const GENERAL: Codes = {
  SegmentNotFound: { status: 400, code: 'BadRequest' },
  NotFound: { code: 'ResourceNotFound' },
  Gone: { code: 'syncStateNotFound' },
};

/** What the services behind Graph's gateway call their errors, by area. */
const AREAS: Readonly<Record<string, Codes>> = {
  /** [Graph: Resolve authorization errors, Combine multiple requests] */
  directory: {
    NotFound: { code: 'Request_ResourceNotFound' },
    BadRequest: { code: 'Request_BadRequest' },
    MethodNotAllowed: { code: 'Request_BadRequest' },
  },
  /** [Graph: Error responses and resource types, OneDrive] */
  files: {
    NotFound: { code: 'itemNotFound' },
    BadRequest: { code: 'invalidRequest' },
    Conflict: { code: 'nameAlreadyExists' },
    PreconditionFailed: { code: 'resourceModified' },
    NotImplemented: { code: 'notSupported' },
    MethodNotAllowed: { code: 'notAllowed' },
  },
  /** [Graph: Outlook mail API overview] */
  mail: { NotFound: { code: 'ErrorItemNotFound' } },
};

/** Which area answers for a path: its first segment, or a later one that is named here. */
const AREA_OF: ReadonlyMap<string, string> = new Map(
  Object.entries({
    directory: [
      'administrativeunits',
      'applications',
      'contacts',
      'deleteditems',
      'devices',
      'directory',
      'directoryobjects',
      'directoryroles',
      'groups',
      'me',
      'organization',
      'serviceprincipals',
      'users',
    ],
    files: ['drive', 'drives'],
    mail: ['calendar', 'calendars', 'contactfolders', 'events', 'mailfolders', 'messages'],
  }).flatMap(([area, names]) => names.map((name) => [name, area] as const)),
);

/** The status and code of an error as Graph writes them for a URL below the service root. */
export function graphCode(error: ServiceError, url: string): { readonly status: number; readonly code: string } {
  // Mistakes in a URL's query are found before any area is asked.
  const isOfGateway = error.code === 'BadRequest' && error.position !== undefined;
  const codes = isOfGateway ? undefined : AREAS[areaOf(url) ?? ''];
  const ways = codes?.[error.code] ?? GENERAL[error.code];
  return { status: ways?.status ?? error.status, code: ways?.code ?? error.code };
}

function areaOf(url: string): string | undefined {
  const [first, ...others] = url
    .split('?', 1)[0]!
    .split('/')
    .map((segment) => segment.replace(/\(.*$/, '').toLowerCase());
  const begins = AREA_OF.get(first ?? '');
  if (begins === undefined || begins === 'files') return begins;
  // The first other one is a key, which may have any name.
  const inner = (first === 'me' ? others : others.slice(1)).find((name) => AREA_OF.has(name) && name !== 'contacts');
  return inner === undefined ? begins : AREA_OF.get(inner);
}
