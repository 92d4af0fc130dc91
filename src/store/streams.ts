import type { Connection, Values } from './connection/connection.js';
import { join, sql, toStatement } from './sql/sql.js';
import type { Dialect } from './sql/index.js';
import type { Row, StreamContent, StreamHead } from './store.js';

/** The streams of rows, without reading their bytes. */
export async function streamHeads(
  rows: readonly Row[],
  { values, placeholder }: Dialect,
  connection: Connection,
): Promise<ReadonlyMap<number, readonly StreamHead[]>> {
  const sequences = join(
    rows.map((row) => values.whole(row.sequence)),
    ', ',
  );
  const { text, parameters } = toStatement(
    sql`SELECT entity_sequence, property, content_type, version FROM stream
      WHERE content_type IS NOT NULL AND entity_sequence IN (${sequences}) ORDER BY entity_sequence, property`,
    placeholder,
  );
  const heads = new Map<number, StreamHead[]>();
  for (const record of await connection.records(text, parameters)) {
    const sequence = Number(record['entity_sequence']);
    const head: StreamHead = {
      property: String(record['property']),
      contentType: String(record['content_type']),
      version: Number(record['version']),
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
