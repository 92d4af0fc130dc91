import { planRead, type CollectionTarget } from '../../plan/index.js';
import type { Row } from '../../store/index.js';
import { contextAnnotation, json, noContent } from '../answer.js';
import { appliedReturn, preferenceApplied, returnPreference } from '../headers/preferences.js';
import { collectionContext } from '../payload/context-url.js';
import { readJson } from '../payload/read-body.js';
import { readMembers } from '../payload/read-delta.js';
import { membersOf } from '../writes/apply-change.js';
import { changeEntity } from '../writes/change-entity.js';
import { replaceMembers } from '../writes/change-related.js';
import { writeContext } from '../writes/write-context.js';

import type { Operation } from './operation.js';
import { planContextOf } from '../plan-context.js';
import { refuseWholeUpdate } from './update-collection.js';
import { writtenMember } from './written-member.js';

/** `PUT` of a collection: the entities given are all that it has afterwards, or nothing changes. [OData-Protocol 11.4.12] */
export const replaceCollection: Operation<CollectionTarget> = {
  options: ['format'],
  async run(exchange) {
    const { target, parts, request, space, preferences } = exchange;
    refuseWholeUpdate(exchange);
    const items = readMembers(await readJson(request, parts.profile.limits.maxBody));
    const rows = await space.write(async (unit) => {
      const context = writeContext(exchange, unit);
      const members = await membersOf(target, context);
      const all = planRead(
        target,
        { aliases: new Map(), custom: [] },
        { limit: undefined, skip: 0 },
        planContextOf(exchange),
      );
      const before: Row[] = [];
      for await (const row of unit.read(all)) before.push(row);
      return replaceMembers(items, before, members, { verb: 'replace', changeEntity }, context);
    });
    const headers = preferenceApplied(appliedReturn(preferences));
    if (returnPreference(preferences) !== 'representation') return noContent(headers);
    const texts = rows.map((row) => writtenMember(exchange, row));
    const context = contextAnnotation(exchange, collectionContext(target, ''));
    return json(exchange, 200, `{${context}"value":[${texts.join(',')}]}`, headers);
  },
};
