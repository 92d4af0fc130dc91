import { beforeEach, describe, expect, it } from '@jest/globals';

import { odataProfile } from '../../../src/protocol/index.js';
import { useService, type ServiceInTest } from '../service-in-test.js';

import { gallery } from './gallery.js';

const PIXEL = 'iVBORw0KGgo';
const put = (service: ServiceInTest, path: string, contentType: string, body: string | Uint8Array) =>
  service.send('PUT', path, { headers: { 'content-type': contentType }, body });

/** [OData-Protocol 11.2.5.2] [OData-JSON 9, 10] */
describe('streams by $expand', () => {
  const service = useService(gallery);
  const { send } = service;

  beforeEach(async () => {
    const Images = [
      { ID: 'a', Title: 'A', '@odata.mediaContentType': 'image/png', $value: PIXEL },
      { ID: 'b', Title: 'B' },
    ];
    const photo = { 'Photo@odata.mediaContentType': 'image/png', Photo: PIXEL };
    expect((await send('POST', 'Products', { json: { ID: 1, ...photo, Images } })).status).toBe(201);
    expect((await send('POST', 'Products', { json: { ID: 2 } })).status).toBe(201);
  });

  it('stand in the entity with what it takes to read them', async () => {
    const { status, json } = await send('GET', 'Products(1)?$expand=Photo,Manual');
    expect([status, json.error]).toEqual([200, undefined]);
    expect(json).toEqual({
      '@odata.context': expect.stringMatching(/#Products\/\$entity$/),
      '@odata.etag': expect.any(String),
      'Photo@odata.mediaContentType': 'image/png',
      'Photo@odata.mediaEtag': 'W/"1"',
      Photo: PIXEL,
      Manual: null,
      ID: 1,
      Name: null,
    });
  });

  it('stand in the entities of a collection, and in what is expanded', async () => {
    const products = (
      await send('GET', 'Products?$select=ID&$expand=Photo,Images($select=ID;$expand=$value,Thumbnail)')
    ).json;
    expect(products.value).toMatchObject([
      {
        Photo: PIXEL,
        Images: [
          { ID: 'a', '@odata.mediaContentType': 'image/png', $value: PIXEL, Thumbnail: null },
          { ID: 'b', $value: null, Thumbnail: null },
        ],
      },
      { Photo: null, Images: [] },
    ]);
    expect(products.value[0]).not.toHaveProperty('Manual');
    expect((await send('GET', 'Products?$select=ID')).json.value[0]).not.toHaveProperty('Photo');
  });

  it.each([
    ['text/plain', 'Grüße', 'Grüße'],
    ['text/plain;charset=iso-8859-1', Buffer.from('Grüße', 'latin1'), 'Grüße'],
    ['text/plain', Buffer.from('Grüße', 'latin1'), Buffer.from('Grüße', 'latin1').toString('base64url')],
    ['text/html;charset=nobody-knows', 'x', 'eA'],
    ['text/plain', '', ''],
    ['application/json', '{"a":[1,2.5]}', { a: [1, 2.5] }],
    ['application/json', '{"a":', 'eyJhIjo'],
    ['application/geo+json;charset=utf-8', 'null', null],
    ['application/jsonpath', '1', 'MQ'],
    ['application/octet-stream', Buffer.from([0, 255, 254]), 'AP_-'],
  ])('of the type %s are written as what they are', async (contentType, body, value) => {
    expect((await put(service, 'Products(1)/Manual', contentType, body)).status).toBe(204);
    for (const metadata of ['none', 'minimal', 'full']) {
      const headers = { accept: `application/json;odata.metadata=${metadata}` };
      const { json } = await send('GET', 'Products(1)?$expand=Manual', { headers });
      expect([json['Manual@odata.mediaContentType'], json.Manual]).toEqual([contentType, value]);
    }
  });

  it('keep all digits of numbers in JSON', async () => {
    await put(service, 'Products(1)/Manual', 'application/json', '[12345678901234567890.5]');
    expect((await send('GET', 'Products(1)?$expand=Manual')).text).toContain('"Manual":[12345678901234567890.5]');
  });

  it('come back as they were when they are sent again', async () => {
    await put(service, 'Products(1)/Manual', 'application/json', '{"a":1}');
    const { json } = await send('GET', 'Products(1)?$expand=Photo,Manual&$select=Name');
    expect((await send('PATCH', 'Products(2)', { json })).status).toBe(204);
    expect((await send('GET', 'Products(2)/Manual')).text).toBe('{"a":1}');
    expect((await send('GET', 'Products(2)/Photo')).bytes.toString('base64url')).toBe(PIXEL);
  });

  it('of derived types stand in entities of these alone', async () => {
    const content = { '@odata.mediaContentType': 'text/plain', $value: 'x' };
    expect((await send('PATCH', "Media('d')", { json: { Title: 'D', ...content } })).status).toBe(201);
    const image = { Title: 'E', '@odata.type': '#gallery.Image' };
    expect((await send('PATCH', "Media('e')", { json: image })).status).toBe(201);
    const { json } = await send('GET', 'Media?$expand=$value,gallery.Image/Thumbnail&$orderby=ID');
    expect(json.value).toMatchObject([
      { ID: 'd', $value: 'x' },
      { ID: 'e', $value: null, Thumbnail: null },
    ]);
    expect(json.value[0]).not.toHaveProperty('Thumbnail');
  });

  it('stand in the answers to writes, pages, batches, and behind $apply', async () => {
    const headers = { prefer: 'return=representation' };
    const changed = await send('PATCH', 'Products(1)?$expand=Photo', { json: { Name: 'new' }, headers });
    expect([changed.status, changed.json.Photo]).toEqual([200, PIXEL]);
    const made = await send('POST', 'Products?$expand=Photo', { json: { ID: 3 } });
    expect([made.status, made.json.Photo]).toEqual([201, null]);
    const applied = await send('GET', 'Products?$apply=filter(ID eq 1)&$expand=Photo');
    expect(applied.json.value).toMatchObject([{ Photo: PIXEL }]);
    const nested = await send(
      'GET',
      "Products?$expand=Images($apply=filter(ID eq 'a');$expand=$value)&$filter=ID eq 1",
    );
    expect(nested.json.value).toMatchObject([{ Images: [{ $value: PIXEL }] }]);
    const requests = [{ id: '1', method: 'GET', url: 'Products(1)?$expand=Photo' }];
    expect((await send('POST', '$batch', { json: { requests } })).json.responses[0].body.Photo).toBe(PIXEL);
    const paged = await send('GET', 'Products?$expand=Photo', { headers: { prefer: 'maxpagesize=1' } });
    const next = await send('GET', paged.json['@odata.nextLink']);
    expect([paged.json.value[0].Photo, next.json.value[0].Photo]).toEqual([PIXEL, null]);
  });

  it('stand in what has changed', async () => {
    const headers = { prefer: 'odata.track-changes' };
    const first = await send('GET', 'Products?$expand=Photo', { headers });
    expect(first.json.value[0].Photo).toBe(PIXEL);
    await send('PATCH', 'Products(1)', { json: { Name: 'changed' } });
    const changes = await send('GET', first.json['@odata.deltaLink'] ?? first.json['@odata.nextLink']);
    expect(changes.json.value).toMatchObject([{ Name: 'changed', Photo: PIXEL }]);
  });

  it('are read for many entities', async () => {
    for (let ID = 10; ID < 35; ID++)
      await send('POST', 'Products', {
        json: { ID, 'Manual@odata.mediaContentType': 'text/plain', Manual: String(ID) },
      });
    const { json } = await send('GET', 'Products?$filter=ID ge 10&$expand=Manual&$select=ID');
    expect(json.value).toHaveLength(25);
    for (const { ID, Manual } of json.value) expect(Manual).toBe(String(ID));
  });

  it.each([
    ['Products?$expand=$value', /is for media entities/],
    ['Products?$expand=Photo($select=ID)', /takes no options/],
    ['Products?$expand=Photo($filter=true)', /takes no options/],
    ['Products?$expand=Photo/$ref', /no \$ref or \$count/],
    ['Products?$expand=Photo/$count', /no \$ref or \$count/],
    ['Products?$expand=Photo,Photo', /expanded twice/],
    ['Images?$expand=$value,$value', /expanded twice/],
    ['Products?$expand=Photo/Manual', /Photo/],
    ['Products?$expand=Foto', /Could not find/],
    ['Products?$expand=Images/$value', /./],
    ['Products?$expand=gallery.Image/Thumbnail', /does not derive/],
    ['Products?$apply=aggregate($count as C)&$expand=Photo', /Photo/],
    ['Products?$apply=expand(Photo)', /navigation properties/],
    ['Products?$apply=groupby((ID))&$expand=Photo', /Photo/],
  ])('%s is refused', async (url, problem) => {
    const { status, json } = await send('GET', url);
    expect([status, json.error?.message]).toEqual([400, expect.stringMatching(problem)]);
  });
});

describe('more bytes of streams than an answer may have', () => {
  const service = useService(gallery, { profile: { limits: { ...odataProfile.limits, maxBatchAnswer: 1000 } } });

  it('are refused', async () => {
    await service.send('POST', 'Products', { json: { ID: 1 } });
    await put(service, 'Products(1)/Manual', 'text/plain', 'x'.repeat(1001));
    const { status, json } = await service.send('GET', 'Products(1)?$expand=Manual');
    expect([status, json.error.message]).toEqual([400, expect.stringContaining('more than 1000 bytes')]);
    expect((await service.send('GET', 'Products(1)')).status).toBe(200);
  });
});
