import type { ProtocolVersion } from '../headers/version.js';

/** An entity that a client has to forget. */
export interface RemovedEntity {
  /** Qualified name of its type. */
  readonly type: string;
  /** Resource path of the entity below the service root: `Products(1)`. */
  readonly path: string;
  /** Absolute URL of the entity. */
  readonly id: string;
  /** Its key as members of a JSON object, without braces: `"ID":1`. */
  readonly key: string;
  /** It does not exist any more, or does not belong to the result any more. */
  readonly reason: 'deleted' | 'changed';
  /** Context URL of deleted entities of this collection. */
  readonly context: string;
  readonly version: ProtocolVersion;
}

/** What services do differently when they tell of changes. [OData-Protocol 11.3, OData-JSON 15] */
export interface DeltaRules {
  /** How long a token is good for, in milliseconds; undefined: as long as the store knows the changes. */
  readonly tokenAge: number | undefined;
  /** Whether the context URL of changes ends in `/$delta`. [OData-Protocol 10.17] */
  readonly marksContext: boolean;
  /** Whether the context URL names what is selected. [OData-Protocol 10.17] */
  readonly namesSelected: boolean;
  /** A removed entity as JSON text. */
  writeRemoved(entity: RemovedEntity): string;
}

/** Changes as the specification has them. */
export const standardDeltaRules: DeltaRules = {
  tokenAge: undefined,
  marksContext: true,
  namesSelected: true,
  writeRemoved: (entity) => (entity.version === '4.0' ? writeDeletedEntity(entity) : writeRemovedEntity(entity)),
};

/** As of OData 4.0: `{"@odata.context":"…#Products/$deletedEntity","id":"…/Products(1)","reason":"deleted"}` */
function writeDeletedEntity({ context, id, reason }: RemovedEntity): string {
  return JSON.stringify({ '@odata.context': context, id, reason });
}

/** As of OData 4.01: `{"@odata.removed":{"reason":"deleted"},"@odata.id":"…/Products(1)","ID":1}` [OData-JSON 15.3] */
export function writeRemovedEntity({ id, reason, key }: RemovedEntity): string {
  return `{"@odata.removed":{"reason":"${reason}"},"@odata.id":${JSON.stringify(id)}${key === '' ? '' : `,${key}`}}`;
}
