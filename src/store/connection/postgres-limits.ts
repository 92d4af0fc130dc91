import { Connection, type PoolClient } from 'pg';

import type { Bounds } from '../bounds.js';

/** The longest that PostgreSQL takes; 0 is no limit. */
const LONGEST = 2_147_483_647;

/** What each session was told last, in milliseconds: it is told again only when another service uses it. */
const told = new WeakMap<PoolClient, number>();

/** Limits how long a statement of a session may take, outside of transactions. A session that cannot be told is given up. */
export async function limitStatements(client: PoolClient, { milliseconds = 0 }: Bounds): Promise<void> {
  const limit = Math.min(milliseconds, LONGEST);
  if ((told.get(client) ?? 0) === limit) return;
  try {
    await client.query(`SET statement_timeout = ${String(limit)}`);
    told.set(client, limit);
  } catch (error) {
    client.release(error as Error);
    throw error;
  }
}

/** What the driver knows of a session and its types do not. */
type Session = PoolClient & {
  readonly host: string;
  readonly port: number;
  readonly processID: number;
  readonly secretKey: number;
};

type Canceller = Connection & {
  connect(place: number | string, host?: string): void;
  cancel(processID: number, secretKey: number): void;
};

/**
 * Ends the statement that a session runs, by a connection of its own that counts to no limit of the server. It may
 * come when the statement has ended: the session must not be used for anything else afterwards.
 * https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-CANCELING-REQUESTS
 */
export function cancelStatement(client: PoolClient): void {
  const { host, port, processID, secretKey } = client as Session;
  const connection = new Connection() as Canceller;
  connection.once('connect', () => connection.cancel(processID, secretKey));
  // A server that is not there any more has ended the statement as well.
  connection.on('error', () => connection.end());
  if (host.startsWith('/')) connection.connect(`${host}/.s.PGSQL.${String(port)}`);
  else connection.connect(port, host);
}
