import { planRead, type CollectionTarget } from '../../plan/index.js';
import type { Exchange } from '../exchange.js';
import { withKey } from '../payload/delta-members.js';
import { foreignToken, isDeltaToken } from '../payload/delta-token.js';
import type { ServiceResponse } from '../request.js';

import { collectionAnswer } from './collection-answer.js';
import { changesAnswer, withoutTokens } from './delta-changes.js';
import { isTrackable, trackingOf, type Tracking } from './delta-tracking.js';
import { pagingOf, type Paging } from './page.js';
import { planContextOf } from '../plan-context.js';

const TRACKING = 'odata.track-changes';

/** Whether a request for a collection begins or goes on to follow its changes. [OData-Protocol 8.2.8.9, 11.3] */
export function followsChanges(exchange: Exchange<CollectionTarget>): boolean {
  const { skiptoken, deltatoken } = exchange.tree.options;
  if (skiptoken !== undefined) return isDeltaToken(skiptoken.value);
  return deltatoken !== undefined || (exchange.preferences.has('track-changes') && isTrackable(exchange));
}

/** A page of the collection, or of its changes, as the token says; `given` is a token from elsewhere. */
export async function follow(exchange: Exchange<CollectionTarget>, given?: string): Promise<ServiceResponse> {
  const applied = exchange.preferences.has('track-changes') ? [TRACKING] : [];
  const tracking = trackingOf(exchange, given);
  const { state } = tracking;
  if (state === undefined || state.kind === 'load') return load(exchange, tracking, applied);
  if (state.kind === 'shown' || state.kind === 'showing') throw foreignToken();
  return changesAnswer(exchange, tracking, state, applied);
}

/** The position comes before the first page: what changes while pages are read is told afterwards, perhaps once more. */
async function load(
  exchange: Exchange<CollectionTarget>,
  tracking: Tracking,
  applied: readonly string[],
): Promise<ServiceResponse> {
  const { target, space, request } = exchange;
  const { state, url } = tracking;
  const plain = { ...withoutTokens(exchange), request: { ...request, url } };
  const paged = state?.kind === 'load' ? withSkipToken(plain, state.page) : plain;
  const position = state?.kind === 'load' ? state.position : (await space.logEnd()).complete;
  const own = pagingOf(paged);
  const paging: Paging = {
    ...own,
    nextLink: (last) => tracking.link('$skiptoken', { kind: 'load', position, page: own.nextToken(last) }),
    deltaLink: () => tracking.link('$deltatoken', { kind: 'since', position }),
  };
  const plan = planRead(target, paged.tree.options, paging.page, planContextOf(paged));
  const shape = withKey(plan.shape, target.type);
  const shown = exchange.parts.profile.delta.namesSelected ? shape : { ...shape, contextList: '' };
  return collectionAnswer(paged, paging, { ...plan, shape: shown }, applied);
}

function withSkipToken(exchange: Exchange<CollectionTarget>, value: string): Exchange<CollectionTarget> {
  const { tree } = exchange;
  return { ...exchange, tree: { ...tree, options: { ...tree.options, skiptoken: { value, text: value, at: 0 } } } };
}
