import { entityOf, storedEntitiesOf, type Entity, type MemberEvent } from '../behavior/index.js';
import type { NavigationProperty } from '../edm/index.js';
import type { EntityTarget } from '../plan/index.js';
import type { Reader, Row } from '../store/index.js';
import type { ServiceParts } from './exchange.js';

/** The name by which behaviours are for a collection that they compute. */
export function computedName({ declaringType, name }: NavigationProperty): string {
  return `${declaringType.qualifiedName}/${name}`;
}

/** Whether a behaviour may know of an entity that is not stored. */
export function mayBeComputed({ via }: EntityTarget, { behaviors }: Pick<ServiceParts, 'behaviors'>): boolean {
  return via !== undefined && behaviors.has('member', computedName(via.relation.property));
}

/** What a behaviour gives as a member of the owner's collection; undefined where it has none by this key. */
export async function computedMember(
  { via, source }: EntityTarget,
  owner: Row,
  use: MemberEvent['use'],
  reader: Reader,
  { model, behaviors, profile, now }: ServiceParts,
): Promise<Row | undefined> {
  const key = source.kind === 'entity' || source.kind === 'keyed' ? source.key : undefined;
  if (via === undefined || key === undefined) return undefined;
  const event: MemberEvent = {
    kind: 'member',
    model,
    now: now(),
    entities: storedEntitiesOf(reader, model, profile.path),
    owner: entityOf(owner),
    key,
    use,
  };
  const name = computedName(via.relation.property);
  const member = await behaviors.runForView<MemberEvent, Entity | undefined>(
    'member',
    name,
    event,
    async () => undefined,
  );
  return member?.row;
}
