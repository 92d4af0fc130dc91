import { Table, type MigrationInterface, type QueryRunner, type TableColumnOptions } from 'typeorm';

import type { ColumnTypes } from './column-types.js';

/** The third migration: what clients have been shown of collections that are computed. */
export function createSnapshots(types: ColumnTypes): new () => MigrationInterface {
  const text = (name: string): TableColumnOptions => ({
    name,
    type: 'text',
    ...(types.collation !== undefined && { collation: types.collation }),
  });
  const snapshot = (): Table =>
    new Table({
      name: 'snapshot',
      columns: [
        { ...text('space'), isPrimary: true },
        { ...text('key'), isPrimary: true },
        { name: 'content', type: 'text' },
        text('at'),
      ],
    });

  return class implements MigrationInterface {
    readonly name = 'CreateSnapshots1700000002000';

    async up(queryRunner: QueryRunner): Promise<void> {
      await queryRunner.createTable(snapshot());
    }

    async down(queryRunner: QueryRunner): Promise<void> {
      await queryRunner.dropTable('snapshot');
    }
  };
}
