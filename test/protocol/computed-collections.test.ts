import { beforeEach, describe, expect, it } from '@jest/globals';

import { entityOf, type Behavior, type Entity } from '../../src/behavior/index.js';
import type { CsdlDocument, JsonObject } from '../../src/edm/index.js';
import { odataProfile } from '../../src/protocol/index.js';
import { ROOT, useService } from './service-in-test.js';

const nullable = { $Nullable: true };
const many = (type: string, more: object = {}) => ({
  $Kind: 'NavigationProperty',
  $Collection: true,
  $Type: type,
  ...more,
});

/** Plans whose days are computed: each has a day by each of its letters. */
const csdl: CsdlDocument = {
  $Version: '4.01',
  $EntityContainer: 'ns.Container',
  ns: {
    Plan: {
      $Kind: 'EntityType',
      $Key: ['ID'],
      ID: {},
      Letters: nullable,
      Days: many('ns.Day', { $ContainsTarget: true }),
      Notes: many('ns.Note', { $ContainsTarget: true }),
    },
    Day: {
      $Kind: 'EntityType',
      $Key: ['ID'],
      ID: {},
      Title: nullable,
      Notes: many('ns.Note', { $ContainsTarget: true }),
      Guests: many('ns.Guest'),
    },
    Note: { $Kind: 'EntityType', $Key: ['ID'], ID: {}, Text: nullable },
    Guest: { $Kind: 'EntityType', $Key: ['ID'], ID: {} },
    delta: [
      {
        $Kind: 'Function',
        $IsBound: true,
        $Parameter: [{ $Name: 'days', $Collection: true, $Type: 'ns.Day' }],
        $ReturnType: { $Collection: true, $Type: 'ns.Day' },
      },
    ],
    Container: {
      $Kind: 'EntityContainer',
      Plans: { $Collection: true, $Type: 'ns.Plan' },
      Guests: { $Collection: true, $Type: 'ns.Guest' },
    },
  },
};

function dayOf({ row }: Entity, ID: string, title: string): Entity {
  return entityOf({
    ...row,
    sequence: -1,
    collection: `${row.collection}/${row.key}/Days`,
    key: ID,
    type: 'ns.Day',
    document: JSON.stringify({ ID, Title: title } satisfies JsonObject),
    hangsAt: { collection: row.collection, key: row.key },
  });
}

const lettersOf = ({ document }: Entity): string => String(document['Letters'] ?? '');

const computing: Behavior = {
  view: {
    'ns.Plan/Days': async ({ owner }, next) => {
      const stored = await next();
      const taken = new Set(stored.map(({ document }) => document['ID']));
      const free = [...lettersOf(owner)].filter((letter) => !taken.has(letter));
      const days = free.map((letter) => dayOf(owner, letter, 'computed'));
      return [...stored, ...days.map((day, index) => ({ ...day, row: { ...day.row, sequence: -index - 1 } }))];
    },
  },
  member: {
    'ns.Plan/Days': async ({ owner, key, use }) =>
      lettersOf(owner).includes(key) ? dayOf(owner, key, use === 'shown' ? 'computed' : 'kept') : undefined,
  },
};

const service = useService(csdl, {
  profile: { path: { ...odataProfile.path, defaultNamespaces: ['ns'], deltaFunctions: ['ns.delta'] } },
  behaviors: [computing],
});

const get = (url: string) => service.send('GET', url);
const idsOf = async (url: string): Promise<string[]> => (await get(url)).json.value.map(({ ID }: { ID: string }) => ID);

