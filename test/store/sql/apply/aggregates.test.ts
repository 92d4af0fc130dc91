import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { databases, type ThingsInTest } from './databases.js';

const THINGS: readonly string[] = [
  '{"id":"1","S":"b","B":true,"I":2147483647,"L":9223372036854775807,"D":0.1,"F":0.5,"Day":"2024-02-29","At":"2024-02-29T10:00:00Z","Time":"10:00:00","Span":"PT1.5S","Color":"Blue","Numbers":[1,2.5],"x":"u"}',
  '{"id":"2","S":"a","B":false,"I":2147483647,"L":9223372036854775807,"D":0.2,"F":1,"Day":"2024-01-31","At":"2024-02-29T10:00:00.5Z","Time":"09:00:00.25","Span":"-P1D","Color":"Violet","Numbers":[2.5],"x":1.5}',
  '{"id":"3","S":"C","I":-1,"L":1,"D":-123456789012345.123456789012345678,"F":-3.25,"Span":"PT1M","Color":"Red","x":"u"}',
  '{"id":"4","S":null}',
];

/** What an aggregate expression gives over the things above. */
const CASES: readonly (readonly [expression: string, result: string | boolean | null])[] = [
  ['$count', '4'],
  ['I with sum', '4294967293'],
  ['I with average', '1431655764.3333333'],
  ['I with min', '-1'],
  ['I with max', '2147483647'],
  ['I with countdistinct', '2'],
  ['I mul I with sum', '9223372028264841219'],
  ['L with sum', '18446744073709551615'],
  ['L with max', '9223372036854775807'],
  ['D with sum', '-123456789012344.823456789012345678'],
  ['D with min', '-123456789012345.123456789012345678'],
  ['D with max', '0.2'],
  ['D add 1 with max', '1.2'],
  ['D with countdistinct', '3'],
  ['F with sum', '-1.75'],
  ['F with average', '-0.5833333333333334'],
  ['F with min', '-3.25'],
  ['F mul 2 with sum', '-3.5'],
  ['S with min', 'C'],
  ['S with max', 'b'],
  ['S with countdistinct', '3'],
  ['B with min', false],
  ['B with max', true],
  ['B with countdistinct', '2'],
  ['Day with min', '2024-01-31'],
  ['Day with max', '2024-02-29'],
  ['At with min', '2024-02-29T10:00:00Z'],
  ['At with max', '2024-02-29T10:00:00.5Z'],
  ['Time with min', '09:00:00.25'],
  ['Span with sum', '-PT23H58M58.5S'],
  ['Span with min', '-P1D'],
  ['Span with max', 'PT1M'],
  ['Color with min', 'Red'],
  ['Color with max', 'Violet'],
  ['Numbers with sum', '6'],
  ['Numbers with countdistinct', '2'],
  ['Numbers with max', '2.5'],
  ['Numbers/$count', '3'],
  ['x with countdistinct', '2'],
  ['x with max', 'u'],
  ['x with sum', '1.5'],
  ['length(S) with sum', '3'],
  ['year(Day) with max', '2024'],
  ['G with max', null],
  ['G with countdistinct', '0'],
  ['D with sum from B with max', '0.2'],
  ['D with max from B with sum from S with countdistinct', '3'],
];

