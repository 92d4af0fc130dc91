import { cancelled, internal } from '../error/index.js';

import type { Bounds } from './bounds.js';
import type { Awaitable, Connection, Database } from './connection/connection.js';
import { Turn } from './turn.js';

const attempts = 5;

/**
 * Runs units of work on a database. Where it is exclusive they take turns, reads too: transactions of one session would
 * share their fate, and a read between them would see what may yet be rolled back.
 */
export class UnitsOfWork {
  readonly #database: Database;
  readonly #turn: Turn | undefined;
  /** Units that others got in the way of run again one at a time, or they would get in each other's way once more. */
  readonly #again = new Turn();
  #running = 0;
  #closed: Promise<void> | undefined;
  #whenIdle: (() => void) | undefined;

  constructor(database: Database) {
    this.#database = database;
    this.#turn = database.dialect.exclusive ? new Turn() : undefined;
  }

  /** Work that only reads, with one statement: it needs no transaction. */
  read<T>(work: (connection: Connection) => Awaitable<T>, bounds: Bounds = {}): Promise<T> {
    return this.#enter(async () => {
      const connection = await this.#database.connect(bounds);
      try {
        // Others may have had their turn for long.
        if (bounds.signal?.aborted === true) throw cancelled('The request was cancelled.');
        return await work(connection);
      } finally {
        connection.release();
      }
    });
  }

  /** Work in a transaction. Where others got in its way (a deadlock, say) it is rolled back and tried again. */
  write<T>(work: (connection: Connection) => Promise<T>, { milliseconds }: Bounds = {}): Promise<T> {
    const bounds = milliseconds === undefined ? {} : { milliseconds };
    return this.#enter(async () => {
      for (let attempt = 1; ; attempt++) {
        try {
          const run = () => this.#transaction(work, bounds);
          return await (attempt === 1 ? run() : this.#again.run(run));
        } catch (error) {
          if (attempt === attempts || !this.#database.isTransient(error)) throw error;
        }
      }
    });
  }

  /** Lets the units that run or wait end, then closes the database; later ones are refused. */
  close(): Promise<void> {
    this.#closed ??= new Promise<void>((resolve) => {
      this.#whenIdle = resolve;
      if (this.#running === 0) resolve();
    }).then(() => this.#database.close());
    return this.#closed;
  }

  async #transaction<T>(work: (connection: Connection) => Promise<T>, bounds: Bounds): Promise<T> {
    const connection = await this.#database.connect(bounds);
    try {
      await connection.begin();
      const result = await work(connection);
      await connection.commit();
      return result;
    } catch (error) {
      await connection.rollback();
      throw error;
    } finally {
      connection.release();
    }
  }

  async #enter<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed !== undefined) throw internal('The store is closed.');
    this.#running++;
    try {
      return await (this.#turn === undefined ? work() : this.#turn.run(work));
    } finally {
      if (--this.#running === 0) this.#whenIdle?.();
    }
  }
}
