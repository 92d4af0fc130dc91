import type { Connection } from './connection/connection.js';
import type { Statements } from './statements.js';
import type { LogEnd } from './store.js';

/**
 * The order of the two questions matters: a unit that was given a position before the first is announced before the
 * second, or has ended, with its changes visible to whoever reads after it.
 */
export async function logEnd({ lastChange, oldestUnit }: Statements, connection: Connection): Promise<LogEnd> {
  const [last] = (await connection.row(lastChange, []))!;
  const latest = Number(last);
  if (oldestUnit === undefined) return { latest, complete: latest };
  const [oldest] = (await connection.row(oldestUnit, []))!;
  return { latest, complete: oldest === null ? latest : Math.min(latest, Number(oldest)) };
}
