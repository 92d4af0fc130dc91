import { pathOfAddress, type EntityTarget } from '../../plan/index.js';
import { preconditionRequired } from '../../error/index.js';
import type { Row, Unit } from '../../store/index.js';
import type { Exchange } from '../exchange.js';
import { checkConditions } from '../headers/etag.js';

import { locate } from '../locate.js';
import { locateStored } from '../materialize.js';
import { demandsCondition } from '../restrictions.js';
import { isComputed } from '../row-kind.js';

/**
 * The entity that a request is about to change, under the request's conditions. No other request changes it before
 * this one ends: writers of one entity come one after another. [OData-Protocol 11.4.1.1]
 */
export async function holdEntity(exchange: Exchange, target: EntityTarget, unit: Unit): Promise<Row> {
  return underConditions(
    exchange,
    target,
    await held(await locate(target, unit, exchange.parts), target, exchange, unit),
  );
}

/** The same for changes that need a row: an entity that is there without one gets it now. */
export async function holdStored(exchange: Exchange, target: EntityTarget, unit: Unit): Promise<Row> {
  const row = await locateStored(target, unit, exchange.parts);
  return underConditions(exchange, target, await held(row, target, exchange, unit));
}

/** Its row as it is once all others are done with it; where one has removed it, there is none any more. */
async function held(row: Row, target: EntityTarget, { parts }: Exchange, unit: Unit): Promise<Row> {
  if (row.version === 0) return row;
  if (isComputed(row)) await unit.claim(pathOfAddress(row));
  return (await unit.hold(row)) ?? locate(target, unit, parts);
}

function underConditions({ request, parts }: Exchange, { origin }: EntityTarget, row: Row): Row {
  if (parts.profile.demandsConditions && demandsCondition(origin) && !request.headers.has('if-match'))
    throw preconditionRequired(`Changes of '${origin?.name ?? ''}' need an If-Match header with the ETag, or with *.`);
  checkConditions(request, row);
  return row;
}
