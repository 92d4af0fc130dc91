import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import type { CsdlDocument } from '../../../src/edm/index.js';
import { graphProfile } from '../../../src/graph/index.js';
import { readExample } from '../../../src/protocol/index.js';
import { ROOT, useService } from '../service-in-test.js';

const on = (type: string, isCollection = false) => ({
  $Name: 'bindingParameter',
  $Type: `microsoft.graph.${type}`,
  ...(isCollection ? { $Collection: true } : {}),
});
const returning = (type: string) => ({ $ReturnType: { $Type: type, $Nullable: true } });

const csdl: CsdlDocument = {
  $Version: '4.01',
  $EntityContainer: 'microsoft.graph.GraphService',
  'microsoft.graph': {
    user: {
      $Kind: 'EntityType',
      $Key: ['id'],
      id: {},
      notes: { $Kind: 'NavigationProperty', $Collection: true, $ContainsTarget: true, $Type: 'microsoft.graph.note' },
    },
    note: { $Kind: 'EntityType', $Key: ['id'], id: {}, text: { $Nullable: true } },
    quota: { $Kind: 'ComplexType', used: { $Type: 'Edm.Int64' } },
    renew: [{ $Kind: 'Action', $IsBound: true, $Parameter: [on('user')], ...returning('microsoft.graph.quota') }],
    archive: [{ $Kind: 'Action', $IsBound: true, $Parameter: [on('note')] }],
    quotaOf: [
      {
        $Kind: 'Function',
        $IsBound: true,
        $Parameter: [on('user'), { $Name: 'area' }, { $Name: 'day', $Nullable: true }],
        ...returning('microsoft.graph.quota'),
      },
    ],
    latest: [{ $Kind: 'Function', $IsBound: true, $Parameter: [on('note', true)], ...returning('Edm.String') }],
    GraphService: { $Kind: 'EntityContainer', users: { $Collection: true, $Type: 'microsoft.graph.user' } },
  },
};

const example = (method: string, url: string, body?: unknown, more: object = {}) =>
  readExample(JSON.stringify({ version: 'beta', method, url, response: { status: 200, body, ...more } }));

const examples = [
  example('POST', '/users/{id}/renew', { '@odata.context': 'https://host/x/$metadata#q', used: 1 }),
  example('POST', "/users('{id}')/notes/<note-id>/microsoft.graph.archive", undefined, { status: 202 }),
  example('GET', "/users/{id | name}/quotaOf(area='{area?/}',day=null)", { used: 3 }),
  example('GET', "/users/7/quotaOf(area='mail',day=null)", { used: 4 }),
  example('GET', "/users/7/quotaOf(area='none',day=null)", { error: {} }, { status: 404 }),
  example('GET', '/users/{id}/notes/latest', 'a, b', { bodyRaw: true, headers: { 'Content-Type': 'text/csv' } }),
  example('GET', '/users/{id}/notes', { value: [] }),
];
const graph = graphProfile({ authentication: 'off' });
const service = useService(csdl, { profile: graph, examples });
const sampling = useService(csdl, { profile: graph, examples: examples.slice(1) });
const silent = useService(csdl, { profile: graphProfile({ authentication: 'off', samples: false }), examples });

async function user(on = service): Promise<string> {
  const { json } = await on.send('POST', 'users', { json: { notes: [{ text: 'a' }] } });
  return json.id;
}

async function answerOf(method: string, url: string) {
  const { status, headers, text } = await service.send(method, url, method === 'POST' ? { json: {} } : {});
  return [status, headers.get('x-mockgraph-answer'), text === '' ? undefined : text];
}

