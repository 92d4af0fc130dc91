import { badRequest } from '../../error/index.js';
import { containerOf, planRead, type CollectionTarget, type PlanContext } from '../../plan/index.js';
import type { Row, Unit } from '../../store/index.js';
import { contextAnnotation, json, noContent } from '../answer.js';
import { returnPreference } from '../headers/preferences.js';
import { collectionContext } from '../payload/context-url.js';
import { readJson } from '../payload/read-body.js';
import { typeOfRow } from '../row-type.js';
import { changeEntity } from '../writes/change-entity.js';
import { removeEntity } from '../writes/remove-entity.js';
import { writeContext } from '../writes/write-context.js';

import type { Operation } from './operation.js';
import { planContextOf } from './plan-context.js';
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
      for (const row of await membersOf(target, unit, planContextOf(exchange))) {
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
      [['Preference-Applied', 'return=representation']],
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
      for (const row of await membersOf(target, unit, planContextOf(exchange)))
        await removeEntity(row, containerOf(target, parts.model), context);
    });
    return noContent();
  },
};

async function membersOf(target: CollectionTarget, unit: Unit, context: PlanContext): Promise<Row[]> {
  const rows: Row[] = [];
  const plan = planRead(target, { aliases: context.aliases, custom: [] }, { limit: undefined, skip: 0 }, context);
  for await (const row of unit.read(plan)) rows.push(row);
  const held: Row[] = [];
  for (const row of rows) {
    const present = await unit.hold(row);
    if (present !== undefined) held.push(present);
  }
  return held;
}
