import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { ReadPlan } from '../../../src/plan/index.js';
import { compileCount, compileSelect, postgres, sqlite } from '../../../src/store/sql/index.js';
import { databases, type TestDatabase } from './database.js';
import { navigationOf, thing } from './model.js';
import { embed, order, plan, where } from './plans.js';

const page = { limit: 20, skip: 0 };
const FIELDS_SQLITE = `SELECT e1.sequence, e1.collection, e1.key, e1.type, e1.version, json(e1.document) || '' AS document, e1.sent`;
const FIELDS_POSTGRES = `SELECT e1.sequence, e1.collection, e1.key, e1.type, e1.version, e1.document::text AS document, e1.sent`;

interface Case {
  readonly name: string;
  readonly plan: ReadPlan;
  readonly sqlite: string;
  readonly postgres: string;
  /** As PostgreSQL gets them; SQLite gets whole numbers as bigints. */
  readonly parameters: readonly unknown[];
}

const CASES: readonly Case[] = [
  {
    name: 'a page behind a row, in the order of creation',
    plan: plan({ page: { limit: 20, skip: 0, after: { values: [], sequence: 7 } } }),
    sqlite: `${FIELDS_SQLITE} FROM entity AS e1 WHERE e1.space = ? AND e1.collection = ? AND e1.sequence > ? ORDER BY e1.sequence LIMIT ?`,
    postgres: `${FIELDS_POSTGRES} FROM entity AS e1 WHERE e1.space = $1::text AND e1.collection = $2::text AND e1.sequence > $3::bigint ORDER BY e1.sequence LIMIT $4::bigint`,
    parameters: ['s', 'things', 7, 20],
  },
  {
    name: 'an entity',
    plan: plan({ from: { kind: 'entity', collection: 'things', key: "it's" } }),
    sqlite: `${FIELDS_SQLITE} FROM entity AS e1 WHERE e1.space = ? AND e1.collection = ? AND e1.key = ? ORDER BY e1.sequence`,
    postgres: `${FIELDS_POSTGRES} FROM entity AS e1 WHERE e1.space = $1::text AND e1.collection = $2::text AND e1.key = $3::text ORDER BY e1.sequence`,
    parameters: ['s', 'things', "it's"],
  },
  {
    name: 'a condition and an order',
    plan: plan({ where: where("startswith(S,'A') and Color eq 'Red'"), order: order('Day desc'), page }),
    sqlite: `${FIELDS_SQLITE}, (e1.document ->> '$.Day') AS order_0 FROM entity AS e1 WHERE e1.space = ? AND e1.collection = ? AND ((instr((e1.document ->> '$.S'), ?) = 1) AND ((e1.document ->> '$.Color') = ?)) ORDER BY (e1.document ->> '$.Day') DESC NULLS LAST, e1.sequence LIMIT ?`,
    postgres: `${FIELDS_POSTGRES}, (e1.document ->> 'Day') AS order_0 FROM entity AS e1 WHERE e1.space = $1::text AND e1.collection = $2::text AND (starts_with((e1.document ->> 'S'), $3::text) AND ((e1.document ->> 'Color') = $4::text)) ORDER BY (e1.document ->> 'Day') COLLATE "C" DESC NULLS LAST, e1.sequence LIMIT $5::bigint`,
    parameters: ['s', 'things', 'A', 'Red', 20],
  },
  {
    name: 'the name of a dynamic property as a value',
    plan: plan({ where: where("Any_thing eq 'x'") }),
    sqlite: `${FIELDS_SQLITE} FROM entity AS e1 WHERE e1.space = ? AND e1.collection = ? AND (CASE WHEN json_type(e1.document, ?) = 'text' THEN (e1.document ->> ?) END = ?) ORDER BY e1.sequence`,
    postgres: `${FIELDS_POSTGRES} FROM entity AS e1 WHERE e1.space = $1::text AND e1.collection = $2::text AND (CASE WHEN jsonb_typeof((e1.document -> $3::text)) = 'string' THEN (e1.document ->> $4::text) END = $5::text) ORDER BY e1.sequence`,
    parameters: ['s', 'things', 'Any_thing', 'Any_thing', 'x'],
  },
  {
    name: 'embedded rows',
    plan: plan({ embed: [embed(navigationOf(thing, 'Parts'), { of: { page: { limit: 5, skip: 0 } } })] }),
    sqlite: `${FIELDS_SQLITE}, (SELECT json_group_array(json_array(e3.sequence, e3.collection, e3.key, e3.type, e3.version, e3.document, e3.sent)) FROM (SELECT e2.sequence, e2.collection, e2.key, e2.type, e2.version, json(e2.document) || '' AS document, e2.sent FROM entity AS e2 WHERE e2.space = ? AND e2.collection = CASE e1.key WHEN '' THEN e1.collection ELSE e1.collection || '/' || e1.key END || '/Parts' ORDER BY e2.sequence LIMIT ?) AS e3) AS rows_0 FROM entity AS e1 WHERE e1.space = ? AND e1.collection = ? ORDER BY e1.sequence`,
    postgres: `${FIELDS_POSTGRES}, (SELECT coalesce(json_agg(json_build_array(e3.sequence, e3.collection, e3.key, e3.type, e3.version, e3.document, e3.sent)), '[]') FROM (SELECT e2.sequence, e2.collection, e2.key, e2.type, e2.version, e2.document::text AS document, e2.sent FROM entity AS e2 WHERE e2.space = $1::text AND e2.collection = CASE e1.key WHEN '' THEN e1.collection ELSE e1.collection || '/' || e1.key END || '/Parts' ORDER BY e2.sequence LIMIT $2::bigint) AS e3) AS rows_0 FROM entity AS e1 WHERE e1.space = $3::text AND e1.collection = $4::text ORDER BY e1.sequence`,
    parameters: ['s', 5, 's', 'things'],
  },
];

