import type { RowAccess } from './row-access.js';
import { RowReader } from './row-reader.js';
import { RowUnit } from './row-unit.js';
import type { Space, Unit } from './store.js';
import type { UnitsOfWork } from './units-of-work.js';

/** The rows of one tenant; each call is a unit of work of its own, and each batch of a read. */
export class StoreSpace extends RowReader implements Space {
  readonly #units: UnitsOfWork;

  constructor(name: string, access: RowAccess, units: UnitsOfWork) {
    super(name, access, (work) => units.read(work));
    this.#units = units;
  }

  write<T>(work: (unit: Unit) => Promise<T>): Promise<T> {
    return this.#units.write(async (connection) => {
      const unit = new RowUnit(this.space, this.access, connection);
      try {
        return await work(unit);
      } finally {
        unit.end();
      }
    });
  }

  clear(): Promise<void> {
    return this.#units.write(async (connection) => {
      for (const statement of this.access.statements.clear) await connection.rows(statement, [this.space]);
      const { statements, now } = this.access;
      await connection.rows(statements.change, [this.space, '', '', '', 'cleared', now()]);
    });
  }
}
