// Runs on PostgreSQL too, where MOCKGRAPH_POSTGRES says where it is.

import { beforeAll, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { arbitraryAddress } from './arbitrary-requests.js';
import { malformedUrls, mutatedUrls } from './malformed.js';
import { onEachDatabase, type TechnicalService } from './technical-service.js';
import { seedThings } from './things.js';

const EACH = 5000;

interface Outcome {
  readonly url: string;
  readonly status: number;
  readonly milliseconds: number;
}

async function outcomes(service: TechnicalService, urls: readonly string[]): Promise<Outcome[]> {
  const found: Outcome[] = [];
  for (const url of urls) {
    const start = performance.now();
    const { status } = await service.get(url);
    found.push({ url, status, milliseconds: performance.now() - start });
  }
  return found;
}

/** For a reader of the log: the machine decides about this figure, so nothing is held to it. */
function tell(found: readonly Outcome[]): void {
  const slowest = found.reduce((a, b) => (a.milliseconds > b.milliseconds ? a : b));
  process.stderr.write(`  slowest of ${String(found.length)}: ${slowest.milliseconds.toFixed(1)} ms\n`);
}

onEachDatabase('hostile URLs', (service) => {
  beforeAll(() => seedThings(service));

  it(`${String(EACH)} malformed ones are refused`, async () => {
    const found = await outcomes(service, malformedUrls(EACH, 1));
    tell(found);
    expect(
      found.filter(({ status }) => status < 400 || status >= 500).map(({ status, url }) => `${String(status)} ${url}`),
    ).toEqual([]);
    expect(service.faults).toEqual([]);
  }, 60_000);

  it(`${String(EACH)} mutated ones are understood or refused`, async () => {
    const found = await outcomes(service, mutatedUrls(EACH, 2));
    tell(found);
    expect(
      found
        .filter(({ status }) => status >= 500 && status !== 501)
        .map(({ status, url }) => `${String(status)} ${url}`),
    ).toEqual([]);
    expect(service.faults).toEqual([]);
    const statuses = new Set(found.map(({ status }) => status));
    expect([...statuses].every((status) => [200, 204, 400, 404, 406, 414, 501].includes(status))).toBe(true);
    expect(found.filter(({ status }) => status >= 400).length).toBeGreaterThan(EACH / 2);
  }, 60_000);

  it('legal ones of all kinds of expressions are answered, or refused with a reason', async () => {
    const answered = async (address: string): Promise<void> => {
      const { status, json } = await service.get(address);
      expect([200, 204, 400, 404, 501]).toContain(status);
      if (status >= 400) expect(json.error.message).toMatch(/\S/);
      expect(service.faults).toEqual([]);
    };
    await fc.assert(fc.asyncProperty(arbitraryAddress, answered), { numRuns: 400 });
  }, 60_000);

  it.each([
    ['Bags', String.raw`{"Id":"\ud800"}`, 'half a surrogate pair'],
    ['Things', String.raw`{"Id":900,"Bag@odata.bind":"Bags('\ud800')"}`, 'half a surrogate pair'],
    ['Loans', String.raw`{"Reader":"\udc00x","Day":"2024-01-01"}`, 'half a surrogate pair'],
    ['Things', String.raw`{"Id":900,"Name":"\u0000"}`, 'character'],
    ['Things', `{"Id":900,"Exact":${'9'.repeat(100_000)}}`, 'digits'],
    ['Bags', `{"Id":"deep","dyn":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, 'nested more than'],
    ['Things', `{"Id":900,${'"Friend":{"Id":901,'.repeat(3000)}"Flag":true${'}'.repeat(3001)}`, 'nested more than'],
  ])('a body for %s, %#, is refused with the reason', async (set, body, reason) => {
    const { status, json } = await service.send('POST', set, { body });
    expect([status, json.error.message]).toEqual([400, expect.stringContaining(reason)]);
    expect(service.faults).toEqual([]);
  });

  it('leave the data as it was', async () => {
    expect((await service.get('Things/$count')).text).toBe('8');
    expect((await service.get('Bags/$count')).text).toBe('2');
  });
});
