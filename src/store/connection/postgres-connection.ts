import { types as pgTypes, type CustomTypesConfig, type PoolClient, type QueryConfig, type QueryResult } from 'pg';

import { badRequest, cancelled, internal, type ServiceError } from '../../error/index.js';

import type { Signal } from '../bounds.js';
import type { Connection, Parameter, Values } from './connection.js';
import { postgresCode, postgresError } from './postgres-errors.js';
import { cancelStatement } from './postgres-limits.js';
import { beginUnit } from './postgres-units.js';

const INT8 = 20;
const JSON_TEXT = 114;
const JSONB = 3802;

/** Rows come as on SQLite: whole numbers as numbers, JSON as its text. */
const types: CustomTypesConfig = {
  getTypeParser(type, format) {
    if (type === INT8) return Number;
    if (type === JSON_TEXT || type === JSONB) return String;
    return pgTypes.getTypeParser(type, format) as (text: string) => unknown;
  },
};

/** Names of the store's own statements, under which each session keeps them prepared. */
const names = new Map<string, string>();

/** A session from the pool. */
export class PostgresConnection implements Connection {
  readonly #client: PoolClient;
  readonly #place: string;
  readonly #signal: Signal | undefined;
  #broken: Error | undefined;

  /** `signal` ends the statement that runs when it aborts, and with it the session. */
  constructor(client: PoolClient, place: string, signal: Signal | undefined) {
    this.#client = client;
    this.#place = place;
    this.#signal = signal;
    client.on('error', this.#onError);
    signal?.addEventListener('abort', this.#onAbort);
  }

  async rows(text: string, parameters: readonly Parameter[]): Promise<readonly Values[]> {
    let name = names.get(text);
    if (name === undefined) names.set(text, (name = `mockgraph_${names.size}`));
    try {
      const { rows } = await this.#client.query<unknown[]>({
        name,
        text,
        values: [...parameters],
        rowMode: 'array',
        types,
      });
      return rows;
    } catch (error) {
      // Only documents are read from text here: half a surrogate pair, or a number out of all bounds; keys have a largest size.
      if (['22P02', '22003', '54000'].includes(postgresCode(error) ?? ''))
        throw badRequest(`PostgreSQL cannot store a value: ${(error as Error).message}.`, { cause: error });
      throw this.#failure(error);
    }
  }

  async row(text: string, parameters: readonly Parameter[]): Promise<Values | undefined> {
    return (await this.rows(text, parameters))[0];
  }

  async records(text: string, parameters: readonly unknown[]): Promise<readonly Record<string, unknown>[]> {
    return (await this.#query({ text, values: [...parameters], types })).rows;
  }

  async begin(): Promise<void> {
    await this.#query({ text: beginUnit });
  }

  async commit(): Promise<void> {
    // PostgreSQL answers ROLLBACK, without an error, when a statement of the transaction has failed.
    const { command } = await this.#query({ text: 'COMMIT' });
    if (command !== 'COMMIT') throw internal('The transaction had failed before it was to be committed.');
  }

  async mark(): Promise<void> {
    await this.#query({ text: 'SAVEPOINT mark' });
  }

  async rollbackToMark(): Promise<void> {
    await this.#query({ text: 'ROLLBACK TO mark; RELEASE mark' });
  }

  async unmark(): Promise<void> {
    await this.#query({ text: 'RELEASE mark' });
  }

  async rollback(): Promise<void> {
    try {
      await this.#client.query('ROLLBACK');
    } catch (error) {
      this.#broken ??= error as Error;
    }
  }

  release(): void {
    this.#client.off('error', this.#onError);
    this.#signal?.removeEventListener('abort', this.#onAbort);
    this.#client.release(this.#broken);
  }

  async #query(query: QueryConfig): Promise<QueryResult<Record<string, unknown>>> {
    try {
      return await this.#client.query<Record<string, unknown>>(query);
    } catch (error) {
      throw this.#failure(error);
    }
  }

  #failure(error: unknown): ServiceError {
    if (this.#signal?.aborted === true) return cancelled('The request was cancelled.', { cause: error });
    return postgresError(error, this.#place);
  }

  /** The session goes, too: the message may arrive when the statement has ended, and must not meet another one. */
  readonly #onAbort = (): void => {
    this.#broken ??= new Error('The statement of this session was cancelled.');
    cancelStatement(this.#client);
  };

  /** A session that is lost between two statements; the next statement tells. */
  readonly #onError = (error: Error): void => {
    this.#broken = error;
  };
}
