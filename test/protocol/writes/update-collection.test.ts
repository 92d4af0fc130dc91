import { beforeEach, describe, expect, it } from '@jest/globals';

import { useWorkshop } from './workshop.js';

const service = useWorkshop();
const { create, get, patch, send } = service;
const EXCEPTION = '@Org.OData.Core.V1.DataModificationException';
const CONTENT_ID = '@Org.OData.Core.V1.ContentID';

beforeEach(async () => {
  await create('Tags', { ID: 'red', Name: 'Red' }, { ID: 'blue', Name: 'Blue' }, { ID: 'green', Name: 'Green' });
  await create('Orders', { ID: '1', Number: 7, Lines: [{ ID: 'a', Amount: 1 }], 'Tags@odata.bind': ["Tags('red')"] });
});

const delta = (...value: object[]) => ({ '@context': '#$delta', value });
const names = async (path = 'Tags') =>
  Object.fromEntries((await get(`${path}?$orderby=ID`)).value.map((tag: any) => [tag.ID, tag.Name])); // oxlint-disable-line typescript/no-explicit-any
const BEFORE = { red: 'Red', blue: 'Blue', green: 'Green' };

describe('PATCH of a collection with a list of changes [OData-Protocol 11.4.12]', () => {
  it('creates, changes and removes', async () => {
    const changes = delta(
      { ID: 'new', Name: 'New' },
      { ID: 'red', Name: 'Crimson' },
      { '@id': "Tags('green')", Name: 'Lime' },
      { '@removed': { reason: 'deleted' }, ID: 'blue' },
    );
    const answer = await patch('Tags', changes);
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(await names()).toEqual({ new: 'New', red: 'Crimson', green: 'Lime' });
  });

  it('answers with what became of it, in the same order, where the client prefers that', async () => {
    const changes = delta(
      { '@odata.removed': {}, '@odata.id': "Tags('blue')" },
      { ID: 'red', Name: 'Crimson' },
      { Name: 'Without a key' },
    );
    const { status, headers, json } = await patch('Tags', changes, { Prefer: 'return=representation' });
    expect([status, headers.get('Preference-Applied')]).toEqual([200, 'return=representation']);
    expect(json['@odata.context']).toBe('http://host/service/$metadata#Tags/$delta');
    const [removed, changed, added] = json.value;
    expect(removed).toEqual({
      '@odata.context': 'http://host/service/$metadata#Tags/$deletedEntity',
      id: "http://host/service/Tags('blue')",
      reason: 'deleted',
    });
    const { headers: now } = await send('GET', "Tags('red')");
    expect(changed).toMatchObject({ ID: 'red', Name: 'Crimson', '@odata.etag': now.get('ETag') });
    expect(await get(`Tags('${added.ID}')`)).toEqual({ ID: added.ID, Name: 'Without a key' });
  });

  it('takes what OData 4.0 has for deleted entities, links and entities of other sets', async () => {
    const changes = {
      '@odata.context': 'http://host/service/$metadata#Orders/$delta',
      value: [
        { '@odata.context': '#Orders/$link', source: "Orders('1')", relationship: 'Tags', target: "Tags('blue')" },
        {
          '@odata.context': '#Orders/$deletedLink',
          source: "Orders('1')",
          relationship: 'Tags',
          target: "Tags('red')",
        },
        { '@odata.context': '#Tags/$entity', '@odata.id': "Tags('red')", Name: 'Crimson' },
        { '@odata.context': '#Tags/$deletedEntity', id: "Tags('green')", reason: 'deleted' },
        { ID: '1', Name: 'One' },
      ],
    };
    expect((await patch('Orders', changes)).status).toBe(204);
    expect(await names()).toEqual({ red: 'Crimson', blue: 'Blue' });
    expect(await names("Orders('1')/Tags")).toEqual({ blue: 'Blue' });
    expect((await get("Orders('1')")).Name).toBe('One');
  });

  it('takes related entities within', async () => {
    const changes = delta({ ID: '1', 'Lines@delta': [{ '@removed': {}, ID: 'a' }, { ID: 'b' }], Tags: [] });
    expect((await patch('Orders', changes)).status).toBe(204);
    expect((await get("Orders('1')/Lines")).value.map((line: { ID: string }) => line.ID)).toEqual(['b']);
    expect(await names("Orders('1')/Tags")).toEqual({});
  });

  it('adds to related entities, and takes out of them without deleting', async () => {
    const changes = delta(
      { '@removed': {}, ID: 'red' },
      { '@id': "Tags('blue')" },
      { ID: 'green', Name: 'Lime' },
      { ID: 'new', Name: 'New' },
    );
    expect((await patch("Orders('1')/Tags", changes)).status).toBe(204);
    expect(await names("Orders('1')/Tags")).toEqual({ blue: 'Blue', green: 'Lime', new: 'New' });
    expect((await get("Tags('red')")).Name).toBe('Red');
    await patch("Orders('1')/Tags", delta({ '@removed': { reason: 'deleted' }, ID: 'blue' }));
    expect(await names()).not.toHaveProperty('blue');
  });

  it('changes contained entities', async () => {
    const changes = delta({ ID: 'a', Note: 'x' }, { ID: 'b', Amount: 2 });
    expect((await patch("Orders('1')/Lines", changes)).status).toBe(204);
    expect((await get("Orders('1')/Lines?$orderby=ID")).value).toEqual([
      { ID: 'a', Amount: 1, Note: 'x' },
      { ID: 'b', Amount: 2, Note: null },
    ]);
  });

  const faults: [string, object, number, string][] = [
    ['a wrong value', { ID: 'red', Name: 1 }, 400, 'value/1/Name'],
    ['an unknown property', { ID: 'red', Colour: 'x' }, 400, 'value/1/Colour'],
    ['removal of what is not there', { '@removed': {}, ID: 'none' }, 404, 'value/1'],
    ['removal of what is elsewhere', { '@removed': {}, '@id': "Orders('1')" }, 404, 'value/1'],
    ['an entity of another set', { '@id': "Orders('1')", Name: 'x' }, 400, 'value/1'],
    ['a reference to nothing', { '@id': "Tags('none')" }, 400, 'value/1'],
    ['a strange reason', { '@removed': { reason: 'bored' }, ID: 'red' }, 400, 'value/1'],
    ['a strange context', { '@context': '#Tags/$singleton', ID: 'red' }, 400, 'value/1'],
    ['a set that does not exist', { '@context': '#Nothing/$entity', ID: 'red' }, 400, 'value/1'],
    [
      'a link without a target',
      { '@context': '#Orders/$link', source: "Orders('1')", relationship: 'Tags' },
      400,
      'value/1',
    ],
    [
      'a link by what is no relation',
      { '@context': '#Orders/$link', source: "Orders('1')", relationship: 'Name', target: "Tags('red')" },
      400,
      'value/1/relationship',
    ],
    [
      'a link that is not there',
      { '@context': '#Orders/$deletedLink', source: "Orders('1')", relationship: 'Tags', target: "Tags('blue')" },
      404,
      'value/1',
    ],
  ];

  it.each(faults)('does nothing for %s', async (_, fault, status, target) => {
    const answer = await patch('Tags', delta({ ID: 'red', Name: 'Crimson' }, fault, { ID: 'new' }));
    expect([answer.status, answer.json.error.target]).toEqual([status, target]);
    expect(await names()).toEqual(BEFORE);
  });

  it.each([
    ['nothing', undefined],
    ['no context', { value: [] }],
    ['the context of a collection', { '@context': '#Tags', value: [] }],
    ['no list', { '@context': '#$delta' }],
    ['a text in the list', { '@context': '#$delta', value: ['red'] }],
    ['a list', [{ ID: 'red' }]],
  ])('refuses %s', async (_, json) => {
    const { status } = await service.send('PATCH', 'Tags', json === undefined ? {} : { json });
    expect(status).toBe(400);
  });

  it('refuses a part of a collection, and a set that takes no such list', async () => {
    for (const path of ["Tags/$filter(ID eq 'red')", 'Orders/workshop.UrgentOrder'])
      expect((await patch(path, delta())).status).toBe(400);
    const { status, headers } = await patch('Guardeds', delta());
    expect([status, headers.get('Allow')]).toEqual([405, 'GET, POST']);
  });

  it('holds changes to the ETags that they bring, as of 4.01', async () => {
    const headers = { 'OData-Version': '4.01' };
    const etag = (await send('GET', "Tags('red')")).headers.get('ETag');
    expect((await patch('Tags', delta({ ID: 'red', '@etag': etag, Name: 'x' }), headers)).status).toBe(204);
    expect((await patch('Tags', delta({ ID: 'red', '@etag': etag, Name: 'y' }), headers)).status).toBe(412);
    expect((await patch('Tags', delta({ ID: 'none', '@etag': '*' }), headers)).status).toBe(412);
    expect((await patch('Tags', delta({ '@removed': {}, ID: 'red', '@etag': etag }), headers)).status).toBe(412);
  });
});

