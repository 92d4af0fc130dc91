import type { Syntax } from './connection/connection.js';

/** The store's own statements, one text each, so that every connection prepares them once. */
export interface Statements {
  /** (space, collection, key) → sequence, type, version, document, sent */
  readonly get: string;
  /** (space, collection, key) → sequence; the row stays until the transaction ends. */
  readonly find: string;
  /** (space, collection, key) → sequence, type, version, document, sent; nobody else changes the row before the transaction ends. */
  readonly hold: string;
  /** (space, name) → nothing; undefined where units of work run one after another. */
  readonly claim: string | undefined;
  /** (space, collection, key, type, document, sent) → sequence; no row where the address is taken. */
  readonly insert: string;
  /** (space, collection, key, type, document, sent, version) → sequence */
  readonly replace: string;
  /** (space, collection, key, version) → type */
  readonly remove: string;
  /** (space, first collection, collection behind the last) → collection, key, type */
  readonly removeContained: string;
  /** (space, collection, key, version, collection, key, type, document, sent) → sequence */
  readonly move: string;
  /** (space, first collection, collection behind the last, prefix, characters of the old prefix) → collection, key, type */
  readonly moveContained: string;
  /** (space, collection, key) → position */
  readonly isolate: string;
  /** (space, source, property, target) → position; no row where the link exists. */
  readonly link: string;
  /** (space, collection, key, property) → source, target */
  readonly unlinkAll: string;
  /** (space, collection, key, property, collection, key) → source, target */
  readonly unlink: string;
  /** (space, first collection, collection behind the last, collection, key, property) → collection, key, document of the target */
  readonly holders: string;
  /** (space, collection, key, property) → collection, key */
  readonly targets: string;
  /** (space, collection, key) */
  readonly countUp: string;
  /** (sequence) */
  readonly countUpOne: string;
  /** (space, collection, key): the other ends of the links of an entity */
  readonly countUpBeside: string;
  /** (space, first collection, collection behind the last, collection, key): those of an entity and of what it contains */
  readonly countUpAround: string;
  /** (space, collection, key, type, kind, at) */
  readonly change: string;
  /** What tells of links: (kind, at, space, collection, key, property, collection, key), the last two or three of them as needed. */
  readonly linkChange: string;
  readonly linkChanges: string;
  /** (kind, at, space, first collection, collection behind the last, collection, key): links of an entity and of what it contains */
  readonly linkChangesOf: string;
  /** (kind, at, space, collection, key): links of an entity alone */
  readonly ownLinkChanges: string;
  /** (kind, at, space, first collection, collection behind the last): links of what it contains */
  readonly linkChangesBelow: string;
  /** (space, collection) → a row where something was removed or moved from there */
  readonly lostFrom: string;
  /** (space, collection, key) → the same of one address */
  readonly lostAt: string;
  /** (space, collection, key, property) → a row where an entity has lost references, from either end */
  readonly unlinkedAt: string;
  /** (space, number) → a row where there are more entities than that */
  readonly entityBehind: string;
  /** (sequence, property) → version, content type, bytes */
  readonly stream: string;
  /** (sequence, property, content type, bytes, version) → version */
  readonly writeStream: string;
  /** (sequence) → property, of references and of streams, the latter with version */
  readonly referencePaths: string;
  readonly streamPaths: string;
  /** (space, first collection, collection behind the last) → collection */
  readonly containedPaths: string;
  /** (sequence, property, property) */
  readonly movePath: string;
  /** (sequence, property) */
  readonly dropStream: string;
  /** (sequence, property, property, version) */
  readonly copyStream: string;
  /** (sequence, property): its version counts on, should there be another one. */
  readonly clearStream: string;
  /** () → position */
  readonly lastChange: string;
  /** () → position or null */
  readonly oldestUnit: string | undefined;
  /** (space, position, position) → position of a mark between them, behind which nothing before it can be told */
  readonly logMark: string;
  /** (space, key) → content */
  readonly snapshot: string;
  /** (space, key, content, at) */
  readonly keepSnapshot: string;
  /** (space, at): takes away those before */
  readonly forgetSnapshots: string;
  /** (at) → the last position before */
  readonly lastBefore: string;
  /** (position), each */
  readonly forget: readonly string[];
  /** (space), each */
  readonly clear: readonly string[];
}

/**
 * Writes the statements in a database's own way. A key that is taken or a link that exists is no error of the database
 * here, since an error would end the whole transaction on PostgreSQL.
 */
