import { beforeEach, describe, expect, it } from '@jest/globals';

import { NOBODY, type Answer, type Client, type Row } from './client.js';

interface Part {
  readonly method: string;
  readonly url: string;
  readonly id?: string;
  readonly body?: object;
}

/** One request as a part, with bare line feeds and no length, as the suite writes it. */
function written({ method, url, id, body }: Part): string {
  const head = ['Content-Type: application/http', 'Content-Transfer-Encoding: binary'];
  if (id !== undefined) head.push(`Content-ID: ${id}`);
  const content = body === undefined ? '\n' : `Content-Type: application/json\n\n${JSON.stringify(body)}\n`;
  return `${head.join('\n')}\n\n${method} ${url} HTTP/1.1\n${content}`;
}

function multipart(parts: readonly (Part | readonly Part[])[]): string {
  const texts = parts.map((part) =>
    Array.isArray(part)
      ? `Content-Type: multipart/mixed; boundary=set\n\n${joined('set', (part as readonly Part[]).map(written))}`
      : written(part as Part),
  );
  return joined('batch', texts);
}

function joined(boundary: string, parts: readonly string[]): string {
  return `${parts.map((part) => `--${boundary}\n${part}\n`).join('')}--${boundary}--`;
}

function statuses({ text }: Answer): number[] {
  return [...text.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => Number(status));
}

