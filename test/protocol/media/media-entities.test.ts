import { describe, expect, it } from '@jest/globals';

import { ROOT, useService, type Answered, type Sent } from '../service-in-test.js';
import { gallery } from './gallery.js';

const PNG = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10, 0, 255]);
const png: Sent = { headers: { 'Content-Type': 'image/png' }, body: PNG };
const pdf: Sent = { headers: { 'Content-Type': 'application/pdf' }, body: '%PDF' };

const service = useService(gallery);
const tagged = useService(gallery, { profile: { mediaJson: 'entity' } });

async function created(sent: Sent = png, set = 'Images'): Promise<{ answer: Answered; url: string }> {
  const answer = await service.send('POST', set, sent);
  expect(answer.status).toBe(201);
  return { answer, url: answer.headers.get('Location')! };
}

describe('POST of bytes to a collection of media entities [OData-Protocol 11.4.7]', () => {
  it('creates the entity, with default values, and its stream', async () => {
    const { answer, url } = await created();
    expect(answer.json).toMatchObject({
      '@odata.context': `${ROOT}/$metadata#Images/$entity`,
      '@odata.mediaReadLink': `${url}/$value`,
      '@odata.mediaEditLink': `${url}/$value`,
      '@odata.mediaContentType': 'image/png',
      '@odata.mediaEtag': 'W/"1"',
      Title: '',
      Rating: 3,
    });
    expect(answer.headers.get('ETag')).toBe('W/"1"');
    const value = await service.send('GET', `${url}/$value`);
    expect([value.status, value.headers.get('Content-Type'), value.bytes]).toEqual([200, 'image/png', PNG]);
  });

  it('returns no more than the address to those who want that', async () => {
    const { status, headers, text } = await service.send('POST', 'Images', {
      ...png,
      headers: { ...png.headers, Prefer: 'return=minimal' },
    });
    expect([status, text]).toEqual([204, '']);
    expect((await service.send('GET', `${headers.get('Location')!}/$value`)).bytes).toEqual(PNG);
  });

  it.each([
    ['text/plain', 'hello'],
    ['application/json', '{"ID":"1"}'],
    ['application/vnd.custom+zip; a="b"', ''],
  ])('takes %s', async (contentType, body) => {
    const { url } = await created({ headers: { 'Content-Type': contentType }, body }, 'Media');
    const value = await service.send('GET', `${url}/$value`);
    expect([value.headers.get('Content-Type'), value.text]).toEqual([contentType, body]);
  });

  it('takes bytes without a type for a stream of bytes', async () => {
    const { url } = await created({ body: PNG }, 'Media');
    expect((await service.send('GET', `${url}/$value`)).headers.get('Content-Type')).toBe('application/octet-stream');
  });

  it.each([
    ['text/plain', 'hello'],
    ['application/json', '{"ID":"1","Title":"x"}'],
    ['imagepng', 'x'],
  ])('refuses %s where the schema accepts images', async (contentType, body) => {
    const { status, json } = await service.send('POST', 'Images', { headers: { 'Content-Type': contentType }, body });
    expect(status).toBe(415);
    expect(json.error.message).toContain(`Content-Type '${contentType}'`);
    expect((await service.send('GET', 'Images')).json.value).toEqual([]);
  });

  it('refuses more bytes than the service takes', async () => {
    const body = Buffer.alloc(4 * 1024 * 1024 + 1);
    expect((await service.send('POST', 'Images', { ...png, body })).status).toBe(413);
    expect((await service.send('GET', 'Images')).json.value).toEqual([]);
  });

  it('takes JSON for the entity where the profile says so', async () => {
    const answer = await tagged.send('POST', 'Images', { json: { ID: 'a', Title: 'An image' } });
    expect([answer.status, answer.json.Title]).toEqual([201, 'An image']);
    expect((await tagged.send('GET', `Images('a')/$value`)).status).toBe(404);
    expect((await tagged.send('PUT', `Images('a')/$value`, png)).status).toBe(204);
    expect((await tagged.send('GET', `Images('a')/$value`)).bytes).toEqual(PNG);
  });

  it('creates contained media entities', async () => {
    await service.send('POST', 'Products', { json: { ID: 1 } });
    const { status, headers } = await service.send('POST', 'Products(1)/Images', png);
    expect(status).toBe(201);
    expect(headers.get('Location')).toMatch(/\/Products[(/]1\)?\/Images\('/);
    expect((await service.send('GET', `${headers.get('Location')!}/$value`)).bytes).toEqual(PNG);
    expect((await service.send('POST', 'Products(2)/Images', png)).status).toBe(404);
  });
});

describe('the stream of a media entity [OData-Protocol 11.2.3, 11.4.7]', () => {
  it('is replaced by PUT', async () => {
    const { url } = await created();
    const put = await service.send('PUT', `${url}/$value`, pdf);
    expect([put.status, put.headers.get('ETag')]).toEqual([204, 'W/"2"']);
    const { headers, text } = await service.send('GET', `${url}/$value`);
    expect([headers.get('Content-Type'), headers.get('ETag'), text]).toEqual(['application/pdf', 'W/"2"', '%PDF']);
    expect((await service.send('GET', url)).json).toMatchObject({
      '@odata.etag': 'W/"1"',
      '@odata.mediaEtag': 'W/"2"',
      '@odata.mediaContentType': 'application/pdf',
    });
  });

  it('is cleared by DELETE, with the entity left', async () => {
    const { url } = await created();
    expect((await service.send('DELETE', `${url}/$value`)).status).toBe(204);
    expect((await service.send('GET', `${url}/$value`)).status).toBe(404);
    expect((await service.send('DELETE', `${url}/$value`)).status).toBe(404);
    const { status, json } = await service.send('GET', url);
    expect(status).toBe(200);
    expect(json['@odata.mediaReadLink']).toBe(`${url}/$value`);
    expect(json['@odata.mediaContentType']).toBeUndefined();
    expect((await service.send('PUT', `${url}/$value`, png)).headers.get('ETag')).toBe('W/"3"');
  });

  it('changes under its own conditions', async () => {
    const { url } = await created();
    const write = (method: string, headers: Record<string, string>) =>
      service.send(method, `${url}/$value`, { ...png, headers: { ...png.headers, ...headers } });
    expect((await write('PUT', { 'If-Match': 'W/"7"' })).status).toBe(412);
    expect((await write('PUT', { 'If-None-Match': '*' })).status).toBe(412);
    expect((await write('DELETE', { 'If-Match': 'W/"7"' })).status).toBe(412);
    expect((await write('PUT', { 'If-Match': 'W/"1"' })).status).toBe(204);
    expect((await write('PUT', { 'If-Match': 'W/"1"' })).status).toBe(412);
    expect((await write('DELETE', { 'If-Match': '*' })).status).toBe(204);
    expect((await write('PUT', { 'If-Match': '*' })).status).toBe(412);
    expect((await write('PUT', { 'If-None-Match': '*' })).status).toBe(204);
  });

  it('is not sent again to those who have it', async () => {
    const { url } = await created();
    const get = (tag: string) => service.send('GET', `${url}/$value`, { headers: { 'If-None-Match': tag } });
    const { status, text, headers } = await get('W/"1"');
    expect([status, text, headers.get('ETag')]).toEqual([304, '', 'W/"1"']);
    expect((await get('W/"2"')).status).toBe(200);
  });

  it.each(['image/png', 'image/*', 'application/json', 'text/html, */*;q=0.1', 'application/octet-stream'])(
    'comes as it is for Accept: %s',
    async (accept) => {
      const { url } = await created();
      const { status, headers } = await service.send('GET', `${url}/$value`, { headers: { Accept: accept } });
      expect([status, headers.get('Content-Type')]).toEqual([200, 'image/png']);
    },
  );

  it.each([
    ['PATCH', `Images('x')/$value`, 405],
    ['POST', `Images('x')/$value`, 405],
    ['GET', `Images('x')/$value`, 404],
    ['PUT', `Images('x')/$value`, 404],
    ['GET', 'Images/$value', 400],
    ['GET', 'Products(1)/$value', 400],
    ['GET', `Images('x')/$value/$value`, 400],
  ])('%s %s is %i', async (method, url, status) => {
    expect((await service.send(method, url, method === 'GET' ? {} : png)).status).toBe(status);
  });

  it('goes with its entity', async () => {
    const { url } = await created();
    expect((await service.send('DELETE', url)).status).toBe(204);
    expect((await service.send('GET', `${url}/$value`)).status).toBe(404);
  });

  it('does not get lost between writers: of those who know the same version one wins', async () => {
    const { url } = await created();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        service.send('PUT', `${url}/$value`, {
          headers: { 'Content-Type': 'image/png', 'If-Match': 'W/"1"' },
          body: String(index),
        }),
      ),
    );
    const winners = answers.filter(({ status }) => status === 204);
    expect(winners).toHaveLength(1);
    expect((await service.send('GET', `${url}/$value`)).text).toBe(String(answers.indexOf(winners[0]!)));
  });
});

describe('control information of media entities [OData-JSON 4.6.14]', () => {
  it('is written in collections, of any size', async () => {
    for (let index = 0; index < 205; index++) await created({ headers: png.headers!, body: String(index) });
    const { json } = await service.send('GET', 'Images');
    expect(json.value).toHaveLength(205);
    for (const entity of json.value) {
      expect(entity['@odata.mediaReadLink']).toBe(`${ROOT}/Images('${entity.ID}')/$value`);
      expect(entity['@odata.mediaContentType']).toBe('image/png');
    }
  });

  it('is written with what is expanded, and where properties are selected', async () => {
    await service.send('POST', 'Products', { json: { ID: 1 } });
    await service.send('POST', 'Products(1)/Images', png);
    const { json } = await service.send('GET', 'Products?$expand=Images($select=Rating)');
    const [image] = json.value[0].Images;
    expect(image).toMatchObject({ '@odata.mediaContentType': 'image/png', Rating: 3 });
    expect(image.Title).toBeUndefined();
  });

  it('is left out where no control information is wanted', async () => {
    const { url } = await created();
    const { text } = await service.send('GET', url, { headers: { Accept: 'application/json;odata.metadata=none' } });
    expect(text).not.toContain('@odata');
  });
});
