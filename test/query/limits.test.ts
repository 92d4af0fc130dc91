// Runs on PostgreSQL too, where MOCKGRAPH_POSTGRES says where it is.

import { beforeAll, describe, expect, it } from '@jest/globals';

import { onEachDatabase, url, useTechnicalService, type TechnicalService } from './technical-service.js';
import { seedThings } from './things.js';

const repeat = (count: number, text: (index: number) => string, separator = ''): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(separator);

const statusOf = async (service: TechnicalService, address: string): Promise<[number, string | undefined]> => {
  const { status, json } = await service.get(address);
  return [status, json.error?.message];
};

const filter = (text: string): string => url('Things', { $filter: text, $select: 'Id' });

onEachDatabase('a query within the limits is answered, beyond them it is refused', (service) => {
  beforeAll(() => seedThings(service));

  const CASES: readonly (readonly [what: string, within: string, beyond: string, problem: RegExp])[] = [
    [
      'parentheses',
      filter(`${'('.repeat(90)}Id eq 1${')'.repeat(90)}`),
      filter(`${'('.repeat(200)}Id eq 1${')'.repeat(200)}`),
      /nested deeper than \d+/,
    ],
    [
      'negations',
      filter(`${'not ('.repeat(20)}Flag${')'.repeat(20)}`),
      filter(`${'not '.repeat(500)}Flag`),
      /nested deeper than \d+|nested at most/,
    ],
    [
      'operands',
      filter(repeat(300, (index) => `Id eq ${String(index)}`, ' or ')),
      `Things?$filter=${repeat(1400, () => 'Id eq 1', ' or ')}`,
      /more than \d+ operands/,
    ],
    [
      'items of in',
      filter(`Id in (${repeat(1000, String, ',')})`),
      filter(`Id in (${repeat(1001, String, ',')})`),
      /more than \d+ items/,
    ],
    [
      'characters of a pattern',
      filter(`matchesPattern(Name,'${'a'.repeat(500)}')`),
      filter(`matchesPattern(Name,'${'a'.repeat(501)}')`),
      /longer than 500 characters/,
    ],
    [
      'repetitions in a pattern',
      filter("matchesPattern(Name,'^a+$')"),
      filter("matchesPattern(Name,'^(a+)+$')"),
      /repetition within/,
    ],
    [
      'choices in a pattern',
      filter("matchesPattern(Name,'^(a|b)$')"),
      filter("matchesPattern(Name,'^(a|a)*$')"),
      /choice within/,
    ],
    [
      'expands',
      `Things?$select=Id&$expand=${repeat(4, () => 'Friend($select=Id;$expand=')}Friend($select=Id)${')'.repeat(4)}`,
      `Things?$select=Id&$expand=${repeat(11, () => 'Friend($expand=')}Friend${')'.repeat(11)}`,
      /at most \d+ levels/,
    ],
    ['$top', 'Things?$top=100000&$select=Id', 'Things?$top=100001&$select=Id', /at most 100000/],
    [
      'the URL',
      filter(`Name eq '${'x'.repeat(16_000)}'`),
      filter(`Name eq '${'x'.repeat(17_000)}'`),
      /longer than 16384/,
    ],
    [
      '$orderby',
      `Things?$select=Id&$orderby=${repeat(20, () => 'Id', ',')}`,
      `Things?$orderby=${repeat(3000, () => 'Id', ',')}`,
      /more than \d+/,
    ],
    [
      '$select',
      `Things?$select=${repeat(500, () => 'Id', ',')}`,
      `Things?$select=${repeat(5000, () => 'Id', ',')}`,
      /more than \d+/,
    ],
    [
      '$search',
      `Things?$search=${repeat(50, () => 'a', '%20')}`,
      `Things?$search=${repeat(3000, () => 'a', '%20')}`,
      /more than \d+/,
    ],
    [
      'lambdas',
      filter(`${repeat(5, (index) => `Friends/any(f${String(index)}:`)}true${')'.repeat(5)}`),
      filter(`${repeat(150, (index) => `Friends/any(f${String(index)}:`)}true${')'.repeat(150)}`),
      /nested deeper than \d+/,
    ],
  ];

  it.each(CASES)('%s', async (_what, within, beyond, problem) => {
    expect(await statusOf(service, within)).toEqual([200, undefined]);
    const [status, message] = await statusOf(service, beyond);
    expect([status, message]).toEqual([_what === 'the URL' ? 414 : 400, expect.stringMatching(problem)]);
    expect(service.faults).toEqual([]);
  });

  it('aliases count with all that they stand for', async () => {
    const chain = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [
        `@a${String(index)}`,
        index === 11 ? 'Id gt 0' : `(@a${String(index + 1)} and @a${String(index + 1)})`,
      ]),
    );
    const [status, message] = await statusOf(service, url('Things', { $filter: '@a0', ...chain }));
    expect([status, message]).toEqual([400, expect.stringMatching(/larger than|more than \d+/)]);
    const circular = await statusOf(service, url('Things', { $filter: '@a', '@a': '@b', '@b': '@a' }));
    expect(circular[0]).toBe(400);
  });
});

