import { notImplemented } from '../error/index.js';
import type { ReadPlan } from '../plan/index.js';

import { RowUnit, type RowAccess } from './row-unit.js';
import { storedRow } from './stored-row.js';
import type { Address, Row, Space, Unit } from './store.js';
import type { UnitsOfWork } from './units-of-work.js';

/** The rows of one tenant; each call is a unit of work of its own. */
export class StoreSpace implements Space {
  readonly #name: string;
  readonly #units: UnitsOfWork;
  readonly #access: RowAccess;

  constructor(name: string, units: UnitsOfWork, access: RowAccess) {
    this.#name = name;
    this.#units = units;
    this.#access = access;
  }

  read(_plan: ReadPlan): AsyncIterable<Row> {
    throw notImplemented('Reads by plan');
  }

  first(_plan: ReadPlan): Promise<Row | undefined> {
    throw notImplemented('Reads by plan');
  }

  count(_plan: ReadPlan): Promise<number> {
    throw notImplemented('Reads by plan');
  }

  get(address: Address): Promise<Row | undefined> {
    return this.#units.read(async (connection) => {
      const values = await connection.row(this.#access.statements.get, [this.#name, address.collection, address.key]);
      return values && storedRow(address, values);
    });
  }

  write<T>(work: (unit: Unit) => Promise<T>): Promise<T> {
    return this.#units.write(async (connection) => {
      const unit = new RowUnit(this.#name, connection, this.#access);
      try {
        return await work(unit);
      } finally {
        unit.end();
      }
    });
  }

  clear(): Promise<void> {
    return this.#units.write(async (connection) => {
      for (const statement of this.#access.statements.clear) await connection.rows(statement, [this.#name]);
    });
  }
}