describe('a list of changes with continue-on-error [OData-Protocol 8.2.8.3, 11.4.12]', () => {
  const GOES_ON = { Prefer: 'continue-on-error' };

  it('says nothing where nothing fails', async () => {
    const { status, headers } = await patch('Tags', delta({ ID: 'red', Name: 'x' }), GOES_ON);
    expect([status, headers.get('Preference-Applied')]).toEqual([204, 'continue-on-error=true']);
  });

  it('makes what can be made, and tells what has failed by its opposite', async () => {
    const changes = delta(
      { [CONTENT_ID]: '1', ID: 'new', Name: 1 },
      { ID: 'red', Name: 'Crimson' },
      { [CONTENT_ID]: '2', ID: 'green', Colour: 'x' },
      { [CONTENT_ID]: '3', '@removed': { reason: 'deleted' }, ID: 'none' },
      { '@context': '#Orders/$link', source: "Orders('1')", relationship: 'Tags', target: "Tags('none')" },
      { '@context': '#Orders/$deletedLink', source: "Orders('1')", relationship: 'Tags', target: "Tags('blue')" },
    );
    const { status, json } = await patch('Tags', changes, GOES_ON);
    expect(status).toBe(200);
    expect(json.value).toMatchObject([
      {
        ID: 'new',
        '@odata.removed': {},
        [CONTENT_ID]: '1',
        [EXCEPTION]: { failedOperation: 'insert', responseCode: 400 },
      },
      { ID: 'green', [CONTENT_ID]: '2', [EXCEPTION]: { failedOperation: 'update', responseCode: 400 } },
      { ID: 'none', [CONTENT_ID]: '3', [EXCEPTION]: { failedOperation: 'delete', responseCode: 404 } },
      { '@odata.context': '#Orders/$deletedLink', [EXCEPTION]: { failedOperation: 'link', responseCode: 400 } },
      { '@odata.context': '#Orders/$link', [EXCEPTION]: { failedOperation: 'unlink', responseCode: 404 } },
    ]);
    expect(json.value[1]).not.toHaveProperty(['@odata.removed']);
    expect(json.value[0][EXCEPTION].info).toMatchObject({
      code: 'BadRequest',
      target: 'value/0/Name',
      severity: 'error',
    });
    expect(await names()).toEqual({ ...BEFORE, red: 'Crimson' });
  });

  it('tells all where the client prefers that', async () => {
    const prefer = { Prefer: 'return=representation, continue-on-error=true' };
    const { json, headers } = await patch('Tags', delta({ ID: 'red', Name: 'x' }, { ID: 'blue', Name: 1 }), prefer);
    expect(json.value.map((each: object) => EXCEPTION in each)).toEqual([false, true]);
    expect(headers.get('Preference-Applied')).toBe('return=representation, continue-on-error=true');
  });

  it('leaves nothing of a change that failed within', async () => {
    const changes = delta({ ID: '1', Name: 'x', Lines: [{ ID: 'new' }], Tags: [{ '@id': "Tags('none')" }] });
    const { json } = await patch('Orders', changes, GOES_ON);
    expect(json.value).toMatchObject([{ ID: '1', [EXCEPTION]: { failedOperation: 'update' } }]);
    expect((await get("Orders('1')/Lines")).value).toHaveLength(1);
    expect((await get("Orders('1')")).Name).toBe(null);
  });
});

