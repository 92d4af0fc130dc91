import type { PrimitiveType } from './primitive-type.js';

const UNREADABLE = { problem: 'must be absent: the content of a stream is read and written by requests of its own' };

/** Streams have no values in payloads and literals. [OData-JSON 9] */
export const streamType: PrimitiveType = {
  kind: 'primitive',
  qualifiedName: 'Edm.Stream',
  fromJson: () => UNREADABLE,
  fromText: () => UNREADABLE,
  toText: String,
  toLiteral: String,
  toJson: (value) => JSON.stringify(String(value)),
  compare: () => 0,
};
