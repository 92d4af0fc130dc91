import { Table, type MigrationInterface, type QueryRunner, type TableColumnOptions } from 'typeorm';

import type { ColumnTypes } from './column-types.js';

/** The first migration. It stays as it is; later changes of `tables.ts` come as migrations of their own. */
export function createTables(types: ColumnTypes): new () => MigrationInterface {
  const text = (name: string): TableColumnOptions => ({
    name,
    type: 'text',
    ...(types.collation !== undefined && { collation: types.collation }),
  });
  const counter = (name: string): TableColumnOptions => ({
    name,
    type: types.sequence,
    isPrimary: true,
    isGenerated: true,
    generationStrategy: 'increment',
  });
  const toEntity = (name: string, columnName: string) => ({
    name,
    columnNames: [columnName],
    referencedTableName: 'entity',
    referencedColumnNames: ['sequence'],
    onDelete: 'CASCADE',
  });

  const entity = (): Table =>
    new Table({
      name: 'entity',
      columns: [
        counter('sequence'),
        text('space'),
        text('collection'),
        text('key'),
        text('type'),
        { name: 'version', type: 'integer' },
        { name: 'document', type: 'jsonb' },
        { name: 'sent', type: 'text', isNullable: true },
      ],
      uniques: [{ name: 'entity_address', columnNames: ['space', 'collection', 'key'] }],
      indices: [{ name: 'entity_order', columnNames: ['space', 'collection', 'sequence'] }],
    });
  const reference = (): Table =>
    new Table({
      name: 'reference',
      columns: [
        counter('position'),
        text('space'),
        { name: 'source_sequence', type: types.sequence },
        text('property'),
        { name: 'target_sequence', type: types.sequence },
      ],
      foreignKeys: [toEntity('reference_source', 'source_sequence'), toEntity('reference_target', 'target_sequence')],
      uniques: [{ name: 'reference_link', columnNames: ['source_sequence', 'property', 'target_sequence'] }],
      indices: [{ name: 'reference_inverse', columnNames: ['target_sequence', 'property', 'source_sequence'] }],
    });
  const change = (): Table =>
    new Table({
      name: 'change',
      columns: [counter('position'), ...['space', 'collection', 'key', 'type', 'kind', 'at'].map(text)],
    });

  return class implements MigrationInterface {
    readonly name = 'CreateTables1700000000000';

    async up(queryRunner: QueryRunner): Promise<void> {
      for (const table of [entity(), reference(), change()]) await queryRunner.createTable(table);
    }

    async down(queryRunner: QueryRunner): Promise<void> {
      for (const table of ['change', 'reference', 'entity']) await queryRunner.dropTable(table);
    }
  };
}
