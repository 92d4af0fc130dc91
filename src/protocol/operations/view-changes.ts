import { planRead, type CollectionTarget } from '../../plan/index.js';
import type { Change, Row } from '../../store/index.js';
import type { QueryOptions } from '../../url/index.js';
import { contextAnnotation, json } from '../answer.js';
import type { Exchange } from '../exchange.js';
import { preferenceApplied } from '../headers/preferences.js';
import { changesContext } from '../payload/context-url.js';
import { foreignToken, type DeltaState } from '../payload/delta-token.js';
import { planContextOf } from '../plan-context.js';
import type { ServiceResponse } from '../request.js';

import { withoutTokens, writeChanges } from './delta-changes.js';
import { trackingOf, type Tracking } from './delta-tracking.js';
import { appliedPageSize, pagingOf } from './page.js';
import {
  differences,
  NOTHING_SHOWN,
  pathOf,
  readSnapshot,
  snapshotOf,
  writeSnapshot,
  type ShownMember,
  type Snapshot,
} from './view-snapshot.js';

type Round = Extract<DeltaState, { kind: 'showing' }>;

/**
 * A page of what has changed in a computed collection since a client was last told of it; all has for one who begins. What
 * it was told is kept as a snapshot, since no log says what would have been computed then. [Graph: event: delta]
 */
export async function viewChanges(
  exchange: Exchange<CollectionTarget>,
  rows: readonly Row[],
  given: string | undefined,
): Promise<ServiceResponse> {
  const tracking = trackingOf(exchange, given);
  const round = await roundOf(exchange, rows, tracking);
  const [before, after] = [await named(round.known, exchange, tracking), await named(round.next, exchange, tracking)];
  const paging = pagingOf(withoutTokens(exchange));
  const all = differences(before, after);
  const told = round.told + Math.max(1, paging.size);
  const page = all.slice(round.told, told);
  const present = new Map(rows.map((row) => [pathOf(row), row]));
  const lost = page.filter((member) => after.has(pathOf(member)) && !present.has(pathOf(member)));
  const end = lost.length === 0 ? round.end : await withoutLost(exchange, round.end, lost, tracking);
  const link =
    told < all.length
      ? `"@odata.nextLink":${JSON.stringify(tracking.link('$skiptoken', { ...round, told, end }))}`
      : deltaLink(tracking, end);
  const changes = page.map((member) => {
    const path = pathOf(member);
    return { ...member, row: after.has(path) ? present.get(path) : undefined, isDeleted: true };
  });
  return answer(exchange, changes, link, appliedPageSize(exchange, paging));
}

/** No members, and the link to the changes that are to come. */
export async function viewFromNow(
  exchange: Exchange<CollectionTarget>,
  rows: readonly Row[],
): Promise<ServiceResponse> {
  const tracking = trackingOf(withoutTokens(exchange));
  const known = await keep(exchange, snapshotOf(rows));
  return answer(exchange, [], deltaLink(tracking, known), []);
}

/** Where a client stands, who goes on or begins a round: what it is told leads to what is shown at the round's beginning. */
async function roundOf(
  exchange: Exchange<CollectionTarget>,
  rows: readonly Row[],
  { state }: Tracking,
): Promise<Round> {
  if (state?.kind === 'showing') return state;
  if (state !== undefined && state.kind !== 'shown') throw foreignToken();
  const next = await keep(exchange, snapshotOf(rows));
  return { kind: 'showing', known: state?.known, next, told: 0, end: next };
}

async function named(key: string | undefined, { space }: Exchange, { expired }: Tracking): Promise<Snapshot> {
  if (key === undefined) return NOTHING_SHOWN;
  const text = await space.snapshot(key);
  if (text === undefined) throw expired('What was shown then is not known any more; start again.');
  return readSnapshot(text);
}

/** What went while pages were read has been told as gone, so that it is new where it comes back. */
async function withoutLost(
  exchange: Exchange,
  end: string,
  lost: readonly ShownMember[],
  tracking: Tracking,
): Promise<string> {
  const known = new Map(await named(end, exchange, tracking));
  for (const member of lost) known.delete(pathOf(member));
  return keep(exchange, known);
}

/** Snapshots are kept as long as tokens are good for. */
function keep({ space, parts }: Exchange, snapshot: Snapshot): Promise<string> {
  const now = parts.now();
  const { tokenAge } = parts.profile.delta;
  const before = tokenAge === undefined ? undefined : new Date(Date.parse(now) - tokenAge).toISOString();
  return space.write((unit) => unit.keepSnapshot(writeSnapshot(snapshot), now, before));
}

function deltaLink(tracking: Tracking, known: string): string {
  return `"@odata.deltaLink":${JSON.stringify(tracking.link('$deltatoken', { kind: 'shown', known }))}`;
}

async function answer(
  exchange: Exchange<CollectionTarget>,
  changes: readonly Omit<Change, 'position'>[],
  link: string,
  applied: readonly string[],
): Promise<ServiceResponse> {
  const { target, parts } = exchange;
  const plan = planRead(target, NO_OPTIONS, { limit: undefined, skip: 0 }, planContextOf(exchange));
  const fragment = changesContext(target, plan.shape.contextList, parts.profile.delta);
  const texts = await writeChanges(exchange, plan, changes);
  const text = `{${contextAnnotation(exchange, fragment)}"value":[${texts.join(',')}],${link}}`;
  return json(exchange, 200, text, preferenceApplied(applied));
}

const NO_OPTIONS: QueryOptions = { aliases: new Map(), custom: [] };
