import { describe, expect, it } from '@jest/globals';

import { AUDITS, DOCUMENTED_BODY, PROPERTIES, REQUIRED, TYPE } from './audits.js';
import type { Answer } from './send.js';
import { useService } from './start-service.js';

const service = useService();
const KEY_FORMS: [string, (id: string) => string][] = [
  ['a segment', (id) => `${AUDITS}/${encodeURIComponent(id)}`],
  ['parentheses', (id) => `${AUDITS}('${encodeURIComponent(id.replaceAll("'", "''"))}')`],
];
const NAME = 'microsoft.graph.remoteActionAudit';
const DETAIL = 'microsoft.graph.keyValuePair_2OfString_String';

async function create(changes: object = {}) {
  const { status, json } = await service.send('POST', AUDITS, { json: { ...REQUIRED, ...changes } });
  expect(status).toBe(201);
  return json;
}

const read = (id: string) => service.send('GET', `${AUDITS}/${id}`);
const patch = (id: string, json: object, headers: Record<string, string> = {}) =>
  service.send('PATCH', `${AUDITS}/${id}`, { json, headers });

describe('GET of the collection', () => {
  it('has all objects, oldest first, with all properties in the documented order', async () => {
    const first = await create();
    const second = await create({ userName: 'second' });
    const { status, json } = await service.send('GET', `${AUDITS}?$top=999`);
    expect(status).toBe(200);
    expect(json['@odata.context']).toBe(`${service.origin}/beta/$metadata#${AUDITS}`);
    const ids = json.value.map((each: { id: string }) => each.id);
    expect(ids.indexOf(second.id) - ids.indexOf(first.id)).toBe(1);
    for (const each of json.value) expect(Object.keys(each)).toEqual(['@odata.type', ...PROPERTIES]);
  });
});

describe.each(KEY_FORMS)('an object by its key as %s', (_, pathOf) => {
  it.each(['plain', "O'Neil", 'a b', 'a/b', 'a%b', 'ü', '(a)', 'a,b=c', 'x$value', '?#', '0', '..'])(
    'is found: %s',
    async (name) => {
      const id = `${name}${name === '..' ? '' : ` ${Math.random()}`}`;
      await service.send('DELETE', pathOf(id));
      const { '@odata.context': context, ...created } = await create({ id });
      const { status, json } = await service.send('GET', pathOf(id));
      expect([status, json]).toEqual([200, { '@odata.context': context, ...TYPE, ...created }]);
    },
  );

  it('is 404 where there is none, for every method', async () => {
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      const { status, json } = await service.send(method, pathOf('missing'), method === 'PATCH' ? { json: {} } : {});
      expect([method, status]).toEqual([method, 404]);
      expect(json.error).toMatchObject({ code: 'ResourceNotFound', message: expect.stringContaining('missing') });
    }
  });

  it('can be changed and deleted', async () => {
    const { id } = await create();
    expect((await service.send('PATCH', pathOf(id), { json: { userName: 'new' } })).json).toMatchObject({
      id,
      userName: 'new',
    });
    const { status, text, headers } = await service.send('DELETE', pathOf(id));
    expect([status, text]).toEqual([204, '']);
    expect(headers).not.toHaveProperty('content-type');
    expect((await service.send('GET', pathOf(id))).status).toBe(404);
    expect((await service.send('DELETE', pathOf(id))).status).toBe(404);
  });
});

