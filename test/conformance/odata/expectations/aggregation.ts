import { beforeEach, describe, expect, it } from '@jest/globals';

import type { Client, Row } from './client.js';

/** Section 6: `$apply` and `$compute`. */
export function aggregation(client: Client): void {
  describe('6 $apply and $compute', () => {
    let products: readonly Row[];
    let byCategory: ReadonlyMap<string, readonly Row[]>;
    beforeEach(async () => {
      products = await client.rows('/Products');
      const groups = new Map<string, Row[]>();
      for (const product of products) {
        const category = product['CategoryID'] as string;
        groups.set(category, [...(groups.get(category) ?? []), product]);
      }
      byCategory = groups;
    });
    const apply = (transformations: string) => client.rows(`/Products?$apply=${encodeURIComponent(transformations)}`);
    const sum = (rows: readonly Row[]): number => rows.reduce((total, { Price }) => total + Number(Price), 0);
    const dearestFirst = () => products.toSorted((a, b) => Number(b['Price']) - Number(a['Price']));
    const ids = (rows: readonly Row[]) => rows.map(({ ID }) => ID as string);

    it('aggregates to numbers', async () => {
      const [row] = await apply(
        'aggregate($count as N,Price with sum as S,Price with average as A,Price with min as I,CategoryID with countdistinct as C)',
      );
      expect(row).toMatchObject({ N: 7, I: 15.5, C: 3 });
      expect(row!['S']).toBeCloseTo(sum(products), 2);
      expect(row!['A']).toBeCloseTo(sum(products) / 7, 2);
    });

    it('groups, and sorts, cuts and filters what came of it', async () => {
      const groups = await apply('groupby((CategoryID),aggregate(Price with sum as Total,$count as N))');
      for (const { CategoryID, Total, N } of groups) {
        expect(Total).toBeCloseTo(sum(byCategory.get(CategoryID as string)!), 2);
        expect(N).toBe(byCategory.get(CategoryID as string)!.length);
      }
      const path = '/Products?$apply=groupby((CategoryID),aggregate(Price with sum as Total))';
      const totals = (await client.rows(`${path}&$orderby=Total desc`)).map(({ Total }) => Number(Total));
      expect(totals).toEqual(totals.toSorted((a, b) => b - a));
      expect(await client.rows(`${path}&$orderby=Total desc&$top=1`)).toMatchObject([{ Total: totals[0] }]);
      for (const { Total } of await client.rows(`${path}&$filter=Total gt 100`)) expect(Total).toBeGreaterThan(100);
    });

    it('counts what groups were made of', async () => {
      const found = (await apply('groupby((CategoryID))/filter($count gt 1)')).map(
        ({ CategoryID }) => CategoryID as string,
      );
      expect(found).toEqual([...byCategory].filter(([, rows]) => rows.length > 1).map(([category]) => category));
    });

    it.each([
      ['topcount(3,Price)', (rows: readonly Row[]) => rows.slice(0, 3)],
      ['bottomcount(2,Price)', (rows: readonly Row[]) => rows.toReversed().slice(0, 2)],
      ['topsum(2500,Price)', (rows: readonly Row[]) => rows.slice(0, 2)],
      ['toppercent(50,Price)', (rows: readonly Row[]) => rows.slice(0, 2)],
      ['bottomsum(40,Price)', (rows: readonly Row[]) => rows.toReversed().slice(0, 2)],
      ['bottompercent(1,Price)', (rows: readonly Row[]) => rows.toReversed().slice(0, 2)],
      ['orderby(Price desc)/skip(1)/top(2)', (rows: readonly Row[]) => rows.slice(1, 3)],
    ])('%s gives rows in the order of the measure', async (transformation, expected) => {
      expect(ids(await apply(transformation))).toEqual(ids(expected(dearestFirst())));
    });

    it('keeps what stands twice in a concatenation', async () => {
      expect(await apply('concat(identity,identity)')).toHaveLength(14);
      expect(await apply('concat(identity,filter(Price gt 100))/aggregate($count as N)')).toMatchObject([{ N: 12 }]);
    });

    it.each(['Description', 'D'])('joins descriptions as %s', async (alias) => {
      const descriptions = await client.rows('/ProductDescriptions');
      const joined = await apply(`join(Descriptions as ${alias})`);
      expect(joined).toHaveLength(descriptions.length);
      for (const row of joined)
        expect(row).toMatchObject({ Name: expect.any(String), [alias]: { LanguageKey: expect.any(String) } });
      const outer = await apply(`outerjoin(Descriptions as ${alias})`);
      const lonely = products.filter(({ ID }) => !descriptions.some(({ ProductID }) => ProductID === ID));
      expect(ids(outer.filter((row) => row[alias] === null))).toEqual(ids(lonely));
      for (const join of ['join', 'outerjoin']) {
        const path = `/Products?$apply=${join}(Descriptions as ${alias}`;
        expect((await client.get(`${path},identity)`)).json).toEqual((await client.get(`${path})`)).json);
        expect(await client.rows(`${path})/filter(Price gt 100)/aggregate($count as N)`)).toHaveLength(1);
      }
    });

    it('rolls up to a total, where it is told to', async () => {
      const rows = await apply('groupby((rollup(null,CategoryID)),aggregate(Price with sum as Total))');
      const [total, ...others] = rows.filter(({ CategoryID }) => CategoryID === null);
      expect([rows.length, others.length]).toEqual([4, 0]);
      expect(total!['Total']).toBeCloseTo(sum(products), 2);
      expect(await apply('groupby((rollup(CategoryID)))')).toHaveLength(3);
    });

    it.each([
      'topcount(0,Price)',
      'bottomcount(0,Price)',
      'toppercent(0,Price)',
      'groupby((rollup(null,Nothing)))',
      'groupby((Nothing))',
      'aggregate(Nothing with sum as T)',
      'ancestors()',
      'descendants()',
      'traverse()',
      'unheardof(Price)',
      '',
    ])('refuses %j', async (transformation) => {
      const { status, json } = await client.get(`/Products?$apply=${transformation}`);
      expect([status, typeof json.error.code]).toEqual([400, 'string']);
    });

    it('computes, shows what it computed where it may, and sorts and filters by it', async () => {
      for (const { Price, Twice } of await client.rows('/Products?$compute=Price mul 2 as Twice'))
        expect(Twice).toBeCloseTo(Number(Price) * 2, 2);
      for (const row of await client.rows('/Products?$compute=Price mul 2 as Twice&$select=Name'))
        expect(row).not.toHaveProperty('Twice');
      const path = '/Products?$compute=Price mul 2 as Twice&$filter=Twice gt 200&$orderby=Twice desc&$select=Twice';
      const twice = (await client.rows(path)).map(({ Twice }) => Number(Twice));
      expect(twice).toEqual(
        dearestFirst()
          .map(({ Price }) => Number(Price) * 2)
          .filter((value) => value > 200),
      );
    });

    it.each(['invalid syntax', 'Price mul 2', 'Price mul as X', 'as X', ''])(
      'says what is wrong with $compute=%s',
      async (compute) => {
        const { status, json } = await client.get(`/Products?$compute=${compute}`);
        expect([status, json.error.message]).toEqual([
          400,
          expect.stringContaining('invalid compute expression format'),
        ]);
      },
    );
  });
}
