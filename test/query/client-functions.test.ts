// Runs on PostgreSQL where MOCKGRAPH_POSTGRES says where it is.

import { beforeEach, describe, expect, it } from '@jest/globals';

import type { CsdlValue } from '../../src/edm/index.js';
import { useService } from '../protocol/service-in-test.js';

const path = ($Path: string) => ({ $Path });
const apply = (name: string, ...$Apply: CsdlValue[]) => ({ $Apply, $Function: `odata.${name}` });
const labelled = ($Name: string, $LabeledElement: CsdlValue) => ({ $LabeledElement, $Name: `c.${$Name}` });

const variables = [
  labelled('name', path('Name')),
  labelled('n', path('Number')),
  labelled('tags', path('Tags')),
  labelled('none', path('Nothing')),
  labelled('pairs', path('Pairs')),
  labelled('empty', ''),
  labelled('when', path('When')),
];
const filled = (template: CsdlValue) => apply('fillUriTemplate', template, ...variables);

/** Annotations by qualifier, and what they are for the first thing. */
const CASES: readonly (readonly [value: CsdlValue, expected: string | number | boolean | null])[] = [
  [apply('uriEncode', path('Name')), "'O''Neil%20%26%20%C3%84%F0%9F%8D%8E%2F100%25'"],
  [apply('uriEncode', path('Number')), '-7'],
  [apply('uriEncode', path('Exact')), '1.5'],
  [apply('uriEncode', path('When')), '2024-02-29T23%3A59%3A58.5Z'],
  [apply('uriEncode', path('Span')), "duration'PT1H'"],
  [apply('uriEncode', path('Data')), "binary'AAEC'"],
  [apply('uriEncode', path('Color')), "c.Color'red'"],
  [apply('uriEncode', path('Flag')), 'true'],
  [apply('uriEncode', path('Nothing')), null],
  [apply('uriEncode', 'a b'), "'a%20b'"],
  [apply('uriEncode', 5), '5'],
  [apply('concat', path('Number'), '|', path('Color'), '|', path('Flag'), '|', path('Span')), '-7|red|true|PT1H'],
  [apply('concat', path('Name'), path('Nothing')), null],
  [apply('length', path('Tags')), 3],
  [apply('year', path('When')), 2024],
  [apply('matchesPattern', path('Name'), "'N"), true],
  [apply('substring', path('Name'), 2), 'Neil & Ä🍎/100%'],
  [filled('http://host/{n}/x'), 'http://host/-7/x'],
  [filled('/{name}'), '/O%27Neil%20%26%20%C3%84%F0%9F%8D%8E%2F100%25'],
  [filled('/{+name}'), "/O'Neil%20&%20%C3%84%F0%9F%8D%8E/100%25"],
  [filled('{#name:3}'), "#O'N"],
  [filled('{name:1}{/n}{.n}'), 'O/-7.-7'],
  [filled('x{?n,none,name:1}{&n}'), 'x?n=-7&name=O&n=-7'],
  [filled('x{?none}{;none}{&none}{none}{/none}'), 'x'],
  [filled('x{?empty}{;empty}{&empty,n}{/empty}'), 'x?empty=;empty&empty=&n=-7/'],
  [filled('{tags}'), 'a,b%20c,d'],
  [filled('{?tags}'), '?tags=a,b%20c,d'],
  [filled('{?tags*}'), '?tags=a&tags=b%20c&tags=d'],
  [filled('{/tags*}'), '/a/b%20c/d'],
  [filled('{pairs}'), 'k,v,l,%27w%27'],
  [filled('{?pairs}'), '?pairs=k,v,l,%27w%27'],
  [filled('{?pairs*,n}'), '?k=v&l=%27w%27&n=-7'],
  [filled('{when}'), '2024-02-29T23%3A59%3A58.5Z'],
  [filled('{unknown}plain'), 'plain'],
  [apply('fillUriTemplate', 'G({g})', labelled('g', apply('uriEncode', path('Color')))), 'G(c.Color%27red%27)'],
  [apply('fillUriTemplate', '{+p}', labelled('p', 'a%20b%zz')), 'a%20b%25zz'],
];