describe('options of a service', () => {
  describe('maxTop, maxExpandDepth and pageSize', () => {
    const service = useTechnicalService({ limits: { maxTop: 3, maxExpandDepth: 2, pageSize: 2 } });
    beforeAll(() => seedThings(service));

    it('hold for its requests', async () => {
      expect(await statusOf(service, 'Things?$top=3')).toEqual([200, undefined]);
      expect(await statusOf(service, 'Things?$top=4')).toEqual([400, '$top must be at most 3.']);
      expect(await statusOf(service, 'Things?$expand=Friend($expand=Friend)')).toEqual([200, undefined]);
      const deep = await statusOf(service, 'Things?$expand=Friend($expand=Friend($expand=Friend))');
      expect(deep).toEqual([400, expect.stringContaining('at most 2 levels')]);
      const { json } = await service.get('Things(1)?$select=Id&$expand=Friend($levels=max;$select=Id)');
      expect(json).toMatchObject({ Id: 1, Friend: { Id: 2, Friend: { Id: 3 } } });
      expect((await service.get('Things')).json.value).toHaveLength(2);
      expect((await service.get('Things', { prefer: 'maxpagesize=5' })).json.value).toHaveLength(2);
    });
  });

  describe('maxUrl and maxBody', () => {
    const service = useTechnicalService({ limits: { maxUrl: 100, maxBody: 50 } });

    it('hold for its requests', async () => {
      expect(await statusOf(service, filter(`Name eq '${'x'.repeat(20)}'`))).toEqual([200, undefined]);
      const [status, message] = await statusOf(service, filter(`Name eq '${'x'.repeat(100)}'`));
      expect([status, message]).toEqual([414, expect.stringContaining('100')]);
      const body = (length: number) => `{"Id":"${'x'.repeat(length - 9)}"}`;
      expect((await service.send('POST', 'Bags', { body: body(50) })).status).toBe(201);
      for (const headers of [{}, { 'content-length': '51' }]) {
        const refused = await service.send('POST', 'Bags', { body: body(51), headers });
        expect([refused.status, refused.json.error.message]).toEqual([413, expect.stringContaining('50 bytes')]);
      }
    });
  });

  describe('that are none yet', () => {
    const service = useTechnicalService({ limits: { maxUrl: 40_000 } });

    it.failing('a URL longer than the parser takes', async () => {
      expect((await service.get(filter(`Name eq '${'x'.repeat(17_000)}'`))).status).toBe(200);
    });

    it.failing('as many levels as the profile says', async () => {
      expect((await service.get('Things?$select=Id&$expand=Friend($select=Id;$levels=max)')).status).toBe(200);
    });
  });
});