describe('an operation that nothing implements', () => {
  it('answers as documented, at its own address', async () => {
    const id = await user();
    const { status, headers, json } = await service.send('POST', `users/${id}/renew`, { json: {} });
    expect([status, headers.get('x-mockgraph-answer')]).toEqual([200, 'example']);
    expect(json).toEqual({ '@odata.context': `${ROOT}/$metadata#q`, used: 1 });
  });

  it('is the documented one by the names of its path, with any key and any values', async () => {
    const id = await user();
    const { json } = await service.send('GET', `users/${id}/notes`);
    const note = json.value[0].id as string;
    for (const url of [
      `users/${id}/notes/${note}/archive`,
      `Users('${id}')/notes('${note}')/microsoft.graph.archive`,
      `users/${id}/notes('${note}')/Archive`,
    ])
      expect(await answerOf('POST', url)).toEqual([202, 'example', undefined]);
    for (const url of [
      `users/${id}/quotaOf(area='a',day='b')`,
      `users('${id}')/microsoft.graph.quotaOf(day='',area='')`,
    ])
      expect(await answerOf('GET', url)).toEqual([200, 'example', '{"used":3}']);
    expect(await answerOf('GET', `users/${id}/notes/latest()`)).toEqual([200, 'example', 'a, b']);
  });

  it('prefers the example with its very URL, and takes none of a failure', async () => {
    await service.space.write((unit) =>
      unit.insert({
        collection: 'users',
        key: '7',
        type: 'microsoft.graph.user',
        document: '{"id":"7"}',
        sent: undefined,
      }),
    );
    expect((await answerOf('GET', "users/7/quotaOf(area='mail',day=null)"))[2]).toBe('{"used":4}');
    expect((await answerOf('GET', "users/7/quotaOf(area='none',day=null)"))[2]).toBe('{"used":3}');
  });

  it('is a sample where no example fits', async () => {
    const id = await user(sampling);
    const { status, headers } = await sampling.send('POST', `users/${id}/renew`, { json: {} });
    expect([status, headers.get('x-mockgraph-answer')]).toEqual([200, 'sample']);
  });

  it.each([
    [404, 'POST', 'users/none/renew', { json: {} }],
    [400, 'POST', 'users/ID/renew', { json: { colour: 'red' } }],
    [400, 'GET', "users/ID/quotaOf(region='a')", {}],
    [405, 'GET', 'users/ID/renew', {}],
  ])('is refused with %i all the same: %s %s', async (status, method, url, sent) => {
    const id = await user();
    expect((await service.send(method, url.replace('ID', id), sent)).status).toBe(status);
  });

  it('answers 501 where the service is to have no samples', async () => {
    const id = await user(silent);
    expect((await silent.send('POST', `users/${id}/renew`, { json: {} })).status).toBe(501);
  });

  it('leaves entities to the store', async () => {
    const id = await user();
    const { json, headers } = await service.send('GET', `users/${id}/notes`);
    expect([json.value.length, headers.has('x-mockgraph-answer')]).toEqual([1, false]);
  });
});

describe('an example', () => {
  const good = { version: 'beta', method: 'GET', url: '/a', response: { status: 200 } };

  it.each([
    ['', /^the line is not JSON: /],
    ['{"version":"beta"', /^the line is not JSON: /],
    ['[]', /^an example must be a JSON object\.$/],
    [{ ...good, version: 1 }, /^'version' must be a text\.$/],
    [{ ...good, method: undefined }, /^'method' must be a text\.$/],
    [{ ...good, url: '' }, /^'url' must be a text\.$/],
    [{ ...good, url: 'a' }, /^'url' must start with a slash, unlike 'a'\.$/],
    [{ ...good, response: [] }, /^'response' must be a JSON object\.$/],
    [{ ...good, response: { status: '200' } }, /^'response.status' must be a status code\.$/],
    [{ ...good, response: { status: 99 } }, /^'response.status' must be a status code\.$/],
    [{ ...good, response: { status: 200, headers: [] } }, /^'response.headers' must be a JSON object\.$/],
  ])('that is none is refused: %j', (line, message) => {
    expect(() => readExample(typeof line === 'string' ? line : JSON.stringify(line))).toThrow(message);
  });

  it('is a single resource where the page wraps it', () => {
    const body = { '@odata.context': 'c', value: { id: '1' } };
    const wrapped = { ...good, response: { status: 200, body }, c: { valueWrapped: true } };
    expect(readExample(JSON.stringify(wrapped)).response.body).toEqual({ json: { '@odata.context': 'c', id: '1' } });
    expect(readExample(JSON.stringify({ ...wrapped, c: {} })).response.body).toEqual({ json: body });
  });

  it('never fails with another error, whatever the line holds', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (line) => {
        try {
          readExample(line);
        } catch (error) {
          expect(error).toMatchObject({ name: 'ServiceError', status: 400 });
        }
      }),
    );
  });
});
