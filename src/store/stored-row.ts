import type { Values } from './connection/connection.js';
import type { Address, Row } from './store.js';

/** The row that `Statements.get` found. */
export function storedRow({ collection, key }: Address, values: Values): Row {
  const [sequence, type, version, document, sent] = values;
  return {
    sequence: Number(sequence),
    collection,
    key,
    type: type as string,
    version: Number(version),
    document: document as string,
    sent: (sent as string | null) ?? undefined,
  };
}
