import type { EntityTarget, ReadPlan } from '../../plan/index.js';
import type { Row } from '../../store/index.js';
import { contextAnnotation, json } from '../answer.js';
import type { Exchange } from '../exchange.js';
import { etagOf } from '../headers/etag.js';
import { entityContext } from '../payload/context-url.js';
import { showsControl } from '../payload/shown-control.js';
import type { ServiceResponse } from '../request.js';
import { typeOfRow } from '../row-type.js';

import { declaresConcurrency } from '../restrictions.js';

/** An answer that is one entity, with its ETag where entities of this place have one. [OData-JSON 6] */
export function entityAnswer(
  exchange: Exchange,
  target: EntityTarget,
  row: Row,
  { shape, embed, compute }: Pick<ReadPlan, 'shape' | 'embed'> & Partial<Pick<ReadPlan, 'compute'>>,
  {
    status = 200,
    alwaysType = false,
    headers = [],
  }: {
    status?: number;
    alwaysType?: boolean;
    headers?: Iterable<readonly [string, string]>;
  } = {},
): ServiceResponse {
  const etag = etagFor(exchange, target, row);
  const { isMadeUp = false } = target;
  const body = exchange.parts.writer.write(row, {
    declaredType: target.type,
    shape,
    embed,
    ...(compute === undefined ? {} : { compute }),
    format: exchange.format,
    preferences: exchange.preferences,
    root: exchange.request.root,
    alwaysType: alwaysType || isMadeUp,
    isMadeUp,
    isNew: status === 201,
    ...(exchange.parts.profile.expandedContexts ? { contextPath: target.contextPath } : {}),
    head: contextAnnotation(exchange, entityContext(target, shape.contextList)),
    ...(etag === undefined ? {} : { etag }),
  });
  return json(exchange, status, body, etag === undefined ? headers : [['ETag', etag], ...headers]);
}

export function etagFor(
  exchange: Exchange,
  target: Pick<EntityTarget, 'origin' | 'type'>,
  row: Row,
): string | undefined {
  const { profile } = exchange.parts;
  const hasEtag =
    profile.etags === 'always' ||
    profile.hasEtag(typeOfRow(row, exchange.parts, target.type)) ||
    showsControl(row, '@odata.etag') ||
    declaresConcurrency(target.origin, target.type);
  return hasEtag ? etagOf(row) : undefined;
}
