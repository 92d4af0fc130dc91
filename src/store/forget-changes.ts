import type { Connection } from './connection/connection.js';
import type { RowAccess } from './row-access.js';

/** Takes changes before an instant out of the log; the last of them becomes the mark where the log begins. */
export async function forget({ statements }: RowAccess, connection: Connection, before: string): Promise<void> {
  const [position] = (await connection.row(statements.lastBefore, [before])) ?? [];
  if (position === null || position === undefined) return;
  for (const statement of statements.forget) await connection.rows(statement, [Number(position)]);
}
