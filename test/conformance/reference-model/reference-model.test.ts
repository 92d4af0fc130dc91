// Runs on PostgreSQL too, where MOCKGRAPH_POSTGRES says where it is.

import { readFileSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { serveModel, type ServedModel } from '../odata/serve-model.js';

const DIRECTORY = 'test/conformance/reference-model';
const PHOTO = 'Products(20000000-0000-4000-8000-000000000001)/Photo';
const databases = [':memory:', ...[process.env['MOCKGRAPH_POSTGRES'] ?? []].flat()];

describe.each(databases)('the reference model on %s', (database) => {
  let served: ServedModel;
  const send = (path: string, init?: RequestInit) => fetch(`${served.url}/${path}`, init);
  const reseed = () => send('Reseed', { method: 'POST', headers: { 'Content-Type': 'application/json' } });

  beforeAll(async () => {
    served = await serveModel(DIRECTORY, database);
    expect((await reseed()).status).toBe(200);
  });
  afterAll(() => served.close());

  it('has its rows and streams again after a reset', async () => {
    const upload = { method: 'POST', headers: { 'Content-Type': 'image/png' }, body: 'bytes' };
    expect((await send('MediaItems', upload)).status).toBe(201);
    expect((await send(PHOTO, { method: 'DELETE' })).status).toBe(204);
    expect((await send(PHOTO)).status).toBe(204);
    expect((await reseed()).status).toBe(200);
    expect(await (await send('MediaItems/$count')).text()).toBe('2');
    const photo = await send(PHOTO);
    expect([photo.status, photo.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(
      Buffer.from(await photo.arrayBuffer())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
  });

  it('notes what a stream is that was uploaded', async () => {
    const headers = { 'Content-Type': 'image/png' };
    const created = await send('MediaItems', { method: 'POST', headers, body: 'eleven char' });
    const { ID } = (await created.json()) as { ID: string };
    const noted = async () => (await send(`MediaItems(${ID})`)).json();
    expect(await noted()).toMatchObject({ ContentType: 'image/png', Size: 11 });
    const put = { method: 'PUT', headers: { 'Content-Type': 'text/plain' }, body: 'abc' };
    expect((await send(`MediaItems(${ID})/$value`, put)).status).toBe(204);
    expect(await noted()).toMatchObject({ ContentType: 'text/plain', Size: 3 });
  });

  it('answers with its schema as it is written', async () => {
    const answer = await send('$metadata', { headers: { 'OData-MaxVersion': '4.01' } });
    expect(answer.headers.get('vary')).toBe('Accept, OData-MaxVersion, Prefer, Accept-Encoding');
    expect(await answer.text()).toBe(readFileSync(`${DIRECTORY}/metadata.xml`, 'utf8'));
  });

  it('answers every request of its tests without a fault', () => {
    expect(served.faults).toEqual([]);
  });
});
