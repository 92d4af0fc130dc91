import type { Syntax } from './connection/connection.js';

/** The store's own statements, one text each, so that every connection prepares them once. */
export interface Statements {
  /** (space, collection, key) → sequence, type, version, document, sent */
  readonly get: string;
  /** (space, collection, key) → sequence; the row stays until the transaction ends. */
  readonly find: string;
  /** (space, collection, key, type, document, sent) → sequence; no row where the address is taken. */
  readonly insert: string;
  /** (type, document, sent, space, collection, key, version) → sequence */
  readonly replace: string;
  /** (space, collection, key, version) → type */
  readonly remove: string;
  /** (space, first collection, collection behind the last) → collection, key, type */
  readonly removeContained: string;
  /** (space, source, property, target) */
  readonly link: string;
  /** (space, collection, key, property) → position */
  readonly unlinkAll: string;
  /** (space, collection, key, property, collection, key) → position */
  readonly unlink: string;
  /** (space, collection, key, type, kind, at) */
  readonly change: string;
  /** (space), each */
  readonly clear: readonly string[];
}

/**
 * Writes the statements in a database's own way. A key that is taken or a link that exists is no error of the database
 * here, since an error would end the whole transaction on PostgreSQL.
 */
export function statementsFor({ parameter, toDocument, fromDocument, keepRows }: Syntax): Statements {
  const entity = (space: string, collection: string, key: string) =>
    `(SELECT sequence FROM entity WHERE space = ${space} AND collection = ${collection} AND key = ${key})`;
  const links = `DELETE FROM reference WHERE source_sequence = ${entity(parameter(1), parameter(2), parameter(3))} AND property = ${parameter(4)}`;
  return {
    get: `SELECT sequence, type, version, ${fromDocument('document')}, sent FROM entity
      WHERE space = ${parameter(1)} AND collection = ${parameter(2)} AND key = ${parameter(3)}`,
    find: `SELECT sequence FROM entity
      WHERE space = ${parameter(1)} AND collection = ${parameter(2)} AND key = ${parameter(3)}${keepRows}`,
    insert: `INSERT INTO entity (space, collection, key, type, version, document, sent)
      VALUES (${parameter(1)}, ${parameter(2)}, ${parameter(3)}, ${parameter(4)}, 1, ${toDocument(parameter(5))}, ${parameter(6)}) ON CONFLICT DO NOTHING RETURNING sequence`,
    replace: `UPDATE entity SET type = ${parameter(1)}, version = version + 1, document = ${toDocument(parameter(2))}, sent = ${parameter(3)}
      WHERE space = ${parameter(4)} AND collection = ${parameter(5)} AND key = ${parameter(6)} AND version = ${parameter(7)} RETURNING sequence`,
    remove: `DELETE FROM entity
      WHERE space = ${parameter(1)} AND collection = ${parameter(2)} AND key = ${parameter(3)} AND version = ${parameter(4)} RETURNING type`,
    removeContained: `DELETE FROM entity
      WHERE space = ${parameter(1)} AND collection >= ${parameter(2)} AND collection < ${parameter(3)} RETURNING collection, key, type`,
    link: `INSERT INTO reference (space, source_sequence, property, target_sequence)
      VALUES (${parameter(1)}, ${parameter(2)}, ${parameter(3)}, ${parameter(4)}) ON CONFLICT DO NOTHING`,
    unlinkAll: `${links} RETURNING position`,
    unlink: `${links} AND target_sequence = ${entity(parameter(1), parameter(5), parameter(6))} RETURNING position`,
    change: `INSERT INTO change (space, collection, key, type, kind, at)
      VALUES (${parameter(1)}, ${parameter(2)}, ${parameter(3)}, ${parameter(4)}, ${parameter(5)}, ${parameter(6)})`,
    clear: ['reference', 'entity', 'change'].map((table) => `DELETE FROM ${table} WHERE space = ${parameter(1)}`),
  };
}
