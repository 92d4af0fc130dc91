import { badRequest, ServiceError } from '../../error/index.js';
import type { CollectionTarget } from '../../plan/index.js';
import { contextAnnotation, json, noContent } from '../answer.js';
import type { Exchange } from '../exchange.js';
import { appliedReturn, preferenceApplied, returnPreference } from '../headers/preferences.js';
import { collectionContext } from '../payload/context-url.js';
import { writeFailedChange, type FailedChange } from '../payload/failed-change.js';
import { readJson } from '../payload/read-body.js';
import { readDelta, type DeltaItem } from '../payload/read-delta.js';
import type { ServiceResponse } from '../request.js';
import { typeOfRow } from '../row-type.js';
import { applyChange, membersOf, operationOf, type Applied } from '../writes/apply-change.js';
import type { Members } from '../writes/members.js';
import { writeContext, type WriteContext } from '../writes/write-context.js';

import { removedText } from './delta-changes.js';
import type { Operation } from './operation.js';
import { refuseDelta } from '../restrictions.js';
import { writtenMember } from './written-member.js';

type Outcome = { readonly change: DeltaItem } & (
  { readonly applied: Applied } | { readonly failed: Omit<FailedChange, 'item'> }
);

/**
 * `PATCH` of a collection: a list of changes, all or none, or as many as can be made where the client prefers to go on.
 * [OData-Protocol 11.4.12]
 */
export const updateCollection: Operation<CollectionTarget> = {
  options: ['format'],
  async run(exchange) {
    const { target, parts, request, space, preferences } = exchange;
    refuseWholeUpdate(exchange);
    refuseDelta(target.origin);
    const changes = readDelta(await readJson(request, parts.profile.limits.maxBody));
    const preference = preferences.get('continue-on-error');
    const goesOn = preference !== undefined && preference !== 'false';
    const outcomes = await space.write(async (unit) => {
      const context = writeContext(exchange, unit);
      const members = await membersOf(target, context);
      const results: Outcome[] = [];
      for (const change of changes) results.push(await outcomeOf(change, members, goesOn, context));
      return results;
    });
    return answer(exchange, outcomes, goesOn);
  },
};

/** A collection is updated or replaced as a whole. [OData-Protocol 11.4.12] */
export function refuseWholeUpdate({ target: { source, typeNames, contextPath } }: Exchange<CollectionTarget>): void {
  const isWhole = source.kind === 'collections' || source.kind === 'related';
  if (!isWhole || typeNames !== undefined || contextPath === undefined)
    throw badRequest('A collection is updated as a whole: its path must not have casts or filters, or end in $each.');
}

async function outcomeOf(
  change: DeltaItem,
  members: Members,
  goesOn: boolean,
  context: WriteContext,
): Promise<Outcome> {
  if (!goesOn) return { change, applied: await applyChange(change, members, context) };
  try {
    return { change, applied: await context.unit.part(() => applyChange(change, members, context)) };
  } catch (error) {
    if (!(error instanceof ServiceError) || error.status >= 500) throw error;
    return { change, failed: { error, type: members.type, operation: await operationOf(change, members, context) } };
  }
}

function answer(exchange: Exchange<CollectionTarget>, outcomes: readonly Outcome[], goesOn: boolean): ServiceResponse {
  const isWhole = returnPreference(exchange.preferences) === 'representation';
  const hasFailed = outcomes.some((outcome) => 'failed' in outcome);
  const continued = goesOn ? ['continue-on-error=true'] : [];
  const headers = preferenceApplied([...appliedReturn(exchange.preferences), ...continued]);
  if (!isWhole && !hasFailed) return noContent(headers);
  const texts = outcomes.flatMap((outcome) => {
    if ('failed' in outcome) return writeFailedChange({ item: outcome.change, ...outcome.failed });
    return isWhole ? appliedText(exchange, outcome.change, outcome.applied) : [];
  });
  const context = contextAnnotation(exchange, `${collectionContext(exchange.target, '')}/$delta`);
  return json(exchange, 200, `{${context}"value":[${texts.join(',')}]}`, headers);
}

function appliedText(exchange: Exchange<CollectionTarget>, change: DeltaItem, applied: Applied): string {
  switch (applied.kind) {
    case 'link':
      return JSON.stringify(change.json);
    case 'removed': {
      const { collection, key, type } = applied.row;
      return removedText(exchange, { collection, key, type, isDeleted: applied.reason === 'deleted' });
    }
    case 'put':
      return writtenMember(exchange, applied.row, typeOfRow(applied.row, exchange.parts));
  }
}
