import { conflict } from '../../error/index.js';
import type { EntityTarget } from '../../plan/index.js';
import { noContent } from '../answer.js';
import { checkConditions } from '../headers/etag.js';

import { locate } from './locate.js';
import type { Operation } from './operation.js';

/** `DELETE` of an entity, with all that it contains. [OData-Protocol 11.4.5] */
export const deleteEntity: Operation<EntityTarget> = {
  options: [],
  async run({ target, parts, request, space }) {
    await space.write(async (unit) => {
      const row = await locate(target, unit, parts);
      checkConditions(request, row);
      if (!(await unit.remove(row, row.version)))
        throw conflict('The entity was changed by another request at the same time.');
    });
    return noContent();
  },
};
