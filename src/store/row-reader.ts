import type { ReadPlan } from '../plan/index.js';

import type { Awaitable, Connection } from './connection/connection.js';
import { inBatches } from './in-batches.js';
import type { RowAccess } from './row-access.js';
import { compileCount, compileSelect, readRow } from './sql/index.js';
import type { Address, Reader, Row } from './store.js';
import { storedRow } from './stored-row.js';

/** Does some work with a connection. */
export type Run = <T>(work: (connection: Connection) => Awaitable<T>) => Promise<T>;

/** Reads rows of one space, each statement with the connection that `run` finds for it. */
export class RowReader implements Reader {
  protected readonly space: string;
  protected readonly access: RowAccess;
  readonly #run: Run;

  constructor(space: string, access: RowAccess, run: Run) {
    this.space = space;
    this.access = access;
    this.#run = run;
  }

  read(plan: ReadPlan): AsyncIterable<Row> {
    return inBatches(plan, (batch) => this.#select(batch));
  }

  async first(plan: ReadPlan): Promise<Row | undefined> {
    if (plan.page.limit === 0) return undefined;
    const rows = await this.#select({ ...plan, page: { ...plan.page, limit: 1 } });
    return rows[0];
  }

  count(plan: ReadPlan): Promise<number> {
    return this.#run(async (connection) => {
      const { text, parameters } = compileCount(plan, { dialect: this.access.dialect, space: this.space });
      const [record] = await connection.records(text, parameters);
      return Number(record!['count']);
    });
  }

  get(address: Address): Promise<Row | undefined> {
    return this.#run(async (connection) => {
      const values = await connection.row(this.access.statements.get, [this.space, address.collection, address.key]);
      return values && storedRow(address, values);
    });
  }

  #select(plan: ReadPlan): Promise<readonly Row[]> {
    return this.#run(async (connection) => {
      const { text, parameters } = compileSelect(plan, { dialect: this.access.dialect, space: this.space });
      const records = await connection.records(text, parameters);
      return records.map((record) => readRow(record, plan));
    });
  }
}
