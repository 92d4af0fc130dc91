import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { Scalar } from '../../../src/edm/index.js';
import type { ReadPlan, Source } from '../../../src/plan/index.js';
import type { Row } from '../../../src/store/store.js';
import { databases, type StoredThing, type TestDatabase } from './database.js';
import { navigationOf, part, special, thing } from './model.js';
import { collections, embed, order, plan, relationOf, where } from './plans.js';

const friend = navigationOf(thing, 'Friend');
const friends = navigationOf(thing, 'Friends');
const peers = navigationOf(thing, 'Peers');
const parts = navigationOf(thing, 'Parts');
const note = navigationOf(thing, 'Note');
const innerParts = navigationOf(part, 'Parts');

const entityOf = (key: string): Source => ({ kind: 'entity', collection: 'things', key });

for (const [name, open] of databases) {
  describe(`reads by plan on ${name}`, () => {
    let database: TestDatabase;
    let sequences: Record<string, number>;

    beforeAll(async () => {
      database = await open();
      const rows: StoredThing[] = [
        ...['a', 'b', 'c', 'd'].map((key, index) => ({
          key,
          type: key === 'd' ? 't.Special' : 't.Thing',
          document: `{"id":"${key}","S":"${key.toUpperCase()}","I":${index},"D":0.10000000000000000000000000${index + 1}}`,
        })),
        { collection: 'others', key: 'x', document: '{"id":"x","S":"A"}', sent: '{"/S":"a"}' },
        { collection: 'me', key: '', document: '{"id":"me"}' },
        ...['p', 'q', 'r%2Fs'].map((key, index) => ({
          collection: 'things/a/Parts',
          key,
          type: 't.Part',
          document: `{"id":"${key}","Name":"part \\"${key}\\"","Size":${3 - index}}`,
        })),
        { collection: 'things/b/Parts', key: 'p', type: 't.Part', document: '{"id":"p","Size":9}' },
        { collection: 'things/a/Parts/p/Parts', key: 'pp', type: 't.Part', document: '{"id":"pp"}' },
        { collection: 'things/a/Note', key: '', type: 't.Part', document: '{"id":"n","Name":"note"}' },
        { collection: 'me/Parts', key: 'm', type: 't.Part', document: '{"id":"m"}' },
        { collection: 'others', key: 'y', space: 'other', document: '{"id":"y"}' },
      ];
      const given = await database.insert(rows);
      sequences = Object.fromEntries(
        rows.map(({ key, collection }, index) => [`${collection ?? ''}/${key}`, given[index]!]),
      );
      const link = (from: string, property: string, to: string) =>
        database.link(sequences[`/${from}`]!, `t.Thing/${property}`, sequences[`/${to}`]!);
      await link('a', 'Friend', 'b');
      await link('c', 'Friend', 'b');
      await link('b', 'Friend', 'd');
      await link('a', 'Friends', 'd');
      await link('a', 'Friends', 'b');
      await link('b', 'Friends', 'c');
    });
    afterAll(() => database.close());

    const read = async (parts: Partial<ReadPlan>) => database.read(plan(parts));
    const keys = async (parts: Partial<ReadPlan>) => {
      const rows = await read(parts);
      if (parts.page === undefined) expect(await database.count(plan(parts))).toBe(rows.length);
      return keysOf(rows);
    };

    it('gives all of a row', async () => {
      const [row] = await read({ from: collections('others') });
      expect(row).toEqual({
        sequence: sequences['others/x'],
        collection: 'others',
        key: 'x',
        type: 't.Thing',
        version: 1,
        document: row!.document,
        sent: '{"/S":"a"}',
      });
      expect(JSON.parse(row!.document)).toEqual({ id: 'x', S: 'A' });
    });

    it('keeps the digits of documents', async () => {
      const [row] = await read({ from: entityOf('a') });
      expect(row!.document).toContain('0.100000000000000000000000001');
    });

    it.each<readonly [string, Partial<ReadPlan>, string]>([
      ['a collection', { from: collections('things') }, 'a b c d'],
      ['several collections', { from: collections('others', 'things') }, 'a b c d x'],
      ['no collection', { from: collections() }, ''],
      ['an entity', { from: entityOf('b') }, 'b'],
      ['an entity that is not there', { from: entityOf('z') }, ''],
      ['a singleton', { from: { kind: 'entity', collection: 'me', key: '' } }, ''],
      ['a key of a collection', { from: { kind: 'keyed', of: collections('things'), key: 'c' } }, 'c'],
      ['a key of several collections', { from: { kind: 'keyed', of: collections('things', 'others'), key: 'x' } }, 'x'],
      ['a derived type', { from: collections('things'), typeNames: ['t.Special'] }, 'd'],
      ['no type', { from: collections('things'), typeNames: [] }, ''],
      [
        'what an entity contains',
        { from: { kind: 'related', of: entityOf('a'), relation: relationOf(parts) } },
        'p q r%2Fs',
      ],
      [
        'a key of what an entity contains',
        { from: { kind: 'keyed', of: { kind: 'related', of: entityOf('a'), relation: relationOf(parts) }, key: 'q' } },
        'q',
      ],
      [
        'what a singleton contains',
        {
          from: {
            kind: 'related',
            of: { kind: 'entity', collection: 'me', key: '' },
            relation: relationOf(parts),
          },
        },
        'm',
      ],
      [
        'what is contained in what is contained',
        {
          from: {
            kind: 'related',
            of: { kind: 'keyed', of: { kind: 'related', of: entityOf('a'), relation: relationOf(parts) }, key: 'p' },
            relation: relationOf(innerParts),
          },
        },
        'pp',
      ],
      [
        'what all entities contain',
        { from: { kind: 'related', of: collections('things'), relation: relationOf(parts) } },
        'p q r%2Fs p',
      ],
      [
        'what an entity refers to',
        { from: { kind: 'related', of: entityOf('a'), relation: relationOf(friends) } },
        'b d',
      ],
      [
        'the one that an entity refers to',
        { from: { kind: 'related', of: entityOf('a'), relation: relationOf(friend) } },
        'b',
      ],
      ['references backwards', { from: { kind: 'related', of: entityOf('b'), relation: relationOf(peers) } }, 'a c'],
      [
        'references of references',
        {
          from: {
            kind: 'related',
            of: { kind: 'related', of: entityOf('a'), relation: relationOf(friend) },
            relation: relationOf(friends),
          },
        },
        'c',
      ],
      [
        'a key of references',
        {
          from: { kind: 'keyed', of: { kind: 'related', of: entityOf('a'), relation: relationOf(friends) }, key: 'd' },
        },
        'd',
      ],
      [
        'what a referenced entity contains',
        {
          from: {
            kind: 'related',
            of: { kind: 'related', of: entityOf('c'), relation: relationOf(friend) },
            relation: relationOf(parts),
          },
        },
        'p',
      ],
      [
        'rows of equal value',
        {
          from: {
            kind: 'related',
            of: collections('others'),
            relation: {
              kind: 'constrained',
              property: friends,
              collection: 'things',
              pairs: [{ here: ['S'], there: ['S'], type: thing.properties.get('S')!.type as never }],
            },
          },
        },
        'a',
      ],
    ])('reads %s', async (_, parts, expected) => {
      expect((await keys(parts)).join(' ')).toBe(expected);
    });

    it.each([
      ["Friend/S eq 'B'", 'ac'],
      ["Friend/S ne 'B'", 'bd'],
      ['Friend eq null', 'd'],
      ['Friend ne null', 'abc'],
      ["Friend/Friend/S eq 'D'", 'ac'],
      ['Friend/t.Special/S ne null', 'b'],
      ['isof(Friend,t.Special)', 'b'],
      ['isof(t.Special)', 'd'],
      ["t.Special/S eq 'D'", 'd'],
      ["Friends/any(f:f/S eq 'D')", 'a'],
      ["Friends/any(f:f/S eq 'D' and f/I gt $it/I)", 'a'],
      ['Friends/any(f:f/I gt $it/I)', 'ab'],
      ['Friends/all(f:f/I gt 2)', 'cd'],
      ['Friends/t.Special/any()', 'a'],
      ['Friends/$count eq 2', 'a'],
      ['Friends/$count($filter=I gt 2) eq 1', 'a'],
      ["Friends/any(f:f/Friends/any(g:g/S eq 'C' and f/S eq 'B'))", 'a'],
      ['Parts/any(p:p/Size gt 2)', 'ab'],
      ["Parts/any(p:p/Parts/any(x:x/id eq 'pp'))", 'a'],
      ["Note/Name eq 'note'", 'a'],
      ['Friend/Parts/any(p:p/Size eq 9)', 'ac'],
      ['Friend/Friends/$count eq 1', 'ac'],
      ["Peers/any(p:p/S eq 'C')", 'b'],
      ['Peers/$count eq 2', 'b'],
    ])('filters by %s', async (filter, expected) => {
      expect((await keys({ where: where(filter) })).join('')).toBe(expected);
    });

    it('pages by any order and its keyset', async () => {
      const orders = [
        [],
        ['S'],
        ['S desc'],
        ['Friend/S', 'I desc'],
        ['Friend/I desc', 'S desc'],
        ['D desc'],
        ['Friend ne null'],
      ];
      for (const texts of orders) {
        const terms = order(...texts);
        const whole = keysOf(await read({ order: terms }));
        const paged: string[] = [];
        let after: ReadPlan['page']['after'];
        for (;;) {
          const rows = await read({ order: terms, page: { limit: 1, skip: 0, ...(after && { after }) } });
          if (rows.length === 0) break;
          paged.push(...keysOf(rows));
          const last = rows.at(-1)!;
          after = { values: (last.order ?? []) as (Scalar | null)[], sequence: last.sequence };
          expect(paged.length).toBeLessThan(9);
        }
        expect([texts, paged]).toEqual([texts, whole]);
      }
    });

    it('skips and limits', async () => {
      expect(await keys({ page: { limit: 2, skip: 1 } })).toEqual(['b', 'c']);
      expect(await keys({ page: { limit: undefined, skip: 3 } })).toEqual(['d']);
      expect(await keys({ page: { limit: 0, skip: 0 } })).toEqual([]);
    });

    it('embeds rows in rows, with order, page, count and conditions', async () => {
      const rows = await read({
        embed: [
          embed(parts, {
            count: true,
            of: {
              page: { limit: 2, skip: 1 },
              embed: [embed(innerParts)],
            },
          }),
          embed(friends, { of: { where: where("S ne 'C'"), order: order('S desc'), embed: [embed(friend)] } }),
          embed(peers, { as: 'count', count: true }),
          embed(note, { name: 'the note', onlyFor: ['t.Thing'] }),
        ],
      });
      const [a, b, , d] = rows.map((row) => row.embedded!);
      expect(keysOf(a!.get('Parts')!.rows)).toEqual(['q', 'r%2Fs']);
      expect(a!.get('Parts')!.count).toBe(3);
      expect(JSON.parse(a!.get('Parts')!.rows[0]!.document)).toEqual({ id: 'q', Name: 'part "q"', Size: 2 });
      expect(keysOf(a!.get('Parts')!.rows[0]!.embedded!.get('Parts')!.rows)).toEqual([]);
      expect(keysOf(a!.get('Friends')!.rows)).toEqual(['d', 'b']);
      expect(a!.get('Friends')!.rows[0]!.order).toEqual(['D']);
      expect(keysOf(a!.get('Friends')!.rows[1]!.embedded!.get('Friend')!.rows)).toEqual(['d']);
      expect(a!.get('Friends')!.rows[1]!.embedded!.get('Friend')!.rows[0]!.document).toContain(
        '0.100000000000000000000000004',
      );
      expect(a!.get('Friends')!.count).toBeUndefined();
      expect([a, b].map((embedded) => embedded!.get('Peers'))).toEqual([
        { rows: [], count: 0 },
        { rows: [], count: 2 },
      ]);
      expect(keysOf(a!.get('the note')!.rows)).toEqual(['']);
      expect(b!.get('the note')!.rows).toEqual([]);
      expect(d!.has('the note')).toBe(false);
      expect(await database.read(plan({ from: collections('nowhere'), embed: [embed(parts)] }))).toEqual([]);
    });

    it('computes values beside rows, also within embedded ones', async () => {
      const compute = ['I add 1', 'D', "concat(S,'!')", 'I gt 0', 'Friend/S', 'D mul 2'].map((text, index) => ({
        alias: `c${index}`,
        expression: order(text)[0]!.expression,
      }));
      const [a] = await read({ compute, embed: [embed(friend, { of: { compute } })] });
      const values = (row: Row) =>
        [...row.computed!.values()].map((value) => (typeof value === 'object' ? String(value) : value));
      expect(values(a!).slice(0, 5)).toEqual([1, '0.100000000000000000000000001', 'A!', false, 'B']);
      expect(values(a!.embedded!.get('Friend')!.rows[0]!).slice(0, 5)).toEqual([
        2,
        '0.100000000000000000000000002',
        'B!',
        true,
        'D',
      ]);
    });

    it.each([
      ['a', 'ax'],
      ['A', 'ax'],
      ['T.THING', ''],
      ['%', ''],
      ['b', 'b'],
    ])('searches for %s', async (text, expected) => {
      const place = { kind: 'variable', variable: 0, type: { type: thing, isCollection: false } } as const;
      const word = { kind: 'word', text } as const;
      const from = collections('things', 'others');
      expect((await keys({ from, where: { kind: 'search', place, expression: word } })).join('')).toBe(expected);
      const not = { kind: 'not', operand: word } as const;
      const all = { kind: 'or', left: { kind: 'and', left: word, right: word }, right: not } as const;
      expect((await keys({ from, where: { kind: 'search', place, expression: all } })).join('')).toBe('abcdx');
    });

    it('leaves the type of the place to rows of derived types', async () => {
      expect(special.isOrDerivesFrom(thing)).toBe(true);
      expect(
        await keys({
          type: special,
          from: collections('things'),
          typeNames: ['t.Special'],
          where: where('Extra eq null', special),
        }),
      ).toEqual(['d']);
    });
  });
}

function keysOf(rows: readonly Row[]): string[] {
  return rows.map(({ key }) => key);
}
