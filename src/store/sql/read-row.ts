import type { ReadPlan } from '../../plan/index.js';
import type { Row } from '../store.js';

/** The row that a record of `compileSelect`'s statement stands for. */
export function readRow(record: Record<string, unknown>, _plan: ReadPlan): Row {
  return {
    sequence: Number(record['sequence']),
    collection: String(record['collection']),
    key: String(record['key']),
    type: String(record['type']),
    version: Number(record['version']),
    document: String(record['document']),
    sent: record['sent'] === null ? undefined : String(record['sent']),
  };
}
