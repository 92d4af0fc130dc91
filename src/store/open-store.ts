import type { Database } from './connection/connection.js';
import { openSqlite } from './connection/sqlite.js';
import { forget } from './forget-changes.js';
import type { RowAccess } from './row-access.js';
import { postgres, sqlite, type Dialect } from './sql/index.js';
import { statementsFor } from './statements.js';
import { StoreSpace } from './store-space.js';
import type { Store, StoreOptions } from './store.js';
import { UnitsOfWork } from './units-of-work.js';

/** Opens the database, made and brought up to date where needed. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const database = await openDatabase(options);
  const access: RowAccess = {
    dialect: database.dialect,
    statements: statementsFor(database.syntax),
    counts: [],
    now: options.now ?? (() => new Date().toISOString()),
  };
  const units = new UnitsOfWork(database);
  const forgetChanges = (before: string): Promise<void> =>
    units.write((connection) => forget(access, connection, before));
  if (options.keepChanges !== undefined)
    await forgetChanges(new Date(Date.parse(access.now()) - options.keepChanges).toISOString());
  return {
    space: (name, { ignoreCase = options.ignoreCase ?? false, counts = [] } = {}) =>
      new StoreSpace(name, { ...access, counts, dialect: dialectOf(options.database, ignoreCase) }, units),
    forgetChanges,
    close: () => units.close(),
  };
}

function isPostgres(database: string): boolean {
  return /^postgres(ql)?:\/\//.test(database);
}

function dialectOf(database: string, ignoreCase: boolean): Dialect {
  return isPostgres(database) ? postgres({ ignoreCase }) : sqlite({ ignoreCase });
}

/** The PostgreSQL driver is loaded only where it is needed. */
async function openDatabase({ database, ignoreCase = false }: StoreOptions): Promise<Database> {
  if (!isPostgres(database)) return openSqlite(database, sqlite({ ignoreCase }));
  const { openPostgres } = await import('./connection/postgres.js');
  return openPostgres(database, postgres({ ignoreCase }));
}
