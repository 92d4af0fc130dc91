import type { MigrationInterface } from 'typeorm';

import type { ColumnTypes } from './column-types.js';
import { createSnapshots } from './create-snapshots.js';
import { createStreams } from './create-streams.js';
import { createTables } from './create-tables.js';

/** All migrations in their order. */
export function migrations(types: ColumnTypes): (new () => MigrationInterface)[] {
  return [createTables(types), createStreams(types), createSnapshots(types)];
}
