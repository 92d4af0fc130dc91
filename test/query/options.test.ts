// Runs on PostgreSQL too, where MOCKGRAPH_POSTGRES says where it is.

import { beforeAll, describe, expect, it } from '@jest/globals';

import type { Answer } from '../service-answers.js';

import { onEachDatabase, url, useTechnicalService } from './technical-service.js';
import { seedThings } from './things.js';

/** One of each kind of resource, by the request that reads or runs it. */
const RESOURCES: readonly (readonly [kind: string, request: string])[] = [
  ['service document', 'GET '],
  ['metadata document', 'GET $metadata'],
  ['entity set', 'GET Things'],
  ['derived entities', 'GET Things/technical.Gadget'],
  ['filtered entities', 'GET Things/$filter(Id lt 4)'],
  ['entity', 'GET Things(1)'],
  ['derived entity', 'GET Things(6)/technical.Gadget'],
  ['singleton', 'GET Settings'],
  ['related entity', 'GET Things(1)/Friend'],
  ['related entities', 'GET Things(1)/Friends'],
  ['contained entities', 'GET Things(1)/Parts'],
  ['primitive property', 'GET Things(1)/Name'],
  ['complex property', 'GET Things(1)/Place'],
  ['property within a complex one', 'GET Things(1)/Place/City'],
  ['collection of primitive values', 'GET Things(1)/Names'],
  ['collection of complex values', 'GET Things(1)/Places'],
  ['enumeration', 'GET Things(1)/Color'],
  ['stream', 'GET Things(1)/Photo'],
  ['bare value', 'GET Things(1)/Name/$value'],
  ['bare binary value', 'GET Things(1)/Bytes/$value'],
  ['count of a set', 'GET Things/$count'],
  ['count of related entities', 'GET Things(1)/Friends/$count'],
  ['count of values', 'GET Things(1)/Names/$count'],
  ['reference', 'GET Things(1)/Friend/$ref'],
  ['reference to an entity by key', 'GET Things(1)/$ref'],
  ['references', 'GET Things(1)/Friends/$ref'],
  ['references of a set', 'GET Things/$ref'],
  ['function with a primitive result', 'GET Add(a=1,b=2)'],
  ['function with primitive results', "GET Words(text='b a b')"],
  ['function with a complex result', 'GET Headquarters()'],
  ['function with an entity', 'GET Biggest()'],
  ['function with entities', 'GET Dearest()'],
  ['bound function', 'GET Things(1)/technical.Weight()'],
  ['function bound to a collection', 'GET Things/technical.Smallest()'],
  ['action', 'POST Things(1)/technical.Touch'],
  ['unbound action', 'POST Reset'],
  ['all entities', 'GET $all'],
  ['cross join', 'GET $crossjoin(Things,Bags)'],
  ['entity by id', 'GET $entity?$id=Things(1)'],
  ['new entity', 'POST Regions'],
  ['new reference', 'POST Things(2)/Friends/$ref'],
  ['changed entity', 'PATCH Things(8)'],
  ['replaced entity', 'PUT Numbers(1)'],
  ['deleted entity', 'DELETE Numbers(99)'],
  ['written property', 'PUT Things(8)/Name'],
  ['written value', 'PUT Things(8)/Name/$value'],
  ['cleared property', 'DELETE Things(8)/Name'],
  ['changed members', 'PATCH Numbers/$filter(Value eq 0)/$each'],
  ['deleted members', 'DELETE Numbers/$filter(Value eq 0)/$each'],
  ['deleted reference', 'DELETE Things(4)/Friends(2)/$ref'],
  ['batch', 'POST $batch'],
  ['methods', 'OPTIONS Things'],
];

/** A value for each option that would change any answer that it applies to. */
const OPTIONS: readonly (readonly [name: string, value: string])[] = [
  ['filter', 'false'],
  ['orderby', 'Id desc'],
  ['select', 'Id'],
  ['expand', '*'],
  ['top', '0'],
  ['skip', '1'],
  ['count', 'true'],
  ['search', 'zzz'],
  ['compute', '1 as one'],
  ['apply', 'aggregate($count as n)'],
  ['format', 'application/unheard-of'],
  ['index', '0'],
  ['skiptoken', 'x'],
  ['deltatoken', 'x'],
  ['schemaversion', '9'],
  ['id', 'Things(2)'],
  ['levels', '1'],
];

const BODIES: Readonly<Record<string, string>> = {
  'POST Regions': '{"Zip":1}',
  'POST Things(2)/Friends/$ref': '{"@odata.id":"Things(3)"}',
  'PUT Things(8)/Name': '{"value":"x"}',
  'POST Reset': '',
  'POST $batch': '{"requests":[]}',
};

