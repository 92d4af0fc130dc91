// Runs on PostgreSQL too, where MOCKGRAPH_POSTGRES says where it is.

import { beforeAll, describe, expect, it } from '@jest/globals';

import { odataProfile } from '../../src/protocol/index.js';
import { onEachDatabase, url, type TechnicalService } from './technical-service.js';
import { seedThings } from './things.js';

type Entity = Record<string, unknown> & { Id: number };

const wrapped = (depth: number, start: string, wrap: (inner: string, index: number) => string): string =>
  Array.from({ length: depth }).reduce<string>((inner, _, index) => wrap(inner, index), start);

const idsOf = async (service: TechnicalService, $filter: string) => {
  const { status, json } = await service.get(url('Things', { $filter, $select: 'Id', $orderby: 'Id' }));
  return status === 200
    ? (json.value as Entity[]).map(({ Id }) => Id)
    : `${String(status)} ${String(json.error.message)}`;
};

const DEPTH = 20;

onEachDatabase('expressions of twenty calls within each other mean what they say', (service) => {
  beforeAll(() => seedThings(service));

  it.each([
    ['decimals', `${wrapped(DEPTH, 'Exact', (inner) => `(${inner} add 1)`)} eq ${String(DEPTH)}.1`, [1, 8]],
    ['decimals on the right', `${wrapped(DEPTH, 'Exact', (inner) => `(1 sub ${inner})`)} eq 0.1`, [1, 8]],
    [
      'all operators',
      `${wrapped(DEPTH, 'Exact', (inner, index) => `(${inner} ${['add', 'mul', 'sub', 'div'][index % 4]!} 2)`)} eq 0.1`,
      [],
    ],
    ['doubles', `${wrapped(DEPTH, 'Real', (inner) => `(2 mul ${inner})`)} eq ${String(2 ** (DEPTH - 1))}`, [1]],
    ['remainders', `${wrapped(DEPTH, 'Real', (inner) => `(${inner} mod 2)`)} eq 0.5`, [1]],
    ['rounded', `${wrapped(DEPTH, 'Exact', (inner) => `round(${inner})`)} eq 0`, [1, 6, 7, 8]],
    ['casts', `${wrapped(DEPTH, 'Whole', (inner) => `cast(cast(${inner},Edm.String),Edm.Int32)`)} eq 7`, [6]],
    [
      'durations',
      `${wrapped(DEPTH, 'Span', (inner) => `${inner} add duration'PT1H'`)} eq duration'PT${String(DEPTH + 1)}H'`,
      [1],
    ],
    [
      'date-times',
      `${wrapped(DEPTH, 'Instant', (inner) => `${inner} add duration'PT1S'`)} eq 2024-03-01T00:00:18.1234567Z`,
      [1, 6],
    ],
    ['positions', `${wrapped(DEPTH, '0', (inner) => `indexof(substring(Name,${inner}),'p')`)} eq 0`, [1, 6]],
    [
      'texts',
      `${wrapped(DEPTH, 'Name', (inner) => `concat(substring(trim(tolower(${inner})),1),'x')`)} eq '${'x'.repeat(5)}'`,
      [1, 6],
    ],
    ['cases', wrapped(DEPTH, 'Flag', (inner) => `case(${inner}:true,true:false)`), [1, 5]],
    ['and within or', wrapped(DEPTH, 'Flag', (inner) => `(Id lt 3 and (Flag or ${inner}))`), [1]],
    [
      'any within any',
      wrapped(DEPTH, 'true', (inner, index) => `Parts/any(p${String(index)}:p${String(index)}/Size gt 1 and ${inner})`),
      [1, 2],
    ],
    [
      'all within all',
      wrapped(DEPTH, 'false', (inner, index) => `Parts/all(p${String(index)}:p${String(index)}/Size gt 4 or ${inner})`),
      [2, 3, 4, 5, 6, 7, 8],
    ],
  ])('%s', async (_what, $filter, ids) => {
    expect(await idsOf(service, $filter)).toEqual(ids);
  });

  it.each([
    ['any of what any finds', 'Friends/any(f:f/Friend ne null and f/Friend/Friends/any(g:true))', []],
    ['any of what an item has', 'Friends/any(f:f/Parts/any(p:p/Size gt 4) and f/Id gt 1)', [1]],
    ['any of what an item has, or not', 'Friends/any(f:f/Parts/any(p:p/Size gt 4) or f/Id eq 3)', [1]],
    [
      'all, whose items may be empty',
      'Parts/all(p:p/Parts/all(q:q/Size eq 10) or p/Size eq 2)',
      [1, 2, 3, 4, 5, 6, 7, 8],
    ],
    ['all, with null', 'Parts/all(p:p/Size gt 0 or p/Parts/all(q:q/Size eq 11))', [1, 2, 3, 4, 5, 6, 7, 8]],
    ['all, and an item that has not', 'Parts/all(p:p/Size eq 5 or p/Parts/all(q:q/Size eq 11))', [2, 3, 4, 5, 6, 7, 8]],
    ['all within any', 'Friends/any(f:f/Parts/all(p:p/Size eq 5) and f/Parts/any())', [1]],
    ['any within all', 'Friends/all(f:f/Parts/any(p:p/Size eq 5) or f/Id eq 3) and Friends/any()', [1]],
    ['items of values', "Places/any(p:p/Zip gt 5 and p/City eq 'Oslo' and $it/Wholes/any(w:w eq p/Zip sub 6))", [1]],
  ])('%s', async (_what, $filter, ids) => {
    expect(await idsOf(service, $filter)).toEqual(ids);
  });

  it.each([
    ['or', (inner: string, index: number) => `Friends/any(x${String(index)}:x${String(index)}/Flag or ${inner})`],
    [
      'not',
      (inner: string, index: number) => `Friends/any(x${String(index)}:x${String(index)}/Id gt 0 and not (${inner}))`,
    ],
    ['counts', (inner: string) => `Friends/$count($filter=${inner}) gt 0`],
  ])('lambdas that %s keeps apart go eight levels deep', async (_what, wrap) => {
    expect(await idsOf(service, wrapped(8, 'true', wrap))).toEqual(expect.any(Array));
  });
});

