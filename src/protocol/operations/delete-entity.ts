import { containerOf, pathOfAddress, type EntityTarget } from '../../plan/index.js';
import { noContent } from '../answer.js';
import { noSuchEntity } from '../headers/etag.js';
import { removeEntity } from '../writes/remove-entity.js';
import { writeContext } from '../writes/write-context.js';

import { holdEntity } from './hold.js';
import type { Operation } from './operation.js';

/** `DELETE` of an entity, with all that it contains. [OData-Protocol 11.4.5] */
export const deleteEntity: Operation<EntityTarget> = {
  options: [],
  async run(exchange) {
    const { target, parts, space } = exchange;
    await space.write(async (unit) => {
      const row = await holdEntity(exchange, target, unit);
      if (row.version === 0) throw noSuchEntity(pathOfAddress(row));
      await removeEntity(row, containerOf(target, parts.model), writeContext(exchange, unit));
    });
    return noContent();
  },
};