/** One of each kind of thing that `$expand` names. */
const EXPANDED: readonly (readonly [kind: string, item: string])[] = [
  ['related entity', 'Friend'],
  ['related entities', 'Friends'],
  ['contained entities', 'Parts'],
  ['related entity of another type', 'Bag'],
  ['reference', 'Friend/$ref'],
  ['references', 'Friends/$ref'],
  ['count', 'Friends/$count'],
  ['derived entities', 'Friends/technical.Gadget'],
  ['entity of a derived type', 'technical.Gadget/Charger'],
  ['entity behind a complex property', 'Place/Country'],
  ['entities behind a complex property', 'Place/Sights'],
  ['entities behind a collection', 'Places/Region'],
  ['everything', '*'],
  ['all references', '*/$ref'],
];

/** Their types do not have the property again: a hierarchy of one level. [OData-Protocol 11.2.5.2.1.1] */
const ONE_LEVEL: readonly string[] = ['Bag', 'Place/Country', 'Places/Region'];

/** Within `$expand` other values of some are needed for that. */
const NESTED_VALUES: Readonly<Record<string, string>> = { levels: '3', format: 'json' };
const NESTED_OPTIONS = OPTIONS.map(([name, value]) => [name, NESTED_VALUES[name] ?? value] as const);

describe('system query options [OData-Protocol 11.2.1]', () => {
  const service = useTechnicalService();
  beforeAll(async () => {
    await seedThings(service);
    await service.send('PATCH', 'Settings', { body: '{"Theme":"dark"}' });
    await service.send('PUT', 'Things(1)/Photo', { headers: { 'content-type': 'image/png' }, body: 'png' });
    await service.create('Regions', '{"Zip":9,"Name":"Viken"}');
    for (const [method, path, id] of [
      ['POST', 'Things(1)/Friends', 'Things(6)'],
      ['POST', 'Things(1)/Friends', 'Things(7)'],
      ['PUT', 'Things(6)/technical.Gadget/Charger', 'Things(1)'],
      ['POST', 'Things(1)/Place/Sights', 'Things(3)'],
      ['POST', 'Things(1)/Place/Sights', 'Things(2)'],
      ['PUT', 'Things(1)/Place/Country', "Bags('b1')"],
    ] as const) {
      const { status } = await service.send(method, `${path}/$ref`, { body: `{"@odata.id":"${id}"}` });
      if (status !== 204) throw new Error(path);
    }
  });

  const ask = async (request: string, query: string): Promise<Answer> => {
    if (request === 'POST Regions') await service.send('DELETE', 'Regions(1)');
    const [method = '', path = ''] = request.split(' ', 2).concat('');
    const address = `${request.slice(method.length + 1)}`;
    const separator = path.includes('?') || address.includes('?') ? '&' : '?';
    const encoded = address.replaceAll(' ', '%20') + (query === '' ? '' : `${separator}${query}`);
    return service.send(
      method,
      encoded,
      method === 'GET' || method === 'DELETE' ? {} : { body: BODIES[request] ?? '{}' },
    );
  };

  /** Refused with a word about it, or answered with something else than without it. */
  const isHeeded = (plain: Answer, answer: Answer, name: string, value: string): boolean => {
    if (answer.status < 300) return answer.status !== plain.status || answer.text !== plain.text;
    const words = [name, value, `'${value.split(' ')[0]!}'`];
    const isNamed = words.some((word) => answer.text.toLowerCase().includes(word.toLowerCase()));
    const isUnsupported = plain.status === 501 && answer.status === 501;
    return answer.status !== 500 && (isNamed || isUnsupported);
  };

  it.each(RESOURCES)('of %s are never ignored: %s', async (_kind, request) => {
    const silent: string[] = [];
    const plain = await ask(request, '');
    for (const [name, value] of OPTIONS) {
      if (request.includes(`$${name}=`)) continue;
      const answer = await ask(request, `$${name}=${encodeURIComponent(value)}`);
      if (!isHeeded(plain, answer, name, value)) silent.push(`$${name}`);
    }
    expect(silent).toEqual([]);
    expect(service.faults).toEqual([]);
  });

  it.each(EXPANDED)('within $expand of %s are never ignored: %s', async (_kind, item) => {
    const silent: string[] = [];
    const entity = item.startsWith('technical.Gadget') ? 'GET Things(6)' : 'GET Things(1)';
    const plain = await ask(entity, `$expand=${item}`);
    expect(plain.status).toBe(200);
    for (const [name, value] of NESTED_OPTIONS) {
      if (name === 'levels' && ONE_LEVEL.includes(item)) continue;
      const answer = await ask(entity, `$expand=${encodeURIComponent(`${item}($${name}=${value})`)}`);
      if (!isHeeded(plain, answer, name, value)) silent.push(`$${name}`);
    }
    expect(silent).toEqual([]);
    expect(service.faults).toEqual([]);
  });

  it.each(ONE_LEVEL)('$levels of a hierarchy that has one level ends with it: %s', async (item) => {
    const plain = await ask('GET Things(1)', `$expand=${item}`);
    for (const levels of ['1', '2', 'max']) {
      const { status, json } = await ask('GET Things(1)', `$expand=${item}($levels=${levels})`);
      expect([status, json]).toEqual([200, plain.json]);
    }
    expect((await ask('GET Things(1)', `$expand=${item}($levels=0)`)).status).toBe(400);
  });

  it.each([
    ['image/png', 200],
    ['image/*', 200],
    ['IMAGE/PNG;q=0.5', 200],
    ['*/*', 200],
    ['json', 406],
    ['image/jpeg', 406],
    ['imagepng', 406],
  ])('a stream is answered with $format=%s where that is what it is', async ($format, status) => {
    const answer = await service.get(url('Things(1)/Photo', { $format }));
    expect([answer.status, answer.headers.get('Content-Type')]).toEqual([
      status,
      status === 200 ? 'image/png' : 'application/json',
    ]);
  });

  it('$id says which reference of a single-valued property goes, and no other does', async () => {
    const remove = async (path: string, id: string) =>
      (await service.send('DELETE', `${path}/$ref?$id=${encodeURIComponent(id)}`)).status;
    expect(await remove('Things(1)/Friend', 'Things(3)')).toBe(404);
    await service.send('PATCH', 'Things(1)', { body: '{"Place":{"Zip":9}}' });
    await service.create('Regions', '{"Zip":8}');
    expect(await remove('Things(1)/Place/Region', 'Regions(8)')).toBe(404);
    expect((await service.get('Things(1)/Place/Zip')).json.value).toBe(9);
    expect(await remove('Things(1)/Place/Region', 'Regions(9)')).toBe(204);
    expect((await service.get('Things(1)/Place/Zip')).status).toBe(204);
  });

  it.each(RESOURCES)('of %s are refused where nobody knows them: %s', async (_kind, request) => {
    const { status, text } = await ask(request, '$fliter=1');
    expect([status, text.includes('$fliter')]).toEqual([400, true]);
  });

  it.each(RESOURCES)('of %s are refused where they stand twice: %s', async (_kind, request) => {
    const { status } = await ask(request, '$format=json&$format=json');
    expect(status).toBe(400);
  });
});