const WRONG: readonly (readonly [value: CsdlValue, status: number, message: string])[] = [
  [apply('toupper', path('Color')), 400, 'does not take'],
  [{ $UrlRef: 'http://host/x' }, 501, "computes by '$UrlRef'"],
  [apply('fillUriTemplate', path('Name'), ...variables), 501, 'that only the row tells'],
  [filled('{'), 400, 'no template of a URI'],
  [filled('{na me}'), 400, 'no template of a URI'],
  [filled('{=name}'), 400, 'no template of a URI'],
  [apply('fillUriTemplate', '{x}', path('Name')), 501, 'without labels'],
  [apply('nothing', path('Name')), 501, 'odata.nothing'],
  [apply('uriEncode', path('Name'), path('Name')), 400, 'takes one value'],
  [apply('uriEncode', path('Tags')), 400, 'odata.uriEncode'],
  [{ $Apply: [path('Name')], $Function: 'c.Own' }, 501, 'c.Own'],
];

const nullable = ($Type: string, facets: object = {}) => ({ $Type, $Nullable: true, ...facets });
const annotations = [...CASES, ...WRONG].map(([value], index) => [`@c.term#n${String(index)}`, value] as const);

const service = useService({
  $Version: '4.01',
  $EntityContainer: 'c.C',
  c: {
    Color: { $Kind: 'EnumType', red: 0, blue: 1 },
    Pair: { $Kind: 'ComplexType', Key: {}, Value: {} },
    term: { $Kind: 'Term', $Type: 'Edm.Untyped', $Nullable: true },
    Thing: {
      $Kind: 'EntityType',
      $Key: ['Id'],
      Id: { $Type: 'Edm.Int32' },
      Name: nullable('Edm.String'),
      Number: nullable('Edm.Int32'),
      Exact: nullable('Edm.Decimal', { $Scale: 'variable' }),
      When: nullable('Edm.DateTimeOffset', { $Precision: 7 }),
      Span: nullable('Edm.Duration'),
      Data: nullable('Edm.Binary'),
      Color: nullable('c.Color'),
      Flag: nullable('Edm.Boolean'),
      Nothing: nullable('Edm.String'),
      Tags: { $Collection: true },
      Pairs: { $Collection: true, $Type: 'c.Pair' },
      ...Object.fromEntries(annotations),
    },
    C: { $Kind: 'EntityContainer', Things: { $Collection: true, $Type: 'c.Thing' } },
  },
});

beforeEach(async () => {
  const json = {
    Id: 1,
    Name: "O'Neil & Ä🍎/100%",
    Number: -7,
    When: '2024-02-29T23:59:58.5Z',
    Span: 'PT1H',
    Data: 'AAEC',
    Color: 'red',
    Flag: true,
    Tags: ['a', 'b c', 'd'],
    Pairs: [
      { Key: 'k', Value: 'v' },
      { Key: 'l', Value: "'w'" },
    ],
  };
  const body = JSON.stringify(json).replace('{', '{"Exact":1.5,');
  const { status } = await service.send('POST', 'Things', { body, headers: { 'content-type': 'application/json' } });
  expect(status).toBe(201);
  expect((await service.send('POST', 'Things', { json: { Id: 2 } })).status).toBe(201);
});

/** [CSDL-JSON 14.4.4] [RFC 6570] */
describe('functions that annotations apply', () => {
  it.each(CASES.map(([value, expected], index) => [JSON.stringify(value), expected, index] as const))(
    '%s is %j',
    async (_, expected, index) => {
      const $compute = encodeURIComponent(`@c.term#n${String(index)} as value`);
      const { status, json } = await service.send('GET', `Things?$select=value&$compute=${$compute}`);
      expect([status, json.error]).toEqual([200, undefined]);
      expect(json.value[0].value).toEqual(expected);
    },
  );

  it.each(WRONG.map(([value, status, message], index) => [JSON.stringify(value), status, message, index] as const))(
    '%s is %d: %s',
    async (_, expected, message, index) => {
      const $compute = encodeURIComponent(`@c.term#n${String(CASES.length + index)} as value`);
      const { status, json } = await service.send('GET', `Things?$compute=${$compute}`);
      expect([status, json.error?.message]).toEqual([expected, expect.stringContaining(message)]);
    },
  );

  it.each([
    "odata.uriEncode(Name) eq 'x'",
    "quote(Name) eq 'x'",
    "percentEncode(Name,'') eq 'x'",
    "odata.concat('a','b') eq 'ab'",
  ])('are unknown to URLs: %s', async ($filter) => {
    const { status } = await service.send('GET', `Things?$filter=${encodeURIComponent($filter)}`);
    expect(status).toBe(400);
  });
});