for (const [name, open] of databases) {
  describe(`aggregates on ${name} [OData-Aggregation 3.2.1]`, () => {
    let things: ThingsInTest;
    beforeAll(async () => {
      things = await open();
      await things.put(THINGS);
    });
    afterAll(() => things.close());

    it.each(CASES)('%s is %s', async (expression, result) => {
      expect(await things.apply(`aggregate(${expression} as X)`)).toEqual([{ X: result }]);
    });

    it('over nothing there are none, and their number is 0', async () => {
      const names = CASES.map(([expression], index) => `${expression} as X${index}`);
      const [row, ...others] = await things.apply(`filter(I eq 77)/aggregate(${names.join(',')})`);
      expect(others).toEqual([]);
      const expected = CASES.map(([text], index) => [`X${index}`, /count\w*( from.*)?$/.test(text) ? '0' : null]);
      expect(row).toEqual(Object.fromEntries(expected));
    });

    it('by groups are the same as one group at a time', async () => {
      const names = CASES.map(([expression], index) => `${expression} as X${index}`).join(',');
      const grouped = await things.apply(`groupby((B),aggregate(${names}))`);
      const single: unknown[] = [];
      for (const [text, B] of [
        ['true', true],
        ['false', false],
        ['null', null],
      ])
        single.push({ B, ...(await things.apply(`filter(B eq ${String(text)})/aggregate(${names})`))[0] });
      expect(grouped).toEqual(single);
    });
  });

  describe(`values that are no numbers on ${name}`, () => {
    let things: ThingsInTest;
    beforeAll(async () => {
      things = await open();
      await things.put([
        { id: '1', F: 'NaN', I: 1, D: 'INF' },
        { id: '2', F: 1, I: 1, D: 1 },
        { id: '3', F: 'INF', I: 2, D: 2 },
        { id: '4', F: 1, I: 2, D: 2 },
        { id: '5', F: '-INF', I: 3 },
        { id: '6', F: 'INF', I: 3 },
      ]);
    });
    afterAll(() => things.close());

    it('come out of sums, averages and extremes as IEEE 754 has them', async () => {
      const text = 'F with sum as Sum,F with average as Mean,F with max as Most';
      expect(await things.apply(`groupby((I),aggregate(${text}))`)).toEqual([
        { I: '1', Sum: 'NaN', Mean: 'NaN', Most: 'NaN' },
        { I: '2', Sum: 'INF', Mean: 'INF', Most: 'INF' },
        { I: '3', Sum: 'NaN', Mean: 'NaN', Most: 'INF' },
      ]);
    });

    it('do not keep others from being ranked', async () => {
      expect(await things.apply('topsum(1,F)')).toEqual([{ id: '1' }, { id: '3' }, { id: '6' }, { id: '2' }]);
      expect(await things.apply('topcount(1,F)')).toEqual([{ id: '1' }]);
    });
  });

  describe(`many digits on ${name}`, () => {
    let things: ThingsInTest;
    const numbers = Array.from({ length: 50 }, (_, index) => {
      const digits = BigInt(index + 1) ** 19n * (index % 3 === 0 ? -1n : 1n);
      return `${String(digits / 10n ** 10n)}.${String(digits < 0n ? -digits : digits)
        .slice(-10)
        .padStart(10, '0')}`.replace(/\.?0+$/, '');
    }).filter((text) => text !== '' && text !== '-');
    beforeAll(async () => {
      things = await open();
      await things.put(numbers.map((text, index) => `{"id":"${index}","D":${text}}`));
    });
    afterAll(() => things.close());

    it('are not lost in a sum', async () => {
      const scaled = (text: string): bigint => {
        const [whole = '', fraction = ''] = text.split('.');
        return BigInt(whole + fraction.padEnd(10, '0'));
      };
      const sum = numbers.map(scaled).reduce((a, b) => a + b);
      const [row] = await things.apply('aggregate(D with sum as X)');
      expect(scaled(String(row!['X']))).toBe(sum);
    });
  });

  describe(`strings without regard to case on ${name}`, () => {
    let things: ThingsInTest;
    beforeAll(async () => {
      things = await open({ ignoreCase: true });
      await things.put([
        { id: '1', S: 'Red', I: 1 },
        { id: '2', S: 'red', I: 2 },
        { id: '3', S: 'BLUE', I: 3 },
        { id: '4', S: 'blue', I: 4 },
        { id: '5', S: 'amber', I: 5 },
      ]);
    });
    afterAll(() => things.close());

    it('belong to one group in the spelling of its first row', async () => {
      expect(await things.apply('groupby((S),aggregate(I with sum as X,S with countdistinct as N))')).toEqual([
        { S: 'Red', X: '3', N: '1' },
        { S: 'BLUE', X: '7', N: '1' },
        { S: 'amber', X: '5', N: '1' },
      ]);
    });

    it('have a least and a greatest', async () => {
      const [row] = await things.apply('aggregate(S with min as A,S with max as Z)');
      expect(row!['A']).toBe('amber');
      expect(String(row!['Z']).toLowerCase()).toBe('red');
    });
  });
}
