import { EntitySchema, type EntitySchemaColumnOptions } from 'typeorm';

import type { ColumnTypes } from './column-types.js';

/** The tables that hold any schema's data, as TypeORM sees them. `sql/` and `statements.ts` speak of the same columns. */
export function tables(types: ColumnTypes): EntitySchema[] {
  const text: EntitySchemaColumnOptions = {
    type: 'text',
    ...(types.collation !== undefined && { collation: types.collation }),
  };
  const counter: EntitySchemaColumnOptions = {
    type: types.sequence,
    primary: true,
    generated: 'increment',
  };

  /** One row per entity of any type; a collection is the canonical path of its container. */
  const entity = new EntitySchema({
    name: 'entity',
    columns: {
      sequence: counter,
      space: text,
      collection: text,
      key: text,
      type: text,
      version: { type: 'integer' },
      document: { type: 'jsonb' },
      sent: { type: 'text', nullable: true },
    },
    uniques: [{ name: 'entity_address', columns: ['space', 'collection', 'key'] }],
    indices: [{ name: 'entity_order', columns: ['space', 'collection', 'sequence'] }],
  });

  /** One row per link between two entities, in the order of linking. */
  const reference = new EntitySchema({
    name: 'reference',
    columns: {
      position: counter,
      space: text,
      source_sequence: { type: types.sequence },
      property: text,
      target_sequence: { type: types.sequence },
    },
    foreignKeys: [
      {
        name: 'reference_source',
        columnNames: ['source_sequence'],
        target: 'entity',
        referencedColumnNames: ['sequence'],
        onDelete: 'CASCADE',
      },
      {
        name: 'reference_target',
        columnNames: ['target_sequence'],
        target: 'entity',
        referencedColumnNames: ['sequence'],
        onDelete: 'CASCADE',
      },
    ],
    uniques: [{ name: 'reference_link', columns: ['source_sequence', 'property', 'target_sequence'] }],
    indices: [{ name: 'reference_inverse', columns: ['target_sequence', 'property', 'source_sequence'] }],
  });

  /** One row per write of an entity or a link: what delta queries tell. Without further indexes, since each write pays for them. */
  const change = new EntitySchema({
    name: 'change',
    columns: {
      position: counter,
      space: text,
      collection: text,
      key: text,
      type: text,
      kind: text,
      at: text,
      property: { type: 'text', nullable: true },
      target_collection: { ...text, nullable: true },
      target_key: { ...text, nullable: true },
      target_type: { type: 'text', nullable: true },
    },
  });

  /** One row per stream of an entity; it stays, without content, where the stream is cleared, so that no version comes again. */
  const stream = new EntitySchema({
    name: 'stream',
    columns: {
      entity_sequence: { type: types.sequence, primary: true },
      property: { ...text, primary: true },
      version: { type: 'integer' },
      content_type: { type: 'text', nullable: true },
      bytes: { type: types.bytes, nullable: true },
    },
    foreignKeys: [
      {
        name: 'stream_entity',
        columnNames: ['entity_sequence'],
        target: 'entity',
        referencedColumnNames: ['sequence'],
        onDelete: 'CASCADE',
      },
    ],
  });

  /** One row per state of a computed collection that a client was told; equal ones are kept once. */
  const snapshot = new EntitySchema({
    name: 'snapshot',
    columns: {
      space: { ...text, primary: true },
      key: { ...text, primary: true },
      content: { type: 'text' },
      at: text,
    },
  });
  return [entity, reference, change, stream, snapshot];
}
