import { entityOf } from '../../behavior/index.js';
import { conflict } from '../../error/index.js';
import type { Relation } from '../../plan/index.js';
import type { Row } from '../../store/index.js';

import { typeOfRow } from '../row-type.js';
import { relatedRows } from './relate.js';
import { relationFrom, type Slot } from './slot.js';
import type { WriteContext } from './write-context.js';

/**
 * Removes an entity with all that it contains and all references to it, and along relations that cascade what depends
 * on it. [OData-Protocol 11.4.5, CSDL-JSON 8.6]
 */
export async function removeEntity(row: Row, container: Slot['container'], context: WriteContext): Promise<void> {
  const { parts, unit, surroundings } = context;
  const type = typeOfRow(row, parts);
  const event = { kind: 'delete', entity: entityOf(row), ...surroundings } as const;
  await parts.behaviors.runForType<typeof event, void>('delete', type, event, async () => {
    for (const property of type.navigationProperties.values()) {
      if (property.onDelete === 'Cascade')
        await removeRelated(row, relationFrom(container, property, context), context);
    }
    if (!(await unit.remove(row, row.version)))
      throw conflict('The entity was changed by another request at the same time.');
  });
}

async function removeRelated(row: Row, relation: Relation, context: WriteContext): Promise<void> {
  if (relation.kind === 'contained') return;
  const dependents = await relatedRows(row, relation, context);
  const set = context.parts.model.container?.child(relation.kind === 'constrained' ? relation.collection : '');
  for (const dependent of dependents)
    await removeEntity(dependent, set?.kind === 'entitySet' ? set : undefined, context);
}