describe('PUT of a collection [OData-Protocol 11.4.12]', () => {
  const put = (path: string, json: object, headers = {}) => service.send('PUT', path, { json, headers });

  it('leaves what it names, as it says, and nothing else', async () => {
    const value = [{ ID: 'red' }, { ID: 'new', Name: 'New' }, { '@id': "Tags('green')" }];
    expect((await put('Tags', { value })).status).toBe(204);
    expect(await names()).toEqual({ red: null, new: 'New', green: 'Green' });
  });

  it('takes related entities out without deleting them', async () => {
    const { status, json } = await put(
      "Orders('1')/Tags",
      { value: [{ '@id': "Tags('blue')" }] },
      { Prefer: 'return=representation' },
    );
    expect([status, json.value.length]).toEqual([200, 1]);
    expect(await names("Orders('1')/Tags")).toEqual({ blue: 'Blue' });
    expect(await names()).toEqual(BEFORE);
  });

  it('removes contained entities', async () => {
    expect((await put("Orders('1')/Lines", { value: [] })).status).toBe(204);
    expect((await get("Orders('1')/Lines")).value).toEqual([]);
  });

  it.each([
    ['nothing', {}],
    ['a removed entity', { value: [{ '@removed': {}, ID: 'red' }] }],
    ['a wrong value', { value: [{ ID: 'red', Name: 1 }] }],
    ['the same twice', { value: [{ ID: 'red' }, { ID: 'red' }] }],
  ])('refuses %s', async (_, json) => {
    expect((await put('Tags', json)).status).toBe(400);
    expect(await names()).toEqual(BEFORE);
  });
});

