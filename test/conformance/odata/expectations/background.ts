import { setTimeout as pause } from 'node:timers/promises';

import { beforeEach, describe, expect, it } from '@jest/globals';

import { NOBODY, type Answer, type Client, type Headers, type Row } from './client.js';

/** Section 10: what goes on in the background, changes since, and streams. */
export function background(client: Client): void {
  let path: string;
  beforeEach(async () => {
    path = `/Products(${(await client.first())['ID']})`;
  });

  describe('10 Asynchronous requests', () => {
    const finished = async (location: string, headers: Headers): Promise<Answer> => {
      const answer = await client.get(location, headers);
      if (answer.status !== 202) return answer;
      expect(answer.headers.location).toBeDefined();
      await pause(20);
      return finished(location, headers);
    };

    const begun = async (headers: Headers): Promise<string> => {
      const answer = await client.get('/Products', { ...headers, Prefer: 'respond-async' });
      expect([answer.status, answer.headers['preference-applied']]).toEqual([202, 'respond-async']);
      return String(answer.headers.location);
    };

    it('are answered later, with the result itself, and can be forgotten', async () => {
      const location = await begun({});
      const result = await finished(location, {});
      expect([result.status, result.json.value.length]).toEqual([200, 7]);
      expect((await client.send('DELETE', location)).status).toBe(204);
      expect((await client.get(location)).status).toBe(404);
    });

    it.each([
      ['4.01', '200'],
      ['4.0', undefined],
    ])('tell the status of the result in the version %s as %s', async (version, asyncResult) => {
      const headers = { 'OData-MaxVersion': version };
      const result = await finished(await begun(headers), headers);
      expect([result.status, result.headers['asyncresult']]).toEqual([200, asyncResult]);
      expect(result.headers['odata-version']).toBe(version);
    });

    it.each(['/', '/$metadata'])('are answered at once: %s', async (url) => {
      expect((await client.get(url, { Prefer: 'respond-async' })).status).toBe(200);
    });
  });

  describe('10 Delta', () => {
    it('tells what has come and what has gone since', async () => {
      const tracked = await client.get('/Products', { Prefer: 'odata.track-changes' });
      const link = tracked.json['@odata.deltaLink'] as string;
      expect(link).toContain('$deltatoken=');
      const { ID } = await client.created({ Name: 'Come' });
      const come = await client.get(`/Products?$deltatoken=${/\$deltatoken=([^&]*)/.exec(link)![1]!}`);
      expect(come.json.value).toContainEqual(expect.objectContaining({ ID, Name: 'Come', Price: 10 }));
      await client.send('DELETE', `/Products(${ID})`);
      for (const version of ['4.0', '4.01']) {
        const gone = await client.get(come.json['@odata.deltaLink'], { 'OData-MaxVersion': version });
        expect(gone.text).toContain('@odata.removed');
        expect(gone.text).toContain(`"ID":"${ID}"`);
        expect(gone.json['@odata.deltaLink']).toBeDefined();
      }
    });
  });

  describe('10 Streams', () => {
    const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255]);
    const image = { 'Content-Type': 'image/png' };

    it('are created, read, replaced and deleted with their entities', async () => {
      const made = await client.send('POST', '/MediaItems', png, image);
      expect(made.status).toBe(201);
      const content = `/MediaItems(${made.json.ID})/$value`;
      const read = await client.get(content, { Accept: 'image/png' });
      expect([read.status, read.headers['content-type'], read.bytes.equals(png)]).toEqual([200, 'image/png', true]);
      expect((await client.send('PUT', content, 'text', { 'Content-Type': 'text/plain' })).status).toBe(204);
      expect((await client.get(content)).text).toBe('text');
      expect((await client.send('DELETE', `/MediaItems(${made.json.ID})`)).status).toBe(204);
      expect((await client.get(content)).status).toBe(404);
    });

    it('are no JSON', async () => {
      const { status } = await client.send('POST', '/MediaItems', { Name: 'a', ContentType: 'image/png', Size: 1 });
      expect(status).toBe(415);
    });

    it.each(['/Photo', '/Photo/$value'])('stand in properties: %s', async (property) => {
      const { status, headers } = await client.get(path + property);
      expect([status, headers['content-type']]).toEqual([200, 'image/png']);
      expect((await client.get(`/Products(${NOBODY})${property}`)).status).toBe(404);
    });

    it('are told of by their entities', async () => {
      const [item] = (await client.rows('/MediaItems')) as [Row];
      const { json } = await client.get(`/MediaItems(${item['ID']})`);
      expect(Object.keys(json as object).filter((name) => name.startsWith('@odata.media'))).not.toEqual([]);
    });
  });
}