// [Graph: Update remoteActionAudit]
describe('PATCH', () => {
  it('answers 200 with the object, in the documented order', async () => {
    const { id } = await create();
    const { status, json } = await patch(id, { userName: 'new' });
    expect(status).toBe(200);
    expect(json['@odata.context']).toBe(`${service.origin}/beta/$metadata#${AUDITS}/$entity`);
    expect(Object.keys(json)).toEqual(['@odata.context', ...PROPERTIES]);
  });

  it('answers 204 where the client prefers that', async () => {
    const { id } = await create();
    const { status, text, headers } = await patch(id, { userName: 'new' }, { Prefer: 'return=minimal' });
    expect([status, text, headers['preference-applied']]).toEqual([204, '', 'return=minimal']);
    expect((await read(id)).json.userName).toBe('new');
  });

  it('leaves alone what is not given, down to the spelling of a date', async () => {
    const deviceActionDetails = [{ key: 'a', value: 'b' }];
    const before = await create({ deviceIMEI: 'imei', deviceActionDetails });
    const { json } = await patch(before.id, { actionState: 'done' });
    expect(json).toEqual({ ...before, actionState: 'done' });
    expect(json.requestDateTime).toBe('2017-01-01T00:03:07.1589002-08:00');
    expect((await read(before.id)).json).toEqual({ ...TYPE, ...json });
  });

  it('replaces dates and collections, clears with null, and takes an empty object', async () => {
    const before = await create({ userName: 'old', deviceActionDetails: [{ key: 'a' }, { key: 'b' }] });
    const changes = {
      requestDateTime: '2020-02-29T23:59:59.10+01:00',
      userName: null,
      deviceActionDetails: [{ key: 'c' }],
    };
    const { json } = await patch(before.id, changes);
    expect(json).toEqual({ ...before, ...changes, deviceActionDetails: [{ key: 'c', value: null }] });
    expect((await patch(before.id, {})).json).toEqual(json);
  });

  it('takes the whole object as it was read, with its annotations and its id', async () => {
    const { json } = await read((await create()).id);
    const { status, json: answer } = await patch(json.id, { ...json, userName: 'new', '@odata.etag': 'W/"1"' });
    expect([status, answer]).toEqual([200, { ...json, userName: 'new' }]);
  });

  it('changes no key', async () => {
    const { id } = await create();
    const { status, json } = await patch(id, { id: 'other' });
    expect([status, json.error.target]).toEqual([400, 'id']);
    expect((await read(id)).status).toBe(200);
  });

  it('refuses what a create refuses, and changes nothing then', async () => {
    const before = await create();
    const { status, json } = await patch(before.id, { action: 'wipe', userName: 5, actionState: null, colour: 'red' });
    expect(status).toBe(400);
    expect(json.error.details.map(({ target }: { target: string }) => target).sort()).toEqual([
      'action',
      'actionState',
      'colour',
      'userName',
    ]);
    expect((await read(before.id)).json).toEqual({ ...TYPE, ...before });
  });

  it('loses nothing when many change different properties at once', async () => {
    const { id } = await create();
    const names = PROPERTIES.filter((name) => !(name in REQUIRED) && name !== 'id' && name !== 'deviceActionDetails');
    const answers = await Promise.all(names.map((name) => patch(id, { [name]: `new ${name}` })));
    const accepted = names.filter((_, index) => answers[index]!.status === 200);
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
    const { json } = await read(id);
    for (const name of accepted) expect(json[name]).toBe(`new ${name}`);
  });
});

// [OData-JSON 4.6.3]
describe('@odata.type', () => {
  const post = (json: object, format = '') =>
    service.send('POST', `${AUDITS}${format}`, { json: { ...REQUIRED, ...json } });

  it.each([`#${NAME}`, NAME, '#graph.remoteActionAudit', `https://graph.microsoft.com/beta/$metadata#${NAME}`])(
    'may be sent as %s, and comes back with the answer to the create, as with every read',
    async (type) => {
      const { status, json } = await post({ '@odata.type': type });
      expect([status, json['@odata.type']]).toEqual([201, `#${NAME}`]);
      expect((await read(json.id)).json).toMatchObject(TYPE);
      expect((await patch(json.id, { '@odata.type': type })).status).toBe(200);
    },
  );

  it('does not come back with the answer to a create that did not send it', async () => {
    expect((await post({})).json).not.toHaveProperty('@odata.type');
  });

  it.each([`#${DETAIL}`, DETAIL])('may be %s on a nested value, and comes back there', async (type) => {
    const { json } = await post({ deviceActionDetails: [{ '@odata.type': type, key: 'a' }, { key: 'b' }] });
    const details = [
      { '@odata.type': type, key: 'a', value: null },
      { key: 'b', value: null },
    ];
    expect(json.deviceActionDetails).toEqual(details);
    expect((await read(json.id)).json.deviceActionDetails).toEqual(details);
  });

  it('may stand anywhere in the object', async () => {
    expect((await post({ userName: 'a', '@odata.type': NAME })).status).toBe(201);
  });

  it.each([
    ['#microsoft.graph.remoteActionAudits', 'UnknownType', "Did you mean 'microsoft.graph.remoteActionAudit'?"],
    ['remoteActionAudit', 'UnknownType', 'does not exist'],
    ['', 'UnknownType', 'does not exist'],
    ['#microsoft.graph.managedDevice', 'UnrelatedType', 'not microsoft.graph.remoteActionAudit or derived from it'],
    ['#microsoft.graph.entity', 'UnrelatedType', 'not microsoft.graph.remoteActionAudit or derived from it'],
    ['#microsoft.graph.remoteAction', 'UnknownType', 'does not exist'],
    [5, 'InvalidAnnotation', 'must be a string'],
    [null, 'InvalidAnnotation', 'must be a string'],
  ])('cannot be %j: %s', async (type, code, message) => {
    const { status, json } = await post({ '@odata.type': type });
    expect(status).toBe(400);
    expect(json.error.details).toEqual([{ code, target: '@odata.type', message: expect.stringContaining(message) }]);
  });

  it.each(['#microsoft.graph.nothing', '#microsoft.graph.deviceGeoLocation', NAME])(
    'cannot be %s on a nested value',
    async (type) => {
      const { status, json } = await post({ deviceActionDetails: [{}, { '@odata.type': type }] });
      expect(status).toBe(400);
      expect(json.error.details).toMatchObject([{ target: 'deviceActionDetails/1/@odata.type' }]);
    },
  );
});

