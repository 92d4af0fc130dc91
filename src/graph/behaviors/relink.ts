import type { Entities, Entity } from '../../behavior/index.js';

/** Those who hold an entity by a property let it go, unless they are among those who hold it from now on. */
export async function relink(
  entity: Entity,
  property: string,
  before: readonly Entity[],
  after: readonly Entity[],
  entities: Entities,
): Promise<void> {
  for (const each of before) if (!includes(after, each)) await entities.unlink(each, property, entity);
  for (const each of after) if (!includes(before, each)) await entities.link(each, property, entity);
}

function includes(all: readonly Entity[], { row }: Entity): boolean {
  return all.some((each) => each.row.sequence === row.sequence);
}
