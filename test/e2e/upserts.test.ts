import { beforeAll, describe, expect, it } from '@jest/globals';

import { graphBehaviors, graphProfile } from '../../src/graph/index.js';

import { useService } from './start-service.js';

const service = useService([
  {
    root: 'v1.0',
    files: ['test/fixtures/outlook.csdl.xml'],
    profile: graphProfile({ authentication: 'off' }),
    behaviors: graphBehaviors,
  },
]);

const put = (path: string, json: object, headers = {}) => service.send('PUT', path, { json, headers });
const read = async (path: string) => (await service.send('GET', path)).json;

beforeAll(async () => {
  expect((await service.send('POST', 'connections', { json: { id: 'hr' } })).status).toBe(201);
});

// [Graph: Create externalItem, Create or replace an activity, Create or replace a historyItem] [OData-Protocol 11.4.4]
describe('PUT to a free key', () => {
  it('creates an item of a connection, and replaces it then', async () => {
    const json = { '@odata.type': 'microsoft.graph.externalItem', properties: { title: 'a', priority: 1 } };
    const made = await put('connections/hr/items/TSP228082938', json);
    expect([made.status, made.json.id]).toEqual([201, 'TSP228082938']);
    const replaced = await put('connections/hr/items/TSP228082938', { properties: { title: 'b' } });
    expect(replaced.status).toBe(200);
    expect((await read('connections/hr/items')).value).toMatchObject([
      { id: 'TSP228082938', properties: { title: 'b' } },
    ]);
    expect((await read('connections/hr/items/TSP228082938')).properties).not.toHaveProperty('priority');
  });

  it('creates activities with their history', async () => {
    const url = '%2Farticle%3F12345';
    const json = { activationUrl: 'https://contoso.com', historyItems: [{ userTimezone: 'UTC' }] };
    const { status, json: made } = await put(`me/activities/${url}`, json);
    expect([status, made.id]).toEqual([201, '/article?12345']);
    expect((await put(`me/activities/${url}/historyItems/1`, { userTimezone: 'UTC' })).status).toBe(201);
    expect((await read(`me/activities/${url}/historyItems`)).value).toHaveLength(2);
  });

  it.each([
    ['PUT', 'connections/none/items/1', {}, 404],
    ['PUT', 'connections/hr/items/2', { properties: 1 }, 400],
    ['PATCH', 'connections/hr/items/2', { properties: {} }, 404],
    ['PUT', 'connections/other', {}, 404],
    ['PUT', 'me/messages/1', {}, 404],
    ['PUT', 'users/ada', {}, 404],
  ])('creates nothing else: %s %s', async (method, path, json, status) => {
    expect((await service.send(method, path, { json })).status).toBe(status);
    expect((await service.send('GET', path)).status).toBe(404);
  });

  it('creates nothing where If-Match names a version', async () => {
    expect((await put('connections/hr/items/3', {}, { 'If-Match': '*' })).status).toBe(412);
    expect((await service.send('GET', 'connections/hr/items/3')).status).toBe(404);
  });
});