// [OData-JSON 3.1]
describe('odata.metadata', () => {
  const FORMS: [string, (level: string, path: string) => Promise<Answer>][] = [
    ['Accept', (level, path) => get(path, `application/json;odata.metadata=${level}`)],
    ['$format', (level, path) => get(`${path}?$format=application/json;odata.metadata=${level}`)],
    ['$format over Accept', (level, path) => get(`${path}?$format=application/json;metadata=${level}`, 'text/html')],
  ];

  function get(path: string, accept = '*/*') {
    return service.send('GET', path, { headers: { Accept: accept } });
  }

  it.each(FORMS)('full writes all control information, by %s', async (_, read) => {
    const { id } = await create({ deviceActionDetails: [{ key: 'a' }] });
    const { json, headers } = await read('full', `${AUDITS}/${id}`);
    expect(headers).toMatchObject({
      'content-type': 'application/json;odata.metadata=full;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
    });
    expect(json).toMatchObject({
      '@odata.context': `${service.origin}/beta/$metadata#${AUDITS}/$entity`,
      '@odata.type': `#${NAME}`,
      '@odata.id': `${service.origin}/beta/${AUDITS}('${id}')`,
      '@odata.editLink': `${AUDITS}('${id}')`,
      'action@odata.type': '#microsoft.graph.remoteAction',
      'requestDateTime@odata.type': '#DateTimeOffset',
      'deviceActionDetails@odata.type': `#Collection(${DETAIL})`,
      deviceActionDetails: [{ '@odata.type': `#${DETAIL}`, key: 'a', value: null }],
    });
    expect(json).not.toHaveProperty('userName@odata.type');
  });

  it.each(FORMS)('none writes none of it, by %s', async (_, read) => {
    const { id } = await create({ '@odata.type': NAME, deviceActionDetails: [{ '@odata.type': DETAIL }] });
    const { json, headers } = await read('none', `${AUDITS}/${id}`);
    expect(headers).toMatchObject({ 'content-type': expect.stringContaining(';odata.metadata=none;') });
    expect(JSON.stringify(json)).not.toContain('@odata');
    expect(Object.keys(json)).toEqual(PROPERTIES);
  });

  it('holds for creates and collections too', async () => {
    const headers = { Accept: 'application/json;odata.metadata=none' };
    const created = await service.send('POST', AUDITS, { json: JSON.parse(DOCUMENTED_BODY), headers });
    expect([created.status, created.text.includes('@odata')]).toEqual([201, false]);
    const list = await service.send('GET', `${AUDITS}?$format=application/json;odata.metadata=full&$top=1`);
    expect(list.json.value[0]).toMatchObject({ '@odata.type': `#${NAME}`, 'action@odata.type': expect.any(String) });
  });

  it('is minimal for $format=json', async () => {
    const { headers } = await service.send('GET', `${AUDITS}?$format=json`);
    expect(headers['content-type']).toContain(';odata.metadata=minimal;');
  });

  it('cannot be anything else', async () => {
    const { status, json } = await service.send('GET', `${AUDITS}?$format=application/json;odata.metadata=all`);
    expect([status, json.error.code]).toEqual([400, 'BadRequest']);
  });
});

describe('the service document and $metadata', () => {
  it('names the singleton', async () => {
    const { status, json } = await service.send('GET', '');
    expect([status, json]).toEqual([
      200,
      {
        '@odata.context': `${service.origin}/beta/$metadata`,
        value: [{ name: 'deviceManagement', kind: 'Singleton', url: 'deviceManagement' }],
      },
    ]);
  });

  it.each([
    ['', {}],
    ['', { Accept: 'application/xml' }],
    ['', { Accept: '*/*' }],
    ['?$format=xml', {}],
    ['?$format=application/xml', { Accept: 'application/json' }],
  ])('writes the schema as XML: %s %j', async (query, headers) => {
    const { status, text, headers: answered } = await service.send('GET', `$metadata${query}`, { headers });
    expect([status, answered['content-type']]).toEqual([200, 'application/xml;charset=utf-8']);
    expect(text).toContain('<Schema Namespace="microsoft.graph" Alias="graph"');
    expect(text).toContain('<EntityType Name="remoteActionAudit" BaseType="graph.entity">');
  });

  it.each([
    ['', { Accept: 'application/json' }],
    ['?$format=json', {}],
    ['?$format=application/json', { Accept: 'application/xml' }],
  ])('writes the schema as JSON: %s %j', async (query, headers) => {
    const { status, json, headers: answered } = await service.send('GET', `$metadata${query}`, { headers });
    expect([status, answered['content-type']]).toEqual([200, expect.stringMatching(/^application\/json;/)]);
    expect(json).toMatchObject({
      $Version: '4.0',
      $EntityContainer: 'microsoft.graph.GraphService',
      'microsoft.graph': { remoteActionAudit: { $Kind: 'EntityType' } },
    });
  });
});