export function statementsFor(syntax: Syntax): Statements {
  const { parameter, toDocument, fromDocument, keepRows, holdRows, claim, lastChange, oldestUnit } = syntax;
  const written = (text: string): string => text.replaceAll(/\?(\d)/g, (_, index) => parameter(Number(index)));
  const address = 'space = ?1 AND collection = ?2 AND key = ?3';
  const own = `SELECT sequence FROM entity WHERE ${address}`;
  const links = `DELETE FROM reference
    WHERE source_sequence = (SELECT sequence FROM entity WHERE ${address}) AND property = ?4`;
  const linkChange = `INSERT INTO change (space, collection, key, type, kind, at, property, target_collection, target_key, target_type)
    SELECT s.space, s.collection, s.key, s.type, ?1, ?2, r.property, t.collection, t.key, t.type
    FROM reference AS r, entity AS s, entity AS t
    WHERE s.sequence = r.source_sequence AND t.sequence = r.target_sequence`;
  const source = 's.space = ?3 AND s.collection = ?4 AND s.key = ?5 AND r.property = ?6';
  // PostgreSQL reads all references for an OR of the two ends.
  const touching = (entities: string): string => {
    const ends = `IN (${entities})`;
    return `${linkChange} AND r.position IN (SELECT position FROM reference WHERE source_sequence ${ends}
      UNION SELECT position FROM reference WHERE target_sequence ${ends})`;
  };
  const countUp = 'UPDATE entity SET version = version + 1 WHERE';
  // Entities of the other ends that are not among them: those change, or go, anyway.
  const beside = (entities: string): string =>
    `WITH gone AS (${entities}) ${countUp} sequence IN (
      SELECT source_sequence FROM reference WHERE target_sequence IN (SELECT sequence FROM gone)
      UNION SELECT target_sequence FROM reference WHERE source_sequence IN (SELECT sequence FROM gone))
      AND sequence NOT IN (SELECT sequence FROM gone)`;
  const lost = `SELECT position FROM change WHERE space = ?1 AND collection = ?2
    AND property IS NULL AND kind IN ('deleted', 'moved')`;
  return {
    lostFrom: written(`${lost} LIMIT 1`),
    lostAt: written(`${lost} AND key = ?3 LIMIT 1`),
    unlinkedAt: written(`SELECT position FROM change WHERE space = ?1 AND property = ?4 AND kind = 'unlinked'
      AND (collection = ?2 AND key = ?3 OR target_collection = ?2 AND target_key = ?3) LIMIT 1`),
    entityBehind: written('SELECT sequence FROM entity WHERE space = ?1 LIMIT 1 OFFSET ?2'),
    linkChange: written(`${linkChange} AND ${source} AND t.collection = ?7 AND t.key = ?8`),
    linkChanges: written(`${linkChange} AND ${source}`),
    linkChangesOf: written(
      touching(`SELECT sequence FROM entity WHERE space = ?3 AND collection >= ?4 AND collection < ?5
        UNION ALL SELECT sequence FROM entity WHERE space = ?3 AND collection = ?6 AND key = ?7`),
    ),
    ownLinkChanges: written(touching('SELECT sequence FROM entity WHERE space = ?3 AND collection = ?4 AND key = ?5')),
    linkChangesBelow: written(
      touching('SELECT sequence FROM entity WHERE space = ?3 AND collection >= ?4 AND collection < ?5'),
    ),
    stream: written('SELECT version, content_type, bytes FROM stream WHERE entity_sequence = ?1 AND property = ?2'),
    writeStream: written(`INSERT INTO stream (entity_sequence, property, version, content_type, bytes)
      VALUES (?1, ?2, 1, ?3, ?4) ON CONFLICT (entity_sequence, property) DO UPDATE
      SET version = stream.version + 1, content_type = excluded.content_type, bytes = excluded.bytes
      WHERE stream.version = ?5 RETURNING version`),
    referencePaths: written('SELECT DISTINCT property FROM reference WHERE source_sequence = ?1'),
    streamPaths: written('SELECT property, version FROM stream WHERE entity_sequence = ?1'),
    containedPaths: written(
      'SELECT DISTINCT collection FROM entity WHERE space = ?1 AND collection >= ?2 AND collection < ?3',
    ),
    movePath: written('UPDATE reference SET property = ?3 WHERE source_sequence = ?1 AND property = ?2'),
    dropStream: written('DELETE FROM stream WHERE entity_sequence = ?1 AND property = ?2'),
    copyStream: written(`INSERT INTO stream (entity_sequence, property, version, content_type, bytes)
      SELECT entity_sequence, ?3, ?4, content_type, bytes FROM stream WHERE entity_sequence = ?1 AND property = ?2`),
    clearStream: written(`UPDATE stream SET version = version + 1, content_type = NULL, bytes = NULL
      WHERE entity_sequence = ?1 AND property = ?2`),
    claim,
    lastChange,
    oldestUnit,
    logMark: written(`SELECT position FROM change WHERE position > ?2 AND position <= ?3
      AND (kind = 'begun' OR kind = 'cleared' AND space = ?1) LIMIT 1`),
    snapshot: written('SELECT content FROM snapshot WHERE space = ?1 AND key = ?2'),
    keepSnapshot: written(`INSERT INTO snapshot (space, key, content, at) VALUES (?1, ?2, ?3, ?4)
      ON CONFLICT (space, key) DO UPDATE SET at = excluded.at`),
    forgetSnapshots: written('DELETE FROM snapshot WHERE space = ?1 AND at < ?2'),
    lastBefore: written('SELECT max(position) FROM change WHERE at < ?1'),
    forget: [
      'DELETE FROM change WHERE position < ?1',
      `UPDATE change SET space = '', collection = '', key = '', kind = 'begun', property = NULL WHERE position = ?1`,
    ].map(written),
    get: written(`SELECT sequence, type, version, ${fromDocument('document')}, sent FROM entity WHERE ${address}`),
    hold: written(
      `SELECT sequence, type, version, ${fromDocument('document')}, sent FROM entity WHERE ${address}${holdRows}`,
    ),
    find: written(`SELECT sequence FROM entity WHERE ${address}${keepRows}`),
    insert: written(`INSERT INTO entity (space, collection, key, type, version, document, sent)
      VALUES (?1, ?2, ?3, ?4, 1, ${toDocument('?5')}, ?6) ON CONFLICT DO NOTHING RETURNING sequence`),
    replace: written(`UPDATE entity SET type = ?4, version = version + 1, document = ${toDocument('?5')}, sent = ?6
      WHERE ${address} AND version = ?7 RETURNING sequence`),
    remove: written(`DELETE FROM entity WHERE ${address} AND version = ?4 RETURNING type`),
    move: written(`UPDATE entity SET collection = ?5, key = ?6, type = ?7, version = version + 1,
      document = ${toDocument('?8')}, sent = ?9 WHERE ${address} AND version = ?4 RETURNING sequence`),
    moveContained: written(`UPDATE entity SET collection = ?4 || substr(collection, ?5)
      WHERE space = ?1 AND collection >= ?2 AND collection < ?3 RETURNING collection, key, type`),
    isolate:
      written(`DELETE FROM reference WHERE position IN (SELECT position FROM reference WHERE source_sequence IN (${own})
      UNION SELECT position FROM reference WHERE target_sequence IN (${own})) RETURNING position`),
    removeContained: written(`DELETE FROM entity
      WHERE space = ?1 AND collection >= ?2 AND collection < ?3 RETURNING collection, key, type`),
    link: written(`INSERT INTO reference (space, source_sequence, property, target_sequence)
      VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING RETURNING position`),
    unlinkAll: written(`${links} RETURNING source_sequence, target_sequence`),
    unlink: written(`${links} AND target_sequence =
      (SELECT sequence FROM entity WHERE space = ?1 AND collection = ?5 AND key = ?6) RETURNING source_sequence, target_sequence`),
    holders:
      written(`WITH gone AS (SELECT sequence FROM entity WHERE space = ?1 AND collection >= ?2 AND collection < ?3
        UNION ALL SELECT sequence FROM entity WHERE space = ?1 AND collection = ?4 AND key = ?5)
      SELECT s.collection, s.key, ${fromDocument('t.document')} FROM reference AS r, entity AS s, entity AS t
      WHERE r.target_sequence IN (SELECT sequence FROM gone) AND r.property = ?6 AND t.sequence = r.target_sequence
        AND s.sequence = r.source_sequence AND s.sequence NOT IN (SELECT sequence FROM gone)`),
    targets: written(`SELECT t.collection, t.key FROM reference AS r, entity AS t
      WHERE r.source_sequence IN (${own}) AND r.property = ?4 AND t.sequence = r.target_sequence`),
    countUp: written(`${countUp} ${address}`),
    countUpOne: written(`${countUp} sequence = ?1`),
    countUpBeside: written(beside(own)),
    countUpAround: written(
      beside(`SELECT sequence FROM entity WHERE space = ?1 AND collection >= ?2 AND collection < ?3
        UNION ALL SELECT sequence FROM entity WHERE space = ?1 AND collection = ?4 AND key = ?5`),
    ),
    change: written(`INSERT INTO change (space, collection, key, type, kind, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)`),
    clear: ['reference', 'entity', 'change', 'snapshot'].map((table) =>
      written(`DELETE FROM ${table} WHERE space = ?1`),
    ),
  };
}
