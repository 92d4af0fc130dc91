import { badRequest } from '../error/index.js';

import type { Connection, Values } from './connection/connection.js';
import { join, sql, toStatement, type Sql } from './sql/sql.js';
import type { Dialect } from './sql/index.js';
import type { Row, StreamContent, StreamHead } from './store.js';

type Heads = ReadonlyMap<number, readonly StreamHead[]>;

/** The streams of rows, without reading their bytes. */
export async function streamHeads(rows: readonly Row[], dialect: Dialect, connection: Connection): Promise<Heads> {
  return select(sql`entity_sequence, property, content_type, version`, streamsOf(rows, dialect), dialect, connection);
}

/** Some streams of rows with their bytes, whose number is asked for before them. */
export async function streamContents(
  rows: readonly Row[],
  properties: readonly string[],
  most: number,
  dialect: Dialect,
  connection: Connection,
): Promise<Heads> {
  const names = properties.map((property) => dialect.values.text(property));
  const named = sql`${streamsOf(rows, dialect)} AND property IN (${join(names, ', ')})`;
  const size = toStatement(sql`SELECT sum(length(bytes)) AS size FROM stream WHERE ${named}`, dialect.placeholder);
  const [record] = await connection.records(size.text, size.parameters);
  if (Number(record!['size'] ?? 0) > most)
    throw badRequest(
      `The streams that $expand asks for have more than ${String(most)} bytes; ask for fewer entities.`,
      {
        target: '$expand',
      },
    );
  return select(sql`entity_sequence, property, content_type, version, bytes`, named, dialect, connection);
}

function streamsOf(rows: readonly Row[], { values }: Dialect): Sql {
  const sequences = rows.map((row) => values.whole(row.sequence));
  return sql`content_type IS NOT NULL AND entity_sequence IN (${join(sequences, ', ')})`;
}

async function select(columns: Sql, condition: Sql, { placeholder }: Dialect, connection: Connection): Promise<Heads> {
  const { text, parameters } = toStatement(
    sql`SELECT ${columns} FROM stream WHERE ${condition} ORDER BY entity_sequence, property`,
    placeholder,
  );
  const heads = new Map<number, StreamHead[]>();
  for (const record of await connection.records(text, parameters)) {
    const sequence = Number(record['entity_sequence']);
    const head: StreamHead = {
      property: String(record['property']),
      contentType: String(record['content_type']),
      version: Number(record['version']),
      ...(record['bytes'] === undefined ? {} : { bytes: record['bytes'] as Uint8Array }),
    };
    const others = heads.get(sequence);
    if (others === undefined) heads.set(sequence, [head]);
    else others.push(head);
  }
  return heads;
}

/** What the statement `stream` found. */
export function streamOf(values: Values | undefined): { readonly version: number; readonly content?: StreamContent } {
  if (values === undefined) return { version: 0 };
  const [version, contentType, bytes] = values;
  if (contentType === null) return { version: Number(version) };
  return { version: Number(version), content: { contentType: contentType as string, bytes: bytes as Uint8Array } };
}
