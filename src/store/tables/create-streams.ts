import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

import type { ColumnTypes } from './column-types.js';

const LINK_COLUMNS = ['property', 'target_collection', 'target_key', 'target_type'];
const MICROSECONDS = 1000;

/**
 * The second migration: streams, links in the change log, and a mark where the log begins. Positions count on from the
 * present time, so that one of another database, or of one in memory that has gone, is known to be foreign.
 */
export function createStreams(types: ColumnTypes): new () => MigrationInterface {
  const collation = types.collation === undefined ? '' : ` COLLATE "${types.collation}"`;
  const stream = new Table({
    name: 'stream',
    columns: [
      { name: 'entity_sequence', type: types.sequence, isPrimary: true },
      {
        name: 'property',
        type: 'text',
        isPrimary: true,
        ...(types.collation !== undefined && { collation: types.collation }),
      },
      { name: 'version', type: 'integer' },
      { name: 'content_type', type: 'text', isNullable: true },
      { name: 'bytes', type: types.bytes, isNullable: true },
    ],
    foreignKeys: [
      {
        name: 'stream_entity',
        columnNames: ['entity_sequence'],
        referencedTableName: 'entity',
        referencedColumnNames: ['sequence'],
        onDelete: 'CASCADE',
      },
    ],
  });

  return class implements MigrationInterface {
    readonly name = 'CreateStreams1700000001000';

    async up(queryRunner: QueryRunner): Promise<void> {
      await queryRunner.createTable(stream);
      for (const column of LINK_COLUMNS) {
        const type = column === 'property' || column === 'target_type' ? 'text' : `text${collation}`;
        await queryRunner.query(`ALTER TABLE change ADD COLUMN ${column} ${type}`);
      }
      const position = Date.now() * MICROSECONDS;
      await queryRunner.query(`INSERT INTO change (position, space, collection, key, type, kind, at)
        VALUES (${String(position)}, '', '', '', '', 'begun', '${new Date().toISOString()}')`);
      if (types.continueChanges !== undefined) await queryRunner.query(types.continueChanges(position));
    }

    async down(queryRunner: QueryRunner): Promise<void> {
      await queryRunner.query(`DELETE FROM change WHERE kind = 'begun'`);
      for (const column of LINK_COLUMNS) await queryRunner.query(`ALTER TABLE change DROP COLUMN ${column}`);
      await queryRunner.dropTable('stream');
    }
  };
}