describe('PUT of a collection where the service does without', () => {
  const other = useWorkshop({ profile: { updatesCollections: false } });

  it('is not allowed', async () => {
    expect((await other.send('PUT', 'Tags', { json: { value: [] } })).status).toBe(405);
  });
});

describe('sets that demand conditions [OData-Protocol 11.4.1.1]', () => {
  beforeEach(() => create('Guardeds', { ID: '1', Name: 'One' }));
  const ways: [string, string, object | undefined][] = [
    ['PATCH', "Guardeds('1')", { Name: 'x' }],
    ['PUT', "Guardeds('1')", { Name: 'x' }],
    ['PUT', "Guardeds('1')/Name", { value: 'x' }],
    ['DELETE', "Guardeds('1')/Name", undefined],
    ['POST', "Guardeds('1')/Orders/$ref", { '@odata.id': "Orders('1')" }],
    ['DELETE', "Guardeds('1')", undefined],
  ];

  it.each(ways)('answer 428 without one, and 412 for a wrong one: %s %s', async (method, url, json) => {
    const body = json === undefined ? {} : { json };
    expect((await service.send(method, url, body)).status).toBe(428);
    expect((await service.send(method, url, { ...body, headers: { 'If-Match': 'W/"9"' } })).status).toBe(412);
    expect((await service.send(method, url, { ...body, headers: { 'If-Match': 'W/"1"' } })).status).toBe(204);
  });

  it('demand ETags of related entities within payloads', async () => {
    await create('Keepers', { ID: 'k' });
    const change = (more: object, headers = {}) =>
      patch("Keepers('k')", { Guarded: { ID: '1', Name: 'x', ...more } }, headers);
    const newer = { 'OData-Version': '4.01' };
    expect((await change({})).status).toBe(428);
    expect((await change({ '@etag': 'W/"1"' })).status).toBe(428);
    expect((await change({ '@etag': 'W/"9"' }, newer)).status).toBe(412);
    expect((await get("Guardeds('1')")).Name).toBe('One');
    expect((await change({ '@etag': 'W/"1"' }, newer)).status).toBe(204);
    expect((await get("Guardeds('1')")).Name).toBe('x');
  });

  it('take * for any version, and need none to create', async () => {
    const { status } = await service.send('PATCH', "Guardeds('1')", { json: {}, headers: { 'If-Match': '*' } });
    expect(status).toBe(204);
  });
});