describe('statements', () => {
  const space = 's';

  it.each(CASES)('$name on SQLite', ({ plan, sqlite: text, parameters }) => {
    const statement = compileSelect(plan, { dialect: sqlite({ ignoreCase: false }), space });
    expect(statement.text).toBe(text);
    const given = statement.parameters.map((value) => (typeof value === 'bigint' ? Number(value) : value));
    expect(given.map((value) => (typeof value === 'string' ? value.replace(/^\$\./, '') : value))).toEqual(parameters);
  });

  it.each(CASES)('$name on PostgreSQL', ({ plan, postgres: text, parameters }) => {
    expect(compileSelect(plan, { dialect: postgres({ ignoreCase: false }), space })).toEqual({ text, parameters });
  });

  it('counts without page and order', () => {
    const counted = plan({ order: order('S'), page: { limit: 5, skip: 5, after: { values: [], sequence: 3 } } });
    expect(compileCount(counted, { dialect: sqlite({ ignoreCase: false }), space })).toEqual({
      text: 'SELECT count(*) AS count FROM entity AS e1 WHERE e1.space = ? AND e1.collection = ?',
      parameters: ['s', 'things'],
    });
  });

  it('takes what users send as values alone', () => {
    const hostile = `x' OR "1"='1\\`;
    const texts = [sqlite, postgres].map((dialect) => {
      const literal = where(`S eq '${hostile.replaceAll("'", "''")}'`);
      return compileSelect(
        plan({ from: { kind: 'entity', collection: hostile, key: hostile }, typeNames: [hostile], where: literal }),
        { dialect: dialect({ ignoreCase: true }), space: hostile },
      ).text;
    });
    for (const text of texts) expect(text).not.toContain('"1"');
  });
});

describe('query plans of SQLite', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await databases[0]![1]();
  });
  afterAll(() => database.close());

  const planOf = async (read: ReadPlan) => {
    const { text, parameters } = compileSelect(read, { dialect: sqlite({ ignoreCase: true }), space: 's' });
    const steps = await database.query(`EXPLAIN QUERY PLAN ${text}`, parameters);
    return steps.map(({ detail }) => detail);
  };

  it('finds a deep page of a collection in the index, and needs no sorting', async () => {
    expect(await planOf(plan({ page: { limit: 20, skip: 0, after: { values: [], sequence: 50_000 } } }))).toEqual([
      'SEARCH e1 USING INDEX entity_order (space=? AND collection=? AND sequence>?)',
    ]);
  });

  it('does so for what an entity contains', async () => {
    const relation = { kind: 'contained', property: navigationOf(thing, 'Parts') } as const;
    const of = { kind: 'entity', collection: 'things', key: 'a' } as const;
    expect(await planOf(plan({ from: { kind: 'related', of, relation }, page }))).toEqual([
      'SEARCH e1 USING INDEX entity_order (space=? AND collection=?)',
    ]);
  });

  it('finds an entity by its address', async () => {
    expect(await planOf(plan({ from: { kind: 'entity', collection: 'things', key: 'a' } }))).toEqual([
      'SEARCH e1 USING INDEX entity_address (space=? AND collection=? AND key=?)',
    ]);
  });

  it('finds embedded rows by their indexes', async () => {
    const steps = await planOf(
      plan({ embed: [embed(navigationOf(thing, 'Friends')), embed(navigationOf(thing, 'Parts'))], page }),
    );
    expect(steps.filter((step) => /SCAN (?!e\d+$)/.test(String(step)))).toEqual([]);
    expect(steps).toContain('SEARCH e3 USING COVERING INDEX reference_link (source_sequence=? AND property=?)');
    expect(steps).toContain('SEARCH e5 USING INDEX entity_order (space=? AND collection=?)');
  });
});