/** Section 9: batches, in both forms. */
export function batches(client: Client): void {
  const send = (body: string) =>
    client.send('POST', '/$batch', body, { 'Content-Type': 'multipart/mixed; boundary=batch' });
  const product = (Name: string) => ({ Name, Price: 1, Status: 1 });
  const named = async (name: string) => client.rows(`/Products?$filter=startswith(Name,'${name}')`);
  let first: Row;
  beforeEach(async () => {
    first = await client.first();
  });

  describe('9 Batch, in parts', () => {
    it('has an answer for each request, by relative and absolute paths', async () => {
      const urls = ['Products', '/Products', `Products(${first['ID']})`, `${client.root}/Products?$top=1`];
      const answer = await send(multipart(urls.map((url) => ({ method: 'GET', url }))));
      expect([answer.status, statuses(answer)]).toEqual([200, [200, 200, 200, 200]]);
      expect(answer.headers).toMatchObject({
        'content-type': expect.stringMatching(/^multipart\/mixed/),
        'odata-version': expect.stringMatching(/^4/),
      });
      expect(answer.text).not.toMatch(/content-id/i);
    });

    it('repeats the ids of requests, within change sets and outside', async () => {
      const answer = await send(
        multipart([
          { method: 'GET', url: 'Products', id: 'q-1' },
          [{ method: 'POST', url: 'Products', id: 'n', body: product('a') }],
        ]),
      );
      expect([...answer.text.matchAll(/^Content-ID: (\S+)/gm)].map(([, id]) => id)).toEqual(['q-1', 'n']);
    });

    it('goes on behind what fails', async () => {
      const urls = [`Products(${NOBODY})`, 'Products', 'Nowhere', 'Categories'];
      const answer = await send(multipart(urls.map((url) => ({ method: 'GET', url }))));
      expect(statuses(answer)).toEqual([404, 200, 404, 200]);
      expect(answer.text.match(/"error":/g)).toHaveLength(2);
    });

    it.each(['garbage', '--other\nContent-Type: application/http\n\nGET Products HTTP/1.1\n\n--other--', ''])(
      'refuses what is none: %j',
      async (body) => {
        expect((await send(body)).status).toBe(400);
      },
    );

    it.each(['1', 'create-req', 'new_product'])(
      'refers to what a change set has made as $%s, in reads too',
      async (id) => {
        const answer = await send(
          multipart([
            [
              { method: 'POST', url: '/Products', id, body: product('Referred') },
              { method: 'PATCH', url: `/$${id}`, id: 'p', body: { Price: 77 } },
              { method: 'POST', url: `/$${id}/Descriptions`, id: 'd', body: { LanguageKey: 'EN', Description: 'x' } },
              { method: 'GET', url: `/$${id}`, id: 'g' },
              { method: 'GET', url: `/$${id}/Descriptions`, id: 'h' },
            ],
          ]),
        );
        expect(statuses(answer)).toEqual([201, 204, 201, 200, 200]);
        expect(await named('Referred')).toMatchObject([{ Price: 77 }]);
      },
    );

    it.each<[string, Part]>([
      ['fails', { method: 'PATCH', url: `Products(${NOBODY})`, id: '2', body: { Price: 1 } }],
      ['refers to nothing', { method: 'PATCH', url: '/$99', id: '2', body: { Price: 1 } }],
      ['has the id of another', { method: 'POST', url: 'Products', id: '1', body: product('Lost') }],
    ])('stores nothing of a change set of which one request %s, and answers each', async (_, part) => {
      const answer = await send(
        multipart([[{ method: 'POST', url: 'Products', id: '1', body: product('Lost') }, part]]),
      );
      const [one, other] = statuses(answer);
      expect([one! >= 400, other! >= 400 && other! < 500]).toEqual([true, true]);
      expect(await named('Lost')).toEqual([]);
    });
  });

  describe('9 Batch, in JSON', () => {
    const json = (requests: unknown) => client.send('POST', '/$batch', { requests });
    const get = (id: string, url: string, more = {}) => ({ id, method: 'GET', url, ...more });
    const headers = { 'content-type': 'application/json' };
    const post = (id: string, name: string, more = {}) => ({
      id,
      method: 'POST',
      url: 'Products',
      headers,
      body: product(name),
      ...more,
    });
    const byId = ({ json: { responses } }: Answer): Record<string, number> =>
      Object.fromEntries((responses as readonly Row[]).map(({ id, status }) => [id as string, status as number]));

    it('has an answer for each request, and goes on behind what fails', async () => {
      const answer = await json([
        get('1', 'Products'),
        get('2', '/Nowhere'),
        post('3', 'a'),
        get('4', `Products(${first['ID']})`),
      ]);
      expect([answer.status, byId(answer)]).toEqual([200, { 1: 200, 2: 404, 3: 201, 4: 200 }]);
      for (const response of answer.json.responses) {
        const names = Object.keys(response.headers as object);
        expect(names.length).toBeGreaterThan(0);
        expect(names).toEqual(names.map((name) => name.toLowerCase()));
      }
    });

    it('does not do what depends on what has failed', async () => {
      expect(byId(await json([get('1', 'Nowhere'), get('2', 'Products', { dependsOn: ['1'] })]))).toEqual({
        1: 404,
        2: 424,
      });
    });

    it('does all of a group or nothing', async () => {
      const atomicityGroup = 'g';
      const good = await json([post('1', 'Both', { atomicityGroup }), post('2', 'Both', { atomicityGroup })]);
      expect(good.json.responses).toMatchObject([
        { status: 201, atomicityGroup },
        { status: 201, atomicityGroup },
      ]);
      const bad = { id: '2', method: 'DELETE', url: `Products(${NOBODY})`, atomicityGroup };
      const answer = await json([post('1', 'Neither', { atomicityGroup }), bad, get('3', 'Products')]);
      expect(byId(answer)).toEqual({ 1: 424, 2: 404, 3: 200 });
      expect(answer.json.responses[0]).toMatchObject({ atomicityGroup });
      expect([(await named('Both')).length, (await named('Neither')).length]).toEqual([2, 0]);
    });

    it.each<[string, unknown]>([
      ['no requests', undefined],
      ['one id twice', [get('1', 'Products'), get('1', 'Products')]],
      ['a dependence on what comes later', [get('1', 'Products', { dependsOn: ['2'] }), get('2', 'Products')]],
      [
        'a group that is torn',
        [post('1', 'a', { atomicityGroup: 'g' }), get('2', 'Products'), post('3', 'a', { atomicityGroup: 'g' })],
      ],
      ['a group with the id of a request', [get('g', 'Products'), post('2', 'a', { atomicityGroup: 'g' })]],
    ])('refuses %s', async (_, requests) => {
      expect((await json(requests)).status).toBe(400);
    });

    it('may be empty', async () => {
      expect((await json([])).json).toEqual({ responses: [] });
    });
  });
}
