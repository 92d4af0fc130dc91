// Runs on PostgreSQL too, where MOCKGRAPH_POSTGRES says where it is.

import { beforeAll, describe, expect, it } from '@jest/globals';

import { odataProfile, withLimits } from '../../src/protocol/index.js';
import { onEachDatabase, ROOT, url, useTechnicalService, type TechnicalService } from './technical-service.js';
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
      'items of written collections',
      filter(`hassubset(Wholes,[${repeat(1000, String, ',')}])`),
      filter(`hassubset(Wholes,[${repeat(1001, String, ',')}])`),
      /more than \d+ items/,
    ],
    [
      'collections made of collections',
      filter('length(concat(concat(Names,Names),Names)) gt 1'),
      filter(`length(${'concat('.repeat(101)}Names${',Names)'.repeat(101)}) gt 1`),
      /nested/,
    ],
    [
      'collections behind $root',
      filter('$root/Things/any(a:$root/Things/$filter(Id eq a/Id)/any())'),
      filter('$root/Things/any(a:$root/Things/all(b:$root/Things/$count($filter=Id eq b/Id) eq 1))'),
      /at most 2 deep/,
    ],
    [
      'collections behind $root in definitions of functions',
      filter('technical.Elders()/all(e:e/technical.Elders()/$count lt 9)'),
      filter('technical.Elders()/all(e:e/technical.Elders()/all(f:f in technical.Elders()))'),
      /at most 2 deep/,
    ],
    [
      'entities behind $root',
      filter(`$root/Things(1)${'/Friend'.repeat(20)}/Id eq 1`),
      filter(`$root/Things(1)${'/Friend'.repeat(21)}/Id eq 1`),
      /at most 20 navigation properties/,
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
    [
      'transformations of $apply',
      `Things?$apply=${repeat(100, (index) => `compute(1 as a${String(index)})`, '/')}`,
      `Things?$apply=${repeat(101, (index) => `compute(1 as a${String(index)})`, '/')}`,
      /\$apply makes more than 100 transformations/,
    ],
    [
      'joins of $apply',
      `Things?$apply=${repeat(5, (index) => `join(Friends as a${String(index)})`, '/')}`,
      `Things?$apply=${repeat(6, (index) => `outerjoin(Friends as a${String(index)})`, '/')}`,
      /\$apply makes more than 5 joins/,
    ],
    [
      'navigation properties of a path',
      `Things(1)/Friends${'/$filter(Id gt 0)'.replaceAll(' ', '%20')}(2)/Friend/Friends`,
      `Things(1)${'/Friend'.repeat(21)}`,
      /at most 20 navigation properties/,
    ],
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

  describe('pageSize without maxTop', () => {
    const service = useTechnicalService({ limits: { pageSize: 2 } });
    beforeAll(() => seedThings(service));

    it.each(['100001', '9007199254740991'])('answers $top=%s in pages [OData-Protocol 11.2.6.3]', async (top) => {
      const first = await service.get(`Things?$select=Id&$top=${top}`);
      expect(first.json.value).toHaveLength(2);
      const next = String(first.json['@odata.nextLink']).replace(`${ROOT}/`, '');
      expect((await service.get(next)).json.value).toHaveLength(2);
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

  describe('maxNesting, maxParts, maxItems, maxRoots and maxPattern', () => {
    const service = useTechnicalService({
      limits: { maxNesting: 5, maxParts: 20, maxItems: 3, maxRoots: 1, maxPattern: 4 },
    });

    it.each([
      ['((Id eq 1))', '((((((Id eq 1))))))', /nested deeper than 5 levels/],
      ['length(trim(Name)) eq 1', 'length(trim(trim(trim(trim(trim(Name)))))) eq 1', /nested .* 5 levels/],
      ['Id eq 1 or Id eq 2', repeat(15, () => 'Id eq 1', ' or '), /more than 20/],
      ['Id in (1,2,3)', 'Id in (1,2,3,4)', /more than 3 items/],
      ['$root/Bags/$count eq 1', '$root/Bags/any(b:$root/Bags/$count eq 1)', /at most 1 deep/],
      ["matchesPattern(Name,'abcd')", "matchesPattern(Name,'abcde')", /longer than 4 characters/],
    ])('hold for %s', async (within, beyond, problem) => {
      expect(await statusOf(service, filter(within))).toEqual([200, undefined]);
      expect(await statusOf(service, filter(beyond))).toEqual([400, expect.stringMatching(problem)]);
    });
  });

  describe('that allow more', () => {
    const service = useTechnicalService({
      limits: { maxUrl: 40_000, maxNesting: 500, maxParts: 10_000, maxItems: 5000, maxPattern: 1000 },
    });

    it.each([
      ['a URL longer than the parser takes', `Name eq '${'x'.repeat(17_000)}'`],
      ['longer lists', `Id in (${repeat(5000, String, ',')})`],
      ['longer patterns', `matchesPattern(Name,'${'a'.repeat(1000)}')`],
      ['deeper parentheses', `${'('.repeat(400)}Id eq 1${')'.repeat(400)}`],
    ])('%s', async (_what, expression) => {
      expect(await statusOf(service, filter(expression))).toEqual([200, undefined]);
    });

    it('nesting until the database cannot read it, which is said', async () => {
      const nested = `${repeat(300, () => 'tolower(concat(Name,')}Name${repeat(300, () => '))')} eq 'a'`;
      const [status, message] = await statusOf(service, filter(nested.slice(0, 30_000)));
      expect([status, message]).toEqual([400, expect.stringMatching(/nested|parts|expected/)]);
      expect(service.faults).toEqual([]);
    });
  });

  describe('maxCrossjoin and maxCrossjoinRows', () => {
    const service = useTechnicalService({ limits: { maxCrossjoin: 2, maxCrossjoinRows: 20 } });
    beforeAll(() => service.create('Numbers', ...[1, 2, 3, 4, 5].map((value) => `{"Value":${String(value)}}`)));
    beforeAll(() => service.create('Bags', ...['a', 'b', 'c', 'd'].map((id) => `{"Id":"${id}"}`)));

    it('are how many sets and rows are joined', async () => {
      const { status, json } = await service.get('$crossjoin(Numbers,Bags)?$count=true&$top=0');
      expect([status, json['@odata.count']]).toEqual([200, 20]);
      const third = await service.get('$crossjoin(Numbers,Bags,Loans)');
      expect([third.status, third.json.error.message]).toEqual([400, 'At most 2 sets may be joined.']);
    });

    it('hold before any condition', async () => {
      await service.create('Bags', '{"Id":"e"}');
      const { status, json } = await service.get('$crossjoin(Numbers,Bags)?$filter=false&$top=1');
      expect([status, json.error.message]).toEqual([400, expect.stringContaining('has 25 rows; more than 20')]);
    });
  });

  describe('maxExpands', () => {
    const service = useTechnicalService({ limits: { maxExpands: 20, maxTop: 5 } });
    beforeAll(() => seedThings(service));

    it('counts what stars and levels stand for', async () => {
      expect(await statusOf(service, 'Things(1)?$expand=*')).toEqual([200, undefined]);
      const beyond = [400, 'A query may expand at most 20 navigation properties.'];
      expect(await statusOf(service, 'Things(1)?$expand=*($levels=2)')).toEqual(beyond);
      expect(await statusOf(service, 'Things(1)?$expand=*($levels=max)')).toEqual(beyond);
    });

    it('goes with maxTop within $expand and $select', async () => {
      expect(await statusOf(service, 'Things(1)?$select=Names($top=5)')).toEqual([200, undefined]);
      expect(await statusOf(service, 'Things(1)?$select=Names($top=6)')).toEqual([400, '$top must be at most 5.']);
      expect(await statusOf(service, 'Things(1)?$expand=Friends($top=5)')).toEqual([200, undefined]);
      expect(await statusOf(service, 'Things(1)?$expand=Friends($top=6)')).toEqual([400, '$top must be at most 5.']);
    });
  });

  describe('the body of a $query', () => {
    const service = useTechnicalService({ limits: { maxUrl: 100, maxBody: 2000 } });

    it('may be longer than a URL, but not than a body', async () => {
      const ask = (length: number) =>
        service.send('POST', 'Things/$query', {
          body: `$filter=Name eq '${'x'.repeat(length)}'`,
          headers: { 'content-type': 'text/plain' },
        });
      expect((await ask(1000)).status).toBe(200);
      expect((await ask(2000)).status).toBe(413);
    });
  });

  it('are refused where they are none', () => {
    const create = (limits: object) => () => withLimits(odataProfile.limits, limits);
    expect(create({ maxTop: 0 })).toThrow('maxTop must be a whole number from 1 on');
    expect(create({ maxTop: 1.5 })).toThrow('maxTop');
    expect(create({ maxTop: 'x' })).toThrow('maxTop');
    expect(create({ maxNesting: 501 })).toThrow('maxNesting must be at most 500');
    expect(create({ maxTops: 1 })).toThrow('maxTops is no limit');
    expect(create({ maxTop: 7 })().maxTop).toBe(7);
  });
});

onEachDatabase('a query that asks for more than the database can do in one statement', (service) => {
  beforeAll(() => seedThings(service));

  it.each([
    [
      'nested deeper than SQLite parses',
      filter('hassubsequence([1,2,3],[month(Instant),floor(Real) divby technical.Scaled(factor=2)])'),
    ],
    ['nested deeper still', filter(`${repeat(90, () => 'concat(Name,')}Name${')'.repeat(90)} eq 'a'`)],
    [
      'casts of collections within each other',
      filter(
        `1 in ${repeat(90, () => 'cast(')}Wholes${repeat(45, () => ',Collection(Edm.String)),Collection(Edm.Int32))')}`,
      ),
    ],
    ['a number of very many digits', filter(`${repeat(90, () => '1234567890123456789012345678', ' mul ')} eq Exact`)],
  ])('%s is refused with the reason, or answered', async (_what, address) => {
    const [status, message] = await statusOf(service, address);
    if (status !== 200)
      expect([status, message]).toEqual([
        400,
        expect.stringMatching(/^The query asks for more than the database can do in one statement: .+\.$/),
      ]);
    expect(service.faults).toEqual([]);
    expect((await service.get('Things/$count')).text).toBe('8');
  });

  it('leaves the other requests of a batch as they are', async () => {
    const deep = filter('hassubsequence([1,2,3],[month(Instant),floor(Real) divby technical.Scaled(factor=2)])');
    const requests = [
      { id: '1', method: 'PATCH', url: 'Things(4)', headers: { 'if-match': '*' }, body: { Whole: 4 } },
      { id: '2', method: 'GET', url: deep },
      { id: '3', method: 'GET', url: 'Things(4)/Whole' },
    ];
    const { json } = await service.send('POST', '$batch', { body: JSON.stringify({ requests }) });
    const statuses = json.responses.map((response: { status: number }) => response.status);
    expect([statuses[0], statuses[2], json.responses[2].body.value]).toEqual([204, 200, 4]);
    expect([200, 400]).toContain(statuses[1]);
  });
});

onEachDatabase('as many levels as the service allows', (service) => {
  beforeAll(() => seedThings(service));

  it('can be read at once', async () => {
    const { status, json } = await service.get('Things(1)?$select=Id&$expand=Friend($select=Id;$levels=max)');
    expect(status).toBe(200);
    expect(json).toMatchObject({ Id: 1, Friend: { Id: 2, Friend: { Id: 3, Friend: null } } });
  });

  it('can be read through complex values, casts and filters', async () => {
    const $expand =
      'Place/Sights($select=Id;$filter=Id gt 1 and not (Name eq null);$orderby=Name;$top=3;$count=true;$levels=max)';
    expect(await statusOf(service, url('Things', { $expand }))).toEqual([200, undefined]);
    expect(await statusOf(service, url('Things', { $expand: 'technical.Gadget/Charger($levels=max)' }))).toEqual([
      200,
      undefined,
    ]);
  });

  it('and no more', async () => {
    const deeper = odataProfile.limits.maxExpandDepth + 1;
    expect(await statusOf(service, `Things?$expand=Friend($levels=${String(deeper)})`)).toEqual([
      400,
      expect.stringContaining(`at most ${String(deeper - 1)} levels`),
    ]);
  });
});
