/** Runs a statement on the database itself, and gives its rows' first columns. */
export type Query = (text: string) => Promise<readonly unknown[]>;

/** Looks for what no answer would show: links to nothing, entities below nothing, two targets of a single link. */
export async function checkTables(query: Query, space: string): Promise<string[]> {
  const links = await query(`SELECT r.position FROM reference AS r
    LEFT JOIN entity AS s ON s.sequence = r.source_sequence LEFT JOIN entity AS t ON t.sequence = r.target_sequence
    WHERE r.space = '${space}' AND (s.sequence IS NULL OR t.sequence IS NULL)`);
  const doubles = await query(`SELECT source_sequence FROM reference
    WHERE space = '${space}' AND property = 'load.Account/Manager' GROUP BY source_sequence HAVING count(*) > 1`);
  const children = await query(`SELECT c.collection FROM entity AS c WHERE c.space = '${space}'
    AND c.collection LIKE 'Accounts/%/Notes' AND NOT EXISTS (SELECT 1 FROM entity AS p WHERE p.space = c.space
    AND p.collection = 'Accounts' AND c.collection = 'Accounts/' || p.key || '/Notes')`);
  const streams = await query(
    `SELECT entity_sequence FROM stream WHERE entity_sequence NOT IN (SELECT sequence FROM entity)`,
  );
  return [
    ...links.map((position) => `link ${String(position)} has lost an end`),
    ...doubles.map((sequence) => `entity ${String(sequence)} has two managers`),
    ...children.map((collection) => `${String(collection)} has lost its account`),
    ...streams.map((sequence) => `a stream has lost its entity ${String(sequence)}`),
  ];
}
