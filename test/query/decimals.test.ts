import { beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { onEachDatabase, url } from './technical-service.js';

const SCALE = 17;

/** Up to 34 digits, as the schema has it, as whole numbers of one scale. */
const whole = fc.bigInt({ min: -(10n ** 34n) + 1n, max: 10n ** 34n - 1n });

function textOf(value: bigint, scale = SCALE): string {
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0');
  const text = `${digits.slice(0, -scale)}.${digits.slice(-scale)}`.replace(/\.?0+$/, '');
  return value < 0n && text !== '0' ? `-${text}` : text;
}

onEachDatabase('aggregates of decimals [OData-Aggregation 3.2.1.3]', (service) => {
  const numbers = async (apply: string): Promise<string> => (await service.get(url('Things', { $apply: apply }))).text;

  it('are exact', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(whole, { minLength: 1, maxLength: 8 }), async (values) => {
        for (const [index, value] of values.entries())
          await service.send('PUT', `Things(${String(index)})`, { body: `{"Exact":${textOf(value)}}` });
        const filter = `filter(Id lt ${String(values.length)})`;
        const text = await numbers(
          `${filter}/aggregate(Exact with sum as s,Exact with min as i,Exact with max as a,Exact with average as v)`,
        );
        const sorted = values.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
        const sum = values.reduce((a, b) => a + b);
        const plain = (name: string) => new RegExp(`"${name}":(-?[\\d.]+)[,}]`).exec(text)?.[1];
        expect([plain('s'), plain('i'), plain('a')]).toEqual([textOf(sum), textOf(sorted[0]!), textOf(sorted.at(-1)!)]);
        // The average has 34 digits: it is within one of the last of them.
        const average = plain('v')!;
        const [before = '', behind = ''] = average.split('.');
        const averaged = BigInt(before + behind.padEnd(60, '0'));
        const off = averaged * BigInt(values.length) - sum * 10n ** BigInt(60 - SCALE);
        const digits = average.replaceAll(/^-?0*\.?0*|\D/g, '').length;
        expect(digits).toBeLessThanOrEqual(34);
        const unit = 10n ** BigInt(60 - behind.length) * BigInt(values.length);
        if (off !== 0n) expect([average, (off < 0n ? -off : off) * 2n <= unit]).toEqual([average, true]);
      }),
      { numRuns: 25 },
    );
  });

  it('know infinity, which division makes', async () => {
    for (const [id, value] of [
      [50, '1.5'],
      [51, '2.5'],
      [52, '-1.5'],
    ] as const)
      await service.send('PUT', `Things(${String(id)})`, { body: `{"Exact":${value}}` });
    const sum = 'aggregate(Exact divby 0 with sum as s)';
    expect(await numbers(`filter(Id in (50,51))/${sum}`)).toContain('"s":"INF"');
    expect(await numbers(`filter(Id eq 52)/${sum}`)).toContain('"s":"-INF"');
    expect(await numbers(`filter(Id in (50,51,52))/${sum}`)).toContain('"s":"NaN"');
    expect(await numbers(`filter(Id gt 99)/${sum}`)).toContain('"s":null');
  });

  describe('with more digits than are computed', () => {
    const long = '7'.repeat(701);

    beforeAll(() => service.create('Things', '{"Id":60,"Exact":1.5}'));

    it('are refused rather than computed wrongly on SQLite', async () => {
      for (const operator of ['add', 'sub', 'mul', 'div', 'mod']) {
        const answer = await service.get(
          url('Things(60)', { $compute: `Exact ${operator} ${long}.5 as c`, $select: 'c' }),
        );
        expect([operator, answer.status]).toEqual([operator, service.database === 'SQLite' ? 400 : 200]);
        if (answer.status === 400) expect(answer.json.error.message).toContain('more than 700 digits');
      }
      const sum = await service.get(
        url('Things', { $apply: `aggregate(Exact add ${'7'.repeat(40)}.5 with sum as s)` }),
      );
      expect(sum.status).toBe(service.database === 'SQLite' ? 400 : 200);
      if (sum.status === 400) expect(sum.json.error.message).toContain('more than 36 digits before the point');
      // A refusal does not outlive its request.
      expect((await service.get(url('Things(60)', { $compute: 'Exact add 1 as c', $select: 'c' }))).text).toContain(
        '"c":2.5',
      );
      expect(service.faults).toEqual([]);
    });
  });
});
