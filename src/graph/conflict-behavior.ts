import type { JsonValue } from '../edm/index.js';
import { badRequest } from '../error/index.js';
import type { Middleware } from '../protocol/index.js';

/** What is done about a name that is taken. [Graph: driveItem resource type, instance attributes] */
export type ConflictBehavior = 'fail' | 'replace' | 'rename';

const TERM = 'microsoft.graph.conflictBehavior';
const BEHAVIORS: readonly ConflictBehavior[] = ['fail', 'replace', 'rename'];

const OPTION = /^(?:@|%40)microsoft\.graph\.conflictBehavior(?:=(.*))?$/is;
const OF_DRIVES = /(?:^|\/)(?:drives?|driveItem)(?=[/(:]|$)/i;
const WRITES: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/**
 * `?@microsoft.graph.conflictBehavior=rename` in the URL of a write says the same as in its body, where bytes have no
 * place for it. [Graph: Upload or replace the contents of a driveItem]
 */
export const readConflictBehavior: Middleware = (request, next) => {
  if (!WRITES.has(request.method) || !request.url.includes('?')) return next(request);
  const [path = '', ...rest] = request.url.split('?');
  const options = rest.join('?').split('&');
  const given = options.map((each) => OPTION.exec(each)).filter((match) => match !== null);
  if (given.length === 0 || !OF_DRIVES.test(path)) return next(request);
  if (given.length > 1) throw badRequest(`The query option '@${TERM}' must not appear more than once.`);
  const others = options.filter((each) => !OPTION.test(each)).join('&');
  const annotations = new Map([...(request.annotations ?? []), [TERM, decoded(given[0]![1] ?? '')] as const]);
  return next({ ...request, url: others === '' ? path : `${path}?${others}`, annotations });
};

/** Some clients quote it, as they would a string. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text).replace(/^'(.*)'$/, '$1');
  } catch {
    return text;
  }
}

/** What an entity's annotations say; undefined where they say nothing of it. */
export function conflictBehaviorOf(annotations: ReadonlyMap<string, JsonValue>): ConflictBehavior | undefined {
  const value = annotations.get(TERM) ?? null;
  if (value === null) return undefined;
  const known = BEHAVIORS.find((each) => each === String(value).toLowerCase());
  if (known !== undefined) return known;
  throw badRequest(`'@${TERM}' is one of ${BEHAVIORS.join(', ')}, not '${String(value).slice(0, 50)}'.`, {
    target: `@${TERM}`,
  });
}

/** Bytes that are written to a name replace what has it, unless another behaviour is asked for. */
export function overwritesNamed(annotations: ReadonlyMap<string, JsonValue>): boolean {
  return (conflictBehaviorOf(annotations) ?? 'replace') === 'replace';
}
