import type { Bounds } from './bounds.js';
import { CountingUnit } from './counting-unit.js';
import type { RowAccess } from './row-access.js';
import { RowReader } from './row-reader.js';
import { RowUnit } from './row-unit.js';
import type { Space, Unit } from './store.js';
import type { UnitsOfWork } from './units-of-work.js';

/** The rows of one tenant; each call is a unit of work of its own, and each batch of a read. */
export class StoreSpace extends RowReader implements Space {
  readonly #units: UnitsOfWork;
  readonly #bounds: Bounds;

  constructor(name: string, access: RowAccess, units: UnitsOfWork, bounds: Bounds = {}) {
    super(name, access, (work) => units.read(work, bounds));
    this.#units = units;
    this.#bounds = bounds;
  }

  bounded(bounds: Bounds): Space {
    return new StoreSpace(this.space, this.access, this.#units, { ...this.#bounds, ...bounds });
  }

  write<T>(work: (unit: Unit) => Promise<T>): Promise<T> {
    return this.#units.write(async (connection) => {
      const { counts } = this.access;
      const unit =
        counts.length === 0
          ? new RowUnit(this.space, this.access, connection)
          : new CountingUnit(this.space, this.access, connection, counts);
      try {
        return await work(unit);
      } finally {
        unit.end();
      }
    }, this.#bounds);
  }

  clear(): Promise<void> {
    return this.#units.write(async (connection) => {
      for (const statement of this.access.statements.clear) await connection.rows(statement, [this.space]);
      const { statements, now } = this.access;
      await connection.rows(statements.change, [this.space, '', '', '', 'cleared', now()]);
    });
  }
}
