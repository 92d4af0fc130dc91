import { describe, expect, it } from '@jest/globals';

import { graphBehaviors, graphProfile } from '../../src/graph/index.js';

import { failure, graphClient } from './graph-clients.js';
import { useService } from './start-service.js';

/** The directory and its drives over HTTP, as Microsoft's client and its users write URLs. */
const service = useService([
  {
    root: 'beta',
    files: ['test/fixtures/directory.csdl.xml'],
    profile: graphProfile({ authentication: 'any' }),
    behaviors: graphBehaviors,
  },
]);

const api = (path: string) => graphClient(service.origin).api(path);

describe('@microsoft/microsoft-graph-client', () => {
  it('deletes and restores', async () => {
    await api('/users').post({ id: 'gone', userPrincipalName: 'gone@example.com' });
    await api('/users/gone').delete();
    expect(await failure(api('/users/gone').get())).toMatchObject({
      statusCode: 404,
      code: 'Request_ResourceNotFound',
    });
    const deleted = await api('/directory/deletedItems/microsoft.graph.user').get();
    expect(deleted.value).toMatchObject([{ id: 'gone' }]);
    expect(await api('/directory/deletedItems/gone/restore').post({})).toMatchObject({
      '@odata.type': '#microsoft.graph.user',
      id: 'gone',
    });
    expect(await api('/users/gone@example.com').get()).toMatchObject({ id: 'gone', deletedDateTime: null });
  });

  it('follows members of members, page by page', async () => {
    for (const id of ['outer', 'inner']) await api('/groups').post({ id, displayName: id });
    for (const id of ['m1', 'm2', 'm3']) await api('/users').post({ id, displayName: id });
    const link = (group: string, id: string) =>
      api(`/groups/${group}/members/$ref`).post({
        '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}`,
      });
    await link('outer', 'inner');
    for (const id of ['m1', 'm2', 'm3']) await link('inner', id);
    const first = await api('/groups/outer/transitiveMembers').top(3).get();
    const second = await api(first['@odata.nextLink']).get();
    const ids = [...first.value, ...second.value].map(({ id }: { id: string }) => id).toSorted();
    expect(ids).toEqual(['inner', 'm1', 'm2', 'm3']);
  });

  it('asks advanced queries', async () => {
    const query = () => api('/users').filter("endsWith(displayName,'1')").count(true);
    expect(await failure(query().get())).toMatchObject({ statusCode: 400, code: 'Request_UnsupportedQuery' });
    const { value, '@odata.count': count } = await query().header('ConsistencyLevel', 'eventual').get();
    expect([count, value[0].id]).toEqual([1, 'm1']);
    const found = await api('/users').search('"displayName:m2"').header('ConsistencyLevel', 'eventual').get();
    expect(found.value).toMatchObject([{ id: 'm2' }]);
  });

  it('writes, lists, moves and deletes files', async () => {
    const path = '/users/m1/drive/root:/a b/c.txt:';
    const file = await api(`${path}/content`).put('hello');
    expect(file).toMatchObject({ name: 'c.txt', size: 5 });
    expect((await api('/users/m1/drive/root:/a b:/children').get()).value).toMatchObject([{ id: file.id }]);
    const { id: folder } = await api('/users/m1/drive/root/children').post({ name: 'to', folder: {} });
    await api(`/users/m1/drive/items/${file.id}`).patch({ parentReference: { id: folder } });
    expect(await api('/users/m1/drive/root:/to/c.txt').get()).toMatchObject({ id: file.id });
    await api(`/users/m1/drive/items/${folder}`).delete();
    expect(await failure(api(`/users/m1/drive/items/${file.id}`).get())).toMatchObject({
      statusCode: 404,
      code: 'itemNotFound',
    });
  });
});

describe('URLs as clients write them', () => {
  it.each([
    '/beta/users/m1',
    '/Beta/users/m1',
    '/BETA/Users/m1',
    '/beta//users//m1',
    "/beta/users('m1')",
    '/beta/users/m1?select=id,displayName',
    '/beta/users/m1?%24select=id,displayName',
    '/beta/users/m1?$SELECT=id,displayName',
    '/beta/users/m1/microsoft.graph.user',
    '/beta/directoryObjects/m1/graph.user',
  ])('%s is the user', async (url) => {
    const { status, json } = await service.send('GET', url);
    expect([status, json.id]).toEqual([200, 'm1']);
  });

  it('an absolute URL behind the base is that URL', async () => {
    const { status, json } = await service.send('GET', `/beta/${service.origin}/beta/users/m1`);
    expect([status, json.id]).toEqual([200, 'm1']);
  });

  it.each([
    '/beta/users/delta',
    '/beta/users/delta()',
    '/beta/users/microsoft.graph.delta',
    '/beta/users/microsoft.graph.delta()',
    '/beta/users/graph.delta()',
    '/beta/users/delta?select=id',
  ])('%s is the function', async (url) => {
    const { status, json } = await service.send('GET', url);
    expect([status, typeof json['@odata.deltaLink']]).toEqual([200, 'string']);
  });

  it.each([
    ['POST', '/beta/users/m1/getMemberGroups'],
    ['POST', '/beta/users/m1/microsoft.graph.getMemberGroups'],
    ['POST', '/beta/users/m1/graph.getMemberGroups'],
  ])('%s %s is the action', async (method, url) => {
    const { status, json } = await service.send(method, url, { json: { securityenabledonly: false } });
    expect([status, json.value.toSorted()]).toEqual([200, ['inner', 'outer']]);
  });

  it.each([
    '/beta/users/m1/unheardOf',
    '/beta/users/m1/microsoft.graph.unheardOf',
    '/beta/users/m1/microsoft.graph.group',
    '/beta/unheardOf',
    '/beta/users?$unheardOf=1',
    '/beta/users?$select=id,displayName&select=id',
  ])('%s is declared nowhere, and no success', async (url) => {
    expect((await service.send('GET', url)).status).toBe(400);
  });
});