onEachDatabase('the names of options [OData-URL 5.1]', (service) => {
  beforeAll(() => seedThings(service));

  const VALUES: Readonly<Record<string, string>> = {
    filter: 'Id gt 3',
    orderby: 'Name desc',
    select: 'Name',
    expand: 'Friend($select=Id)',
    top: '2',
    skip: '2',
    count: 'true',
    search: 'apple',
    compute: 'Id mul 2 as twice',
    format: 'application/json;odata.metadata=full',
    schemaversion: '9',
    skiptoken: 'x',
  };

  it.each(Object.entries(VALUES))(
    '$%s has the same meaning in any case, with and without $, encoded or not',
    async (name, value) => {
      const text = encodeURIComponent(value);
      const expected = await service.get(`Things?$${name}=${text}`);
      const upper = name.toUpperCase();
      const mixed = name.replace(/.$/, (letter) => letter.toUpperCase());
      const encoded = `%${name.charCodeAt(0).toString(16)}${name.slice(1)}`;
      for (const written of [
        name,
        `$${upper}`,
        upper,
        `$${mixed}`,
        `%24${name}`,
        `%24${upper}`,
        encoded,
        `$${encoded}`,
      ]) {
        const { status, text: body } = await service.get(`Things?${written}=${text}`);
        expect([written, status, body]).toEqual([written, expected.status, expected.text]);
      }
    },
  );

  it.each(Object.entries(VALUES))('$%s may stand once, however it is written', async (name, value) => {
    const text = encodeURIComponent(value);
    for (const other of [`$${name}`, name, `%24${name}`, name.toUpperCase()]) {
      const { status, json } = await service.get(`Things?$${name}=${text}&${other}=${text}`);
      expect([other, status, json.error.message]).toEqual([other, 400, expect.stringContaining(`$${name}`)]);
    }
  });

  it.each(Object.keys(VALUES).filter((name) => name !== 'schemaversion'))('$%s needs a value', async (name) => {
    for (const query of [`$${name}=`, `$${name}`]) {
      const { status } = await service.get(`Things?${query}`);
      expect([query, status]).toEqual([query, 400]);
    }
  });

  it.each([
    ['$top', ['-1', '1.5', 'x', '1e1', '9999999999999999999', '0x1', ' ', '%2B1', 'null']],
    ['$skip', ['-1', '1.5', 'x', '9999999999999999999']],
    ['$count', ['yes', '1', 'null']],
    ['$levels', ['1', 'max']],
    ['$select', ['nothing', 'Name,', ',Name', 'Name/x', '*/x', 'Name desc', "'Name'"]],
    ['$orderby', ['nothing', 'Name up', 'Name,', 'Place', 'Friends', 'Names', 'Name asc desc', '1 eq']],
    ['$expand', ['nothing', 'Name', 'Friend(', 'Friend($top=1)', 'Friend,Friend', 'Friend($fliter=1)', '*/$value']],
    ['$compute', ['Id', 'Id as', 'Id as Name', 'Id as a,Id as a', 'nothing as a', 'as a']],
    ['$search', ['', '"a', '(a', 'a)', '""']],
    ['$filter', ['', 'Name', 'Name eq', 'nothing eq 1', 'Name eq 1', "Id eq '1'", 'Id eq 1 and', '(Id eq 1', 'Id = 1']],
    ['$format', ['nothing', 'application/xml', 'text/html']],
  ])('%s is refused with a value that it cannot have', async (name, values) => {
    for (const value of values) {
      const { status, json } = await service.get(
        `Things?${name}=${value.startsWith('%') ? value : encodeURIComponent(value)}`,
      );
      expect([value, status]).toEqual([value, name === '$format' ? 406 : 400]);
      expect(json.error.message).toBeTruthy();
    }
  });

  it.each([
    ['$filter=Nmae eq 1', "Did you mean 'Name'?"],
    ['$filter=Place/Sity eq 1', "Did you mean 'City'?"],
    ['$orderby=Whoel', "Did you mean 'Whole'?"],
    ['$select=Instnat', "Did you mean 'Instant'?"],
    ['$expand=Freind', "Did you mean 'Friend'?"],
    ['$filter=technical.Gadgte/Volts eq 1', "Did you mean 'technical.Gadget'?"],
    ['$filter=strtswith(Name,%27a%27)', "Did you mean 'startswith'?"],
    ["$filter=Color eq 'bleu'", "Did you mean 'blue'?"],
    ['$fliter=1', "Did you mean '$filter'?"],
    ['$expand=Friend($fliter=1)', "Did you mean '$filter'?"],
  ])('%s is refused with the nearest name', async (query, suggestion) => {
    const { status, json } = await service.get(`Things?${query.replaceAll(' ', '%20')}`);
    expect([status, json.error.message]).toEqual([400, expect.stringContaining(suggestion)]);
  });

  it.each([
    ["Whole eq 'x'", ['Edm.Int32', 'Edm.String']],
    ['Name eq 1', ['Edm.String', 'Edm.Int32']],
    ['Name add 1 eq 2', ['Edm.String']],
    ['Flag gt 1', ['Edm.Boolean']],
    ['Day eq 13:00:00', ['Edm.Date', 'Edm.TimeOfDay']],
    ['length(Whole) eq 1', ['Edm.Int32', 'Edm.String']],
    ["Color eq technical.Style'bold'", ['technical.Color', 'technical.Style']],
  ])('%s is refused with the types of both sides', async (filter, types) => {
    const { status, json } = await service.get(`Things?$filter=${encodeURIComponent(filter)}`);
    expect(status).toBe(400);
    for (const type of types) expect(json.error.message).toContain(type);
  });

  // [OData-ABNF expandPath]
  it.each(['Friend/Friends', 'Friend/Nope', 'Friends/technical.Gadget/Friend', 'Place/Country/Maker', 'Friend/Name'])(
    'no path of $expand goes on behind a navigation property: %s',
    async ($expand) => {
      const { status, json } = await service.get(url('Things', { $expand }));
      expect([status, json.error.target]).toEqual([400, '$expand']);
      expect(json.error.message).toContain('nest the second $expand');
    },
  );

  it('leaves custom options and unused aliases alone', async () => {
    const { text } = await service.get('Things');
    for (const query of ['custom=1', 'custom=1&custom=2', '@unused=1', 'a%24b=1'])
      expect((await service.get(`Things?${query}`)).text).toBe(text);
  });
});
