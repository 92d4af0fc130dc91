// Runs on PostgreSQL where MOCKGRAPH_POSTGRES says where it is.

import { beforeEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { useService } from '../service-in-test.js';

const number = (type: string) => ({ $Type: type, $Scale: 'variable', $Nullable: true });

const { send } = useService({
  $Version: '4.01',
  $EntityContainer: 'shop.Container',
  shop: {
    Sale: {
      $Kind: 'EntityType',
      $Key: ['ID'],
      ID: { $Type: 'Edm.Int32' },
      Group: { $Nullable: true },
      Price: number('Edm.Decimal'),
      Pieces: { $Type: 'Edm.Int64', $Nullable: true },
    },
    Container: { $Kind: 'EntityContainer', Sales: { $Collection: true, $Type: 'shop.Sale' } },
  },
});

const IDS = [0, 1, 2, 3, 4, 5, 6, 7];
beforeEach(async () => {
  for (const ID of IDS) await send('POST', 'Sales', { json: { ID } });
});

/** Decimals go as JSON text, whose digits nothing rounds. */
async function write(ID: number, price: string, more = ''): Promise<void> {
  const body = `{"Price":${price}${more}}`;
  const headers = { 'Content-Type': 'application/json' };
  expect((await send('PATCH', `Sales(${String(ID)})`, { headers, body })).status).toBe(204);
}

async function idsOf(apply: string): Promise<number[]> {
  const { status, json } = await send('GET', encodeURI(`Sales?$apply=${apply}&$select=ID`));
  expect([apply, status, json.error]).toEqual([apply, 200, undefined]);
  return json.value.map((row: { ID: number }) => row.ID);
}

describe('topsum, bottomsum and their kin sum exactly [OData-Aggregation 3.3.1]', () => {
  it.each<[prices: readonly string[], apply: string, ids: readonly number[]]>([
    [['0.7', '0.1', '0.05'], 'topsum(0.8,Price)', [0, 1]],
    [['0.1', '0.2', '0.3'], 'bottomsum(0.3,Price)', [0, 1]],
    [['0.1', '0.7', '0.2'], 'filter(Price ne null)/toppercent(90,Price)', [1, 2]],
    [['0.1', '0.2', '0.7'], 'filter(Price ne null)/bottompercent(30,Price)', [0, 1]],
    [['12345678901234567890.1', '0.01', '0.001'], 'topsum(12345678901234567890.11,Price)', [0, 1]],
    [['1e30', '1', '-1e30'], 'topsum(1000000000000000000000000000001,Price)', [0, 1]],
    [
      ['1', '1', '1'],
      'compute(9223372036854775807 as Most)/filter(Price ne null)/topsum(18446744073709551614,Most)',
      [0, 1],
    ],
    [['0.7', '0.1', '0.05'], 'filter(Price ne null)/topsum($these/aggregate(Price with sum) sub 0.05,Price)', [0, 1]],
  ])('%j: %s', async (prices, apply, ids) => {
    for (const [ID, price] of prices.entries()) await write(ID, price);
    const wanted = apply.includes('bottomsum') ? `filter(Price ne null)/${apply}` : apply;
    expect(await idsOf(wanted)).toEqual(ids);
  });

  it('of any decimals, in any groups', async () => {
    const price = fc.integer({ min: -300, max: 3000 });
    const textOf = (thousandths: number): string =>
      `${thousandths < 0 ? '-' : ''}${String(Math.trunc(Math.abs(thousandths) / 1000))}.${String(Math.abs(thousandths) % 1000).padStart(3, '0')}`;
    await fc.assert(
      fc.asyncProperty(
        fc.array(price, { minLength: IDS.length, maxLength: IDS.length }),
        fc.integer({ min: 1, max: 9000 }),
        fc.integer({ min: 1, max: 100 }),
        async (prices, amount, percent) => {
          for (const ID of IDS)
            await write(
              ID,
              textOf(prices[ID]!),
              `,"Group":"${ID % 2 === 0 ? 'a' : 'b'}","Pieces":${String(prices[ID])}`,
            );
          const taken = (
            ids: readonly number[],
            isEnough: (before: number, total: number) => boolean,
            sign: number,
          ): number[] => {
            const total = ids.reduce((sum, ID) => sum + prices[ID]!, 0);
            const found: number[] = [];
            let before = 0;
            for (const ID of ids.toSorted((a, b) => sign * (prices[b]! - prices[a]!) || a - b)) {
              if (isEnough(before, total)) break;
              found.push(ID);
              before += prices[ID]!;
            }
            return found;
          };
          const bySum = (before: number): boolean => before >= amount;
          const byPercent = (before: number, total: number): boolean =>
            total > 0 ? before * 100 >= percent * total : total < 0 && before * 100 <= percent * total;
          expect(await idsOf(`topsum(${textOf(amount)},Price)`)).toEqual(taken(IDS, bySum, 1));
          expect(await idsOf(`bottomsum(${textOf(amount)},Price)`)).toEqual(taken(IDS, bySum, -1));
          expect(await idsOf(`topsum(${String(amount)},Pieces)`)).toEqual(taken(IDS, bySum, 1));
          expect(await idsOf(`toppercent(${String(percent)},Price)`)).toEqual(taken(IDS, byPercent, 1));
          const groups = [0, 1].map((rest) => IDS.filter((ID) => ID % 2 === rest));
          expect((await idsOf(`groupby((Group),toppercent(${String(percent)},Price))`)).toSorted()).toEqual(
            groups.flatMap((ids) => taken(ids, byPercent, 1)).toSorted(),
          );
        },
      ),
      { numRuns: 20 },
    );
  });
});
