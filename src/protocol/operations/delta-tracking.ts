import { isCsdlObject } from '../../edm/index.js';
import { badRequest, gone } from '../../error/index.js';
import type { CollectionTarget, Source } from '../../plan/index.js';
import type { Exchange } from '../exchange.js';
import { readDeltaToken, writeDeltaToken, type DeltaState } from '../payload/delta-token.js';
import { canonicalQuery } from '../payload/next-link.js';

const CHANGE_TRACKING = 'Org.OData.Capabilities.V1.ChangeTracking';

/** One request of a client that follows a collection: where it stands, and the links to go on with. */
export interface Tracking {
  /** Undefined at the very beginning. */
  readonly state: DeltaState | undefined;
  /** The request without its token, below the service root. */
  readonly url: string;
  /** `$skiptoken` for what follows within the same answer, `$deltatoken` for what is to come. */
  link(option: '$skiptoken' | '$deltatoken', state: DeltaState): string;
  /** 410, with the place to start again. */
  expired(message: string): Error;
}

/** Reads the token of a request, be it for a page or for changes; `given` is a token from elsewhere. */
export function trackingOf(exchange: Exchange, given?: string): Tracking {
  const { request, tree, parts } = exchange;
  const { tokenSecret, delta } = parts.profile;
  const { skiptoken, deltatoken, ...options } = tree.options;
  if (skiptoken !== undefined && deltatoken !== undefined)
    throw badRequest('$skiptoken and $deltatoken exclude each other.', { target: '$deltatoken' });
  const [path = '', rawQuery = ''] = request.url.split(/\?(.*)/s);
  const query = canonicalQuery(options, rawQuery);
  const plainPath = path.replace(/\((token=.*)?\)$/i, '');
  const url = `${plainPath}${query === '' ? '' : `?${query}`}`;
  const now = Date.parse(parts.now());
  const expired = (message: string): Error => gone(message, { headers: { Location: `${request.root}/${url}` } });
  const token = given ?? deltatoken?.value ?? skiptoken?.value;
  const read = token === undefined ? undefined : readDeltaToken(token, url, tokenSecret);
  if (read !== undefined && delta.tokenAge !== undefined && now - read.issued > delta.tokenAge)
    throw expired('The token has expired; start again.');
  return {
    state: read?.state,
    url,
    link: (option, state) => {
      const next = writeDeltaToken(state, now, url, tokenSecret);
      return `${request.root}/${plainPath}?${query === '' ? '' : `${query}&`}${option}=${next}`;
    },
    expired,
  };
}

/** Whether changes of a collection can be told, with the options of the request. [Capabilities ChangeTracking] */
export function isTrackable({ target, tree, parts }: Exchange<CollectionTarget>): boolean {
  const { top, skip, apply } = tree.options;
  if (skip !== undefined || apply !== undefined || (top !== undefined && !parts.profile.topIsPageSize)) return false;
  return hasKnownChanges(target.source) && !isDeclaredUntracked(target);
}

/** Whether the schema says that changes of a collection are not told. [Capabilities ChangeTracking] */
export function isDeclaredUntracked({ origin }: CollectionTarget): boolean {
  const tracking = origin?.annotation(CHANGE_TRACKING);
  return isCsdlObject(tracking) && tracking['Supported'] === false;
}

/** Whether the store can say what may have changed in a source: within collections, and one link away from an entity. */
function hasKnownChanges(source: Source): boolean {
  if (source.kind === 'collections') return true;
  if (source.kind === 'matching') return hasKnownChanges(source.of);
  if (source.kind !== 'related' || (source.relation.kind === 'linked' && source.relation.isTransitive)) return false;
  return source.relation.kind === 'constrained' || source.of.kind === 'entity';
}
