import { badRequest } from '../../error/index.js';
import { containerOf, type CollectionTarget } from '../../plan/index.js';
import type { Row, Unit } from '../../store/index.js';
import { contextAnnotation, json, noContent } from '../answer.js';
import type { Exchange } from '../exchange.js';
import { appliedReturn, preferenceApplied, returnPreference } from '../headers/preferences.js';
import { collectionContext } from '../payload/context-url.js';
import { readJson } from '../payload/read-body.js';
import { typeOfRow } from '../row-type.js';
import { changeEntity } from '../writes/change-entity.js';
import { removeEntity } from '../writes/remove-entity.js';
import { writeContext } from '../writes/write-context.js';

import { membersOf } from './members-of.js';
import type { Operation } from './operation.js';
import { writtenMember } from './written-member.js';

/** `PATCH …/$filter(…)/$each`: the same change to every member, all or none. [OData-Protocol 11.4.13] */
export const updateEach: Operation<CollectionTarget> = {
  options: ['format'],
  async run(exchange) {
    const { target, parts, request, space } = exchange;
    const body = await readJson(request, parts.profile.limits.maxBody);
    if (body === undefined) throw badRequest('The request body is empty; an update needs a JSON object.');
    const rows = await space.write(async (unit) => {
      const context = writeContext(exchange, unit);
      const changed: Row[] = [];
      for (const row of await heldMembers(target, unit, exchange)) {
        const draft = parts.validator.read(typeOfRow(row, parts), body, { kind: 'update' });
        changed.push(await changeEntity(row, draft, 'update', containerOf(target, parts.model), context));
      }
      return changed;
    });
    if (returnPreference(exchange.preferences) !== 'representation') return noContent();
    return json(
      exchange,
      200,
      `{${contextAnnotation(exchange, collectionContext(target, ''))}"value":[${rows.map((row) => writtenMember(exchange, row)).join(',')}]}`,
      preferenceApplied(appliedReturn(exchange.preferences)),
    );
  },
};

/** `DELETE …/$filter(…)/$each`: removes every member, all or none. [OData-Protocol 11.4.14] */
export const deleteEach: Operation<CollectionTarget> = {
  options: [],
  async run(exchange) {
    const { target, parts, space } = exchange;
    await space.write(async (unit) => {
      const context = writeContext(exchange, unit);
      for (const row of await heldMembers(target, unit, exchange))
        await removeEntity(row, containerOf(target, parts.model), context);
    });
    return noContent();
  },
};

/** The members under the hand of this request alone, so that no other changes them before it ends. */
async function heldMembers(target: CollectionTarget, unit: Unit, exchange: Exchange): Promise<Row[]> {
  const held: Row[] = [];
  for (const row of await membersOf(target, unit, exchange)) {
    const present = await unit.hold(row);
    if (present !== undefined) held.push(present);
  }
  return held;
}
