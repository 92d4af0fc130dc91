import { beforeEach, describe, expect, it } from '@jest/globals';

import { ROOT, useService, type Sent } from '../service-in-test.js';
import { gallery } from './gallery.js';

const png: Sent = { headers: { 'Content-Type': 'image/png' }, body: Buffer.from([137, 80, 78, 71]) };
const text: Sent = { headers: { 'Content-Type': 'text/plain;charset=utf-8' }, body: 'Gebrauchsanweisung für Ärzte' };
const full = { headers: { Accept: 'application/json;odata.metadata=full' } };

const service = useService(gallery);
beforeEach(async () => {
  await service.send('POST', 'Products', { json: { ID: 1, Name: 'Lamp' } });
});

describe('stream properties [OData-Protocol 11.2.4, 11.4.8]', () => {
  it('hold the bytes that are put there', async () => {
    const put = await service.send('PUT', 'Products(1)/Photo', png);
    expect([put.status, put.headers.get('ETag')]).toEqual([204, 'W/"1"']);
    const got = await service.send('GET', 'Products(1)/Photo');
    expect([got.status, got.headers.get('Content-Type'), got.headers.get('ETag'), got.bytes]).toEqual([
      200,
      'image/png',
      'W/"1"',
      png.body,
    ]);
    await service.send('PUT', 'Products/1/Manual', text);
    expect((await service.send('GET', 'Products(1)/Manual/$value')).text).toBe(text.body);
    expect((await service.send('GET', 'Products(1)/Photo/$value')).bytes).toEqual(png.body);
  });

  it('are null without a stream', async () => {
    expect((await service.send('GET', 'Products(1)/Photo')).status).toBe(204);
    expect((await service.send('DELETE', 'Products(1)/Photo')).status).toBe(204);
    await service.send('PUT', 'Products(1)/Photo', png);
    expect((await service.send('DELETE', 'Products(1)/Photo')).status).toBe(204);
    expect((await service.send('GET', 'Products(1)/Photo')).status).toBe(204);
  });

  it.each([
    ['PUT', 'Products(1)/Photo', text, 415],
    ['PUT', 'Products(2)/Photo', png, 404],
    ['GET', 'Products(2)/Photo', {}, 404],
    ['PATCH', 'Products(1)/Photo', png, 405],
    ['GET', 'Products(1)/Photo/Name', {}, 400],
    ['POST', 'Products', { json: { ID: 3, Photo: 'x' } }, 400],
  ] as const)('%s %s is refused', async (method, url, sent, status) => {
    expect((await service.send(method, url, sent)).status).toBe(status);
  });

  it('are described, but not held, by the entity [OData-JSON 9]', async () => {
    await service.send('PUT', 'Products(1)/Photo', png);
    const { json } = await service.send('GET', 'Products(1)');
    expect(json).toEqual({
      '@odata.context': `${ROOT}/$metadata#Products/$entity`,
      '@odata.etag': 'W/"1"',
      'Photo@odata.mediaContentType': 'image/png',
      'Photo@odata.mediaEtag': 'W/"1"',
      ID: 1,
      Name: 'Lamp',
    });
    const whole = await service.send('GET', 'Products(1)', full);
    expect(whole.json).toMatchObject({
      'Photo@odata.mediaReadLink': `${ROOT}/Products(1)/Photo`,
      'Photo@odata.mediaEditLink': `${ROOT}/Products(1)/Photo`,
      'Photo@odata.mediaContentType': 'image/png',
      'Manual@odata.mediaReadLink': `${ROOT}/Products(1)/Manual`,
    });
    expect(whole.json['Manual@odata.mediaEtag']).toBeUndefined();
  });

  it('are left out where they are not selected', async () => {
    await service.send('PUT', 'Products(1)/Photo', png);
    const { json } = await service.send('GET', 'Products?$select=Name');
    expect(Object.keys(json.value[0]).filter((name) => name.startsWith('Photo'))).toEqual([]);
    const selected = await service.send('GET', 'Products?$select=Photo');
    expect(selected.json.value[0]).toMatchObject({ 'Photo@odata.mediaContentType': 'image/png' });
  });

  it('stay when the entity changes, and go when it is deleted', async () => {
    await service.send('PUT', 'Products(1)/Photo', png);
    await service.send('PUT', 'Products(1)', { json: { Name: 'Light' } });
    expect((await service.send('GET', 'Products(1)/Photo')).status).toBe(200);
    await service.send('DELETE', 'Products(1)');
    await service.send('POST', 'Products', { json: { ID: 1 } });
    expect((await service.send('GET', 'Products(1)/Photo')).status).toBe(204);
  });
});