describe('collections that a behaviour computes', () => {
  beforeEach(async () => {
    await service.send('POST', 'Plans', { json: { ID: 'p', Letters: 'abc' } });
    await service.send('POST', "Plans('p')/Notes", { json: { ID: 'n', Text: 'of the plan' } });
  });

  it('have members that are read by their keys, with what hangs where they hang', async () => {
    expect(await idsOf("Plans('p')/Days?$orderby=ID desc")).toEqual(['c', 'b', 'a']);
    const { status, json, headers } = await get("Plans('p')/Days('b')?$expand=Notes");
    expect([status, json.Title, headers.get('ETag')]).toEqual([200, 'computed', 'W/"c1"']);
    expect(json.Notes).toMatchObject([{ ID: 'n', Text: 'of the plan' }]);
    expect(json['@odata.context']).toBe(`${ROOT}/$metadata#Plans('p')/Days(Notes())/$entity`);
    expect(await idsOf("Plans('p')/Days('b')/Notes?$filter=Text eq 'of the plan'")).toEqual(['n']);
    expect((await get("Plans('p')/Days('b')/Notes('n')/Text/$value")).text).toBe('of the plan');
    expect(await idsOf("Plans('p')/Days?$filter=Notes/any(n:n/ID eq 'n')&$expand=Notes&$top=1")).toEqual(['a']);
    expect((await get("Plans('p')/Days('b')?$select=n&$compute=length(Title) as n")).json).toMatchObject({ n: 8 });
    for (const url of ["Plans('p')/Days('x')", "Plans('q')/Days('a')", "Plans('p')/Days('x')/Notes"])
      expect((await get(url)).status).toBe(404);
  });

  it('have members of which no references lead on', async () => {
    for (const option of [
      '$expand=Guests',
      '$filter=Guests/any()',
      '$orderby=Guests/$count',
      '$apply=groupby((Guests/ID))',
    ])
      expect([option, (await get(`Plans('p')/Days?${option}`)).status]).toEqual([option, 501]);
    expect((await get("Plans('p')/Days?$filter=contains(Title,'Guests')")).status).toBe(200);
  });

  it('have members that are stored once they are changed, or something is put below them', async () => {
    const patch = (json: object, headers = {}) => service.send('PATCH', "Plans('p')/Days('b')", { json, headers });
    expect((await patch({ Title: 1 })).status).toBe(400);
    expect((await patch({ Title: 'x' }, { 'If-Match': 'W/"1"' })).status).toBe(412);
    expect((await get("Plans('p')/Days('b')")).json.Title).toBe('computed');
    expect((await patch({ Title: 'changed' }, { 'If-Match': 'W/"c1"' })).status).toBe(204);
    expect((await get("Plans('p')/Days('b')")).json).toMatchObject({ ID: 'b', Title: 'changed' });
    expect((await service.send('POST', "Plans('p')/Days('c')/Notes", { json: { ID: 'm' } })).status).toBe(201);
    expect((await get("Plans('p')/Days('c')?$expand=Notes")).json).toMatchObject({
      Title: 'kept',
      Notes: [{ ID: 'm' }],
    });
    expect(await idsOf("Plans('p')/Days?$orderby=ID")).toEqual(['a', 'b', 'c']);
  });

  it('have members that cannot be removed where no behaviour says how', async () => {
    const { status, headers } = await service.send('DELETE', "Plans('p')/Days('a')");
    expect([status, headers.get('Allow')]).toEqual([405, 'GET, HEAD']);
    for (const method of ['PATCH', 'DELETE'])
      expect((await service.send(method, "Plans('p')/Days('a')/Notes('n')", { json: {} })).status).toBe(405);
    expect((await get("Plans('p')/Notes('n')")).status).toBe(200);
  });

  it('tell their changes as the specification has them [OData-JSON 15]', async () => {
    const first = await get("Plans('p')/Days/delta()");
    expect(first.json['@odata.context']).toBe(`${ROOT}/$metadata#Plans('p')/Days/$delta`);
    expect(first.json.value).toHaveLength(3);
    await service.send('PATCH', "Plans('p')", { json: { Letters: 'bd' } });
    const { json } = await get(first.json['@odata.deltaLink']);
    const told = json.value.map(({ ID, id, reason }: Record<string, string>) => ID ?? [id, reason]);
    const gone = (ID: string) => [`${ROOT}/Plans/p/Days('${ID}')`, 'deleted'];
    expect(told).toEqual(['b', 'd', gone('a'), gone('c')]);
    expect((await get(json['@odata.deltaLink'])).json.value).toEqual([]);
    expect((await get("Plans('p')/Days/delta()?$top=1")).status).toBe(400);
  });
});
