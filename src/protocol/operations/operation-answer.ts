import type { Operation as EdmOperation } from '../../edm/index.js';
import {
  planRead,
  resultTarget,
  returnTypeOf,
  type CollectionTarget,
  type EntityTarget,
  type Given,
  type OperationTarget,
  type ReadPlan,
} from '../../plan/index.js';
import type { Row } from '../../store/index.js';
import type { QueryOptions } from '../../url/index.js';
import { contextAnnotation, json, noContent } from '../answer.js';
import type { Exchange } from '../exchange.js';
import { preferenceApplied } from '../headers/preferences.js';
import { collectionContext } from '../payload/context-url.js';
import type { ServiceResponse } from '../request.js';

import type { Outcome } from './call-operation.js';
import { memberText } from './collection-answer.js';
import { entityAnswer } from './entity-answer.js';
import { appliedPageSize, pagingOf } from './page.js';
import { planContextOf } from '../plan-context.js';
import { readMembers } from './read-aggregated.js';
import { readEntity } from './read-entity.js';
import { readResult, refuseResultOptions } from './read-result.js';
import { refuseOptions } from './refuse-options.js';

/** The result of an operation, as its return type says: nothing, a value, an entity, or several. [OData-Protocol 11.5.4.1, 11.5.5.1] */
export async function operationAnswer(exchange: Exchange<OperationTarget>, outcome: Outcome): Promise<ServiceResponse> {
  if (outcome.reference === undefined) return noContent();
  const target = resultTarget(exchange.target, outcome.operation, givenBy(outcome), planContextOf(exchange));
  switch (target.kind) {
    case 'result':
      return readResult.run({ ...exchange, target });
    case 'entity':
      return outcome.rows.length === 0 ? noContent() : entityResult({ ...exchange, target }, outcome);
    case 'collection':
      return membersResult({ ...exchange, target }, outcome);
  }
}

/** Refuses options that the result of an operation cannot have, before the operation does anything. */
export function refuseImpossible(exchange: Exchange<OperationTarget>, operation: EdmOperation): void {
  const { options } = exchange.tree;
  if (returnTypeOf(exchange.target, operation) === undefined) {
    refuseOptions({ options: ['format'] }, exchange);
    return;
  }
  const target = resultTarget(exchange.target, operation, undefined, planContextOf(exchange));
  if (target.kind === 'result') {
    refuseResultOptions({ ...exchange, target });
    return;
  }
  refuseOptions(target.kind === 'entity' ? readEntity : readMembers, { ...exchange, target });
  if (options.apply === undefined) shapeOf({ ...exchange, target });
}

export function givenBy({ reference, rows, value, isSample }: Outcome): Given {
  return reference?.type.kind === 'entity' ? { kind: 'rows', rows, isMadeUp: isSample } : { kind: 'value', value };
}

async function entityResult(exchange: Exchange<EntityTarget>, outcome: Outcome): Promise<ServiceResponse> {
  const plan = shapeOf(exchange);
  if (asksStore(exchange.tree.options, plan)) return readEntity.run(exchange);
  return entityAnswer(exchange, exchange.target, rowsOf(exchange.target, outcome)[0]!, plan, {
    alwaysType: exchange.target.contextPath === undefined,
  });
}

async function membersResult(exchange: Exchange<CollectionTarget>, outcome: Outcome): Promise<ServiceResponse> {
  const plan = shapeOf(exchange);
  if (asksStore(exchange.tree.options, plan)) return readMembers.run(exchange);
  const paging = pagingOf(exchange);
  const { skip } = paging.page;
  const all = rowsOf(exchange.target, outcome);
  const rows = all.slice(skip, skip + paging.size);
  const members = rows.map((row) => memberText(exchange, row, plan)).join(',');
  const hasMore = all.length > skip + paging.size;
  const nextLink = hasMore ? `,"@odata.nextLink":${JSON.stringify(paging.nextLink(rows.at(-1)!))}` : '';
  const context = contextAnnotation(exchange, collectionContext(exchange.target, plan.shape.contextList));
  const headers = preferenceApplied(appliedPageSize(exchange, paging));
  return json(exchange, 200, `{${context}"value":[${members}]${nextLink}}`, headers);
}

/** The rows as they are read with any options. */
function rowsOf({ source }: CollectionTarget | EntityTarget, { rows }: Outcome): readonly Row[] {
  return source.kind === 'given' ? source.rows : rows;
}

/** Whether there are options that the database answers, also of entities that it does not hold. */
function asksStore(options: QueryOptions, { shape }: ReadPlan): boolean {
  return shape.refined !== undefined || Object.keys(options).some((name) => !WITHOUT_STORE.includes(name));
}

const WITHOUT_STORE: readonly string[] = ['select', 'skiptoken', 'format', 'aliases', 'custom', 'schemaversion'];

function shapeOf(exchange: Exchange<CollectionTarget | EntityTarget>) {
  return planRead(exchange.target, exchange.tree.options, { limit: undefined, skip: 0 }, planContextOf(exchange));
}
