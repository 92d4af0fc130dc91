// Runs on PostgreSQL where MOCKGRAPH_POSTGRES says where it is.

import { beforeEach, describe, expect, it } from '@jest/globals';

import { defineBehavior } from '../../src/behavior/index.js';
import { isJsonObject, type JsonValue } from '../../src/edm/index.js';
import { useService } from '../protocol/service-in-test.js';

const parameter = (type: string, isCollection = false) => ({
  $Name: isCollection ? 'all' : 'one',
  $Type: type,
  ...(isCollection ? { $Collection: true } : { $Nullable: true }),
});

/** What a function was given: the type of an entity, its key, and how many properties came with it. */
function told(value: JsonValue | undefined): string {
  if (Array.isArray(value)) return value.map(told).join(' ');
  if (!isJsonObject(value)) return String(value);
  return `${String(value['@odata.type'] ?? 'plain')}:${String(value['Id'])}:${String(value['Name'] ?? null)}`;
}

const service = useService(
  {
    $Version: '4.01',
    $EntityContainer: 'e.C',
    e: {
      Place: { $Kind: 'ComplexType', City: { $Nullable: true }, Tags: { $Collection: true } },
      Thing: {
        $Kind: 'EntityType',
        $Key: ['Id'],
        Id: { $Type: 'Edm.Int32' },
        Name: { $Nullable: true },
        Place: { $Type: 'e.Place', $Nullable: true },
        Friend: { $Kind: 'NavigationProperty', $Type: 'e.Thing', $Nullable: true },
        Friends: { $Kind: 'NavigationProperty', $Type: 'e.Thing', $Collection: true },
      },
      Gadget: { $Kind: 'EntityType', $BaseType: 'e.Thing', Volts: { $Type: 'Edm.Int64', $Nullable: true } },
      Tell: [
        { $Kind: 'Function', $Parameter: [parameter('e.Thing')], $ReturnType: {} },
        {
          $Kind: 'Function',
          $IsBound: true,
          $Parameter: [{ $Name: 'it', $Type: 'e.Thing' }, parameter('e.Thing')],
          $ReturnType: {},
        },
      ],
      TellAll: [{ $Kind: 'Function', $Parameter: [parameter('e.Thing', true)], $ReturnType: {} }],
      Cities: [{ $Kind: 'Function', $Parameter: [parameter('e.Place', true)], $ReturnType: {} }],
      C: {
        $Kind: 'EntityContainer',
        Things: {
          $Collection: true,
          $Type: 'e.Thing',
          $NavigationPropertyBinding: { Friend: 'Things', Friends: 'Things' },
        },
        Tell: { $Function: 'e.Tell' },
        TellAll: { $Function: 'e.TellAll' },
        Cities: { $Function: 'e.Cities' },
      },
    },
  },
  {
    behaviors: [
      defineBehavior({
        function: {
          'e.Tell': ({ parameters }) => told(parameters.get('one')),
          'e.TellAll': ({ parameters }) => told(parameters.get('all')),
          'e.Cities': ({ parameters }) =>
            (parameters.get('all') as { City: string; Tags: string[] }[])
              .map((each) => each.City + each.Tags)
              .join(' '),
        },
      }),
    ],
  },
);

beforeEach(async () => {
  const things = [
    { Id: 1, Name: 'one', Place: { City: 'Rome', Tags: ['a', 'b'] } },
    { Id: 2, '@odata.type': '#e.Gadget', Volts: '9007199254740993' },
    { Id: 3, Name: 'three', Place: { City: 'Oslo', Tags: [] } },
  ];
  for (const json of things) expect((await service.send('POST', 'Things', { json })).status).toBe(201);
  const link = (path: string, id: number) =>
    service.send(path.endsWith('s') ? 'POST' : 'PUT', `${path}/$ref`, {
      json: { '@odata.id': `Things(${String(id)})` },
    });
  for (const answer of [
    await link('Things(1)/Friend', 2),
    await link('Things(1)/Friends', 3),
    await link('Things(1)/Friends', 2),
  ])
    expect(answer.status).toBe(204);
});

describe('entities as arguments [OData-URL 5.1.1.14, 5.3]', () => {
  it.each([
    ['Tell(one=@p)?@p=$root/Things(1)', 'e.Thing:1:one'],
    ['Tell(one=@p)?@p=$root/Things(2)', 'e.Gadget:2:null'],
    ['Tell(one=@p)?@p=$root/Things(1)/Friend', 'e.Gadget:2:null'],
    ['Tell(one=@p)?@p=$root/Things(1)/Friend/e.Gadget', 'e.Gadget:2:null'],
    ['Tell(one=@p)?@p=$root/Things(3)/e.Gadget', 'null'],
    ['Tell(one=@p)?@p=$root/Things(3)/Friend', 'null'],
    ['Tell(one=@p)?@p=$root/Things(9)', 'null'],
    ['Tell(one=@p)?@p=@q&@q=$root/Things(@k)&@k=1 add 2', 'e.Thing:3:three'],
    ['Tell(one=@p)?@p={"Id":7,"Name":"made"}', 'plain:7:made'],
    ['Things(1)/e.Tell(one=@p)?@p=$it', 'e.Thing:1:one'],
    ['Things(1)/e.Tell(one=@p)?@p=Friend', 'e.Gadget:2:null'],
    ['Things(1)/e.Tell(one=@p)?@p=Friends(3)', 'e.Thing:3:three'],
    ['Things(@k)/e.Tell(one=@p)?@p=$it&@k=1', 'e.Thing:1:one'],
    ['TellAll(all=@p)?@p=$root/Things', 'e.Thing:1:one e.Gadget:2:null e.Thing:3:three'],
    ['TellAll(all=@p)?@p=$root/Things(1)/Friends', 'e.Gadget:2:null e.Thing:3:three'],
    ["TellAll(all=@p)?@p=$root/Things/$filter(startswith(Name,'t'))", 'e.Thing:3:three'],
    ['TellAll(all=@p)?@p=$root/Things/e.Gadget', 'e.Gadget:2:null'],
    ['TellAll(all=@p)?@p=[{"Id":7},{"@odata.type":"e.Gadget","Id":8}]', 'plain:7:null e.Gadget:8:null'],
    [
      'TellAll(all=@p)?@p=concat($root/Things(1)/Friends,$root/Things/$filter(Id eq 1))',
      'e.Gadget:2:null e.Thing:3:three e.Thing:1:one',
    ],
    ['Cities(all=@p)?@p=[{"City":"Bath","Tags":["x"]}]', 'Bathx'],
  ])('%s', async (url, expected) => {
    const { status, json } = await service.send('GET', encodeURI(url));
    expect([status, json.error ?? json.value]).toEqual([200, expected]);
  });

  it.each([
    ['Tell(one=@p)?@p=$root/Things', 400],
    ['Tell(one=@p)?@p=$root/Things(1)/Place', 400],
    ['Tell(one=@p)?@p=$root/Things(1)/Nope', 400],
    ['Tell(one=@p)?@p=$root/Nope(1)', 400],
    ['Tell(one=@p)?@p=Name', 400],
    ['TellAll(all=@p)?@p=$root/Things(1)', 400],
    ['Things(9)/e.Tell(one=@p)?@p=$it', 404],
  ])('%s is %d', async (url, expected) => {
    const { status, json } = await service.send('GET', encodeURI(url));
    expect([status, json.error?.message]).toEqual([expected, expect.any(String)]);
  });
});