onEachDatabase('$expand within $expand gives what separate requests give', (service) => {
  const COUNT = 9;
  beforeAll(async () => {
    for (let id = 1; id <= COUNT; id++)
      await service.create(
        'Things',
        `{"Id":${String(id)},"Name":"n${String((id * 5) % 7)}","Exact":${String(id)}.25,"Places":[{"City":"a","Zip":${String(id)}},{"City":"b"}]}`,
      );
    const link = async (property: string, id: number) => {
      const { status } = await service.send('POST', `${property}/$ref`, {
        body: `{"@odata.id":"Things(${String(id)})"}`,
      });
      expect(status).toBe(204);
    };
    for (let id = 1; id <= COUNT; id++)
      for (const step of [1, 2, 4]) await link(`Things(${String(id)})/Friends`, ((id + step - 1) % COUNT) + 1);
  });

  /** What one request with nested options must give, from one request for each entity. */
  async function assembled(path: string, options: Readonly<Record<string, string>>, depth: number): Promise<Entity[]> {
    const { json } = await service.get(url(path, options));
    const entities = json.value as Entity[];
    for (const entity of entities) {
      if (depth === 1) continue;
      const nested = `Things(${String(entity.Id)})/Friends`;
      entity['Friends'] = await assembled(nested, options, depth - 1);
      if (options['$count'] === 'true')
        entity['Friends@count'] = Number((await service.get(url(`${nested}/$count`, filterOf(options)))).text);
    }
    return entities;
  }
  const filterOf = ({ $filter }: Readonly<Record<string, string>>): Record<string, string> =>
    $filter === undefined ? {} : { $filter };
  const nestedOptions = (options: Readonly<Record<string, string>>, depth: number): string =>
    wrapped(depth - 1, '', (inner) => {
      const own = Object.entries({ ...options, ...(inner === '' ? {} : { $expand: inner }) });
      return `Friends(${own.map(([name, value]) => `${name}=${value}`).join(';')})`;
    });
  const bare = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(bare);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([name]) => !/etag|nextLink/.test(name))
        .map(([name, member]) => [name.replace('@odata.', '@'), bare(member)]),
    );
  };

  it.each([
    ['order and pages', { $select: 'Id,Name', $orderby: 'Name desc,Id', $top: '2' }, 7],
    ['counts and skips', { $select: 'Id', $orderby: 'Id', $skip: '1', $top: '1', $count: 'true' }, 10],
    [
      'filters with lambdas',
      { $select: 'Id', $filter: 'Friends/any(f:f/Friends/any(g:g/Id eq 2) or f/Id gt 8)', $top: '2' },
      6,
    ],
    [
      'computed values',
      { $select: 'Id,Twice', $compute: '(Exact mul 2) add 1 as Twice', $filter: 'Twice gt 5', $top: '2' },
      6,
    ],
  ])(
    '%s',
    async (_what, options: Readonly<Record<string, string>>, depth) => {
      expect(depth).toBeLessThanOrEqual(odataProfile.limits.maxExpandDepth + 1);
      const { status, json } = await service.get(url('Things', { ...options, $expand: nestedOptions(options, depth) }));
      expect([status, json.error]).toEqual([200, undefined]);
      expect(bare(json.value)).toEqual(bare(await assembled('Things', options, depth)));
    },
    60_000,
  );

  it('with several properties beside each other, references and the resource itself', async () => {
    const inner = (depth: number): string =>
      depth === 0
        ? 'Friends/$count,Friend'
        : `Friends($select=Id;$filter=Id ne $it/Id;$orderby=Id;$top=2;$expand=${inner(depth - 1)}),Friend($select=Id)`;
    const { status, json } = await service.get(url('Things(1)', { $select: 'Id', $expand: inner(6) }));
    expect([status, json.error]).toEqual([200, undefined]);
    let entities = [json as Entity];
    for (let level = 0; level < 6; level++) {
      const next = entities.flatMap((entity) => {
        expect(entity['Friend']).toBeNull();
        return entity['Friends'] as Entity[];
      });
      for (const { Id } of next) expect(Id).not.toBe(1);
      expect(next.length).toBeGreaterThan(0);
      entities = next;
    }
    for (const entity of entities) expect(entity['Friends@count'] ?? entity['Friends@odata.count']).toBe(3);
  });

  it('through complex values and their collections', async () => {
    const $expand = wrapped(5, 'Place/Sights($select=Id)', (inner, index) =>
      index % 2 === 0
        ? `Friends($select=Id;$top=1;$expand=${inner})`
        : `Friends($select=Id;$orderby=Id desc;$top=1;$expand=Places/Sights($select=Id),${inner})`,
    );
    const { status, json } = await service.get(url('Things', { $select: 'Id', $expand }));
    expect([status, json.error]).toEqual([200, undefined]);
    expect(json.value).toHaveLength(COUNT);
  });
});

describe('the depth of $expand', () => {
  it('is what other services allow', () => expect(odataProfile.limits.maxExpandDepth).toBe(10));
});
