import type { Syntax } from './connection/connection.js';

/** The store's own statements, one text each, so that every connection prepares them once. */
export interface Statements {
  /** (space, collection, key) → sequence, type, version, document, sent */
  readonly get: string;
  /** (space, collection, key) → sequence; the row stays until the transaction ends. */
  readonly find: string;
  /** (space, collection, key, type, document, sent) → sequence; no row where the address is taken. */
  readonly insert: string;
  /** (space, collection, key, type, document, sent, version) → sequence */
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
  const written = (text: string): string => text.replaceAll(/\?(\d)/g, (_, index) => parameter(Number(index)));
  const address = 'space = ?1 AND collection = ?2 AND key = ?3';
  const links = `DELETE FROM reference
    WHERE source_sequence = (SELECT sequence FROM entity WHERE ${address}) AND property = ?4`;
  return {
    get: written(`SELECT sequence, type, version, ${fromDocument('document')}, sent FROM entity WHERE ${address}`),
    find: written(`SELECT sequence FROM entity WHERE ${address}${keepRows}`),
    insert: written(`INSERT INTO entity (space, collection, key, type, version, document, sent)
      VALUES (?1, ?2, ?3, ?4, 1, ${toDocument('?5')}, ?6) ON CONFLICT DO NOTHING RETURNING sequence`),
    replace: written(`UPDATE entity SET type = ?4, version = version + 1, document = ${toDocument('?5')}, sent = ?6
      WHERE ${address} AND version = ?7 RETURNING sequence`),
    remove: written(`DELETE FROM entity WHERE ${address} AND version = ?4 RETURNING type`),
    removeContained: written(`DELETE FROM entity
      WHERE space = ?1 AND collection >= ?2 AND collection < ?3 RETURNING collection, key, type`),
    link: written(`INSERT INTO reference (space, source_sequence, property, target_sequence)
      VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING`),
    unlinkAll: written(`${links} RETURNING position`),
    unlink: written(`${links} AND target_sequence =
      (SELECT sequence FROM entity WHERE space = ?1 AND collection = ?5 AND key = ?6) RETURNING position`),
    change: written(`INSERT INTO change (space, collection, key, type, kind, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)`),
    clear: ['reference', 'entity', 'change'].map((table) => written(`DELETE FROM ${table} WHERE space = ?1`)),
  };
}
