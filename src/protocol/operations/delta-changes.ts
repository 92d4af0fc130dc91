import { hasStatus } from '../../error/index.js';
import { planRead, type CollectionTarget, type ReadPlan } from '../../plan/index.js';
import type { Change, Row } from '../../store/index.js';
import { contextAnnotation, json } from '../answer.js';
import type { Exchange } from '../exchange.js';
import { preferenceApplied } from '../headers/preferences.js';
import { answerVersion } from '../headers/version.js';
import { changesContext } from '../payload/context-url.js';
import { keyMembers, withKey } from '../payload/delta-members.js';
import type { DeltaState } from '../payload/delta-token.js';
import { resourcePath } from '../payload/resource-path.js';
import type { ServiceResponse } from '../request.js';

import { memberText } from './collection-answer.js';
import type { Tracking } from './delta-tracking.js';
import { withStreamsOfAll } from './media-heads.js';
import { pagingOf } from './page.js';
import { planContextOf } from '../plan-context.js';

type Changes = Extract<DeltaState, { kind: 'changes' }>;

/** One page of what has changed since a token: entities in full, and those to be forgotten. [OData-JSON 15] */
export async function changesAnswer(
  exchange: Exchange<CollectionTarget>,
  tracking: Tracking,
  since: Extract<DeltaState, { kind: 'since' | 'changes' }>,
  applied: readonly string[],
): Promise<ServiceResponse> {
  const { target, tree, parts } = exchange;
  const { top, orderby, count, deltatoken, ...options } = tree.options;
  const read = planRead(target, options, { limit: undefined, skip: 0 }, planContextOf(exchange));
  const plan = { ...read, shape: withKey(read.shape, target.type) };
  const state = since.kind === 'changes' ? since : await firstPage(exchange, since.position);
  const size = Math.max(1, pagingOf(withoutTokens(exchange)).size);
  const { changes, hasMore } = await pageOf(exchange, plan, state, size, tracking);
  const link = hasMore
    ? `"@odata.nextLink":${JSON.stringify(tracking.link('$skiptoken', { ...state, after: changes.at(-1)!.position }))}`
    : `"@odata.deltaLink":${JSON.stringify(tracking.link('$deltatoken', { kind: 'since', position: state.next }))}`;
  const fragment = changesContext(target, plan.shape.contextList, parts.profile.delta);
  const texts = await writeChanges(exchange, plan, changes);
  const headers = preferenceApplied(applied);
  return json(exchange, 200, `{${contextAnnotation(exchange, fragment)}"value":[${texts.join(',')}],${link}}`, headers);
}

/** A request whose next pages are counted from its beginning. */
export function withoutTokens(exchange: Exchange<CollectionTarget>): Exchange<CollectionTarget> {
  const { skiptoken, deltatoken, ...options } = exchange.tree.options;
  return { ...exchange, tree: { ...exchange.tree, options } };
}

/**
 * All that is known now is told, in one answer of several pages; what turns up later among it, since it was not
 * committed yet, is told by the next answer.
 */
async function firstPage({ space }: Exchange, since: number): Promise<Changes> {
  const { latest, complete } = await space.logEnd();
  return { kind: 'changes', since, until: latest, after: since, next: Math.max(since, complete) };
}

async function pageOf(
  { space }: Exchange,
  plan: ReadPlan,
  { since, until, after }: Changes,
  size: number,
  tracking: Tracking,
): Promise<{ changes: Change[]; hasMore: boolean }> {
  const changes: Change[] = [];
  try {
    for await (const change of space.changes(plan, { since, until, after })) {
      if (changes.length === size) return { changes, hasMore: true };
      changes.push(change);
    }
  } catch (error) {
    throw hasStatus(error, 410) ? tracking.expired(error.message) : error;
  }
  return { changes, hasMore: false };
}

/** Each change as JSON text: the entity in full, or that it is to be forgotten. */
export async function writeChanges(
  exchange: Exchange<CollectionTarget>,
  plan: ReadPlan,
  changes: readonly Omit<Change, 'position'>[],
): Promise<string[]> {
  const present = changes.flatMap(({ row }) => (row === undefined ? [] : [row]));
  const rows = (await withStreamsOfAll(present, plan, exchange)).values();
  return changes.map((change) =>
    change.row === undefined ? removedText(exchange, change) : memberText(exchange, rows.next().value as Row, plan),
  );
}

/** An entity that clients have to forget. [OData-JSON 15.3] */
export function removedText(
  { target, request, format, parts }: Exchange<CollectionTarget>,
  change: Omit<Change, 'position' | 'row'>,
): string {
  const { collection, key, isDeleted } = change;
  const named = parts.model.type(change.type);
  const type = named?.kind === 'entity' ? named : target.declaredType;
  const path = resourcePath(type, { collection, key });
  return parts.profile.delta.writeRemoved({
    type: change.type,
    path,
    id: `${request.root}/${path}`,
    key: keyMembers(type, key, format.ieee754Compatible),
    reason: isDeleted ? 'deleted' : 'changed',
    context: `${request.root}/$metadata#${target.contextPath}/$deletedEntity`,
    version: answerVersion(request, parts.profile.versions),
  });
}
