import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { Connection, Database } from '../../../src/store/connection/connection.js';
import { openSqlite } from '../../../src/store/connection/sqlite.js';
import { sqlite } from '../../../src/store/sql/index.js';

describe('SqliteConnection', () => {
  let database: Database;
  let connection: Connection;
  beforeAll(async () => {
    database = await openSqlite(':memory:', sqlite({ ignoreCase: false }));
    connection = await database.connect();
  });
  afterAll(() => database.close());

  it('gives rows as values and records by name', async () => {
    const text = 'SELECT column1 AS a, column2 AS b FROM (VALUES (1, ?1), (2, ?2))';
    const values = [
      [1, 'x'],
      [2, null],
    ];
    expect(await connection.rows(text, ['x', null])).toEqual(values);
    expect(await connection.row(text, ['x', null])).toEqual(values[0]);
    expect(await connection.row('SELECT 1 WHERE FALSE', [])).toBeUndefined();
    expect(await connection.records(text, ['x', null])).toEqual([
      { a: 1, b: 'x' },
      { a: 2, b: null },
    ]);
  });

  it('takes booleans, which end the process within libsql', async () => {
    expect(await connection.records('SELECT ? AS a, ? AS b', [true, false])).toEqual([{ a: 1, b: 0 }]);
  });

  it('loses no digit of large integers in JSON', async () => {
    const text = "SELECT json(jsonb(?)) AS document, json(jsonb(?)) ->> '$.n' AS n";
    const [record] = await connection.records(text, ['{"n":9007199254740993}', '{"n":"9007199254740993"}']);
    expect(record).toEqual({ document: '{"n":9007199254740993}', n: '9007199254740993' });
  });

  it('lets others have a turn in a long unit of work', async () => {
    let turns = 0;
    let ended = false;
    const count = () => {
      turns++;
      if (!ended) setImmediate(count);
    };
    setImmediate(count);
    for (let index = 0; index < 5000; index++) await connection.row('SELECT ?1', [index]);
    ended = true;
    expect(turns).toBeGreaterThanOrEqual(5);
  });

  it('takes more shapes of statements than it keeps', async () => {
    for (let round = 0; round < 2; round++)
      for (let index = 0; index < 300; index++)
        expect(await connection.records(`SELECT ${index} AS a`, [])).toEqual([{ a: index }]);
  });

  it('runs a statement that has failed again', async () => {
    await expect((async () => connection.rows('SELECT json(jsonb(?1))', ['{']))()).rejects.toThrow('malformed JSON');
    expect(await connection.rows('SELECT json(jsonb(?1))', ['{}'])).toEqual([['{}']]);
    await expect((async () => connection.records('SELECT json(?) AS a', ['{']))()).rejects.toThrow('malformed JSON');
    expect(await connection.records('SELECT json(?) AS a', ['{}'])).toEqual([{ a: '{}' }]);
  });

  it('says what a statement failed of', async () => {
    await expect((async () => connection.records('SELECT missing', []))()).rejects.toMatchObject({
      status: 500,
      message: 'The database failed: no such column: missing',
    });
    expect(await connection.records('SELECT 1 AS a', [])).toEqual([{ a: 1 }]);
  });
});
