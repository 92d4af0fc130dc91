import { describe, expect, it } from '@jest/globals';

import { graphProfile } from '../../../src/graph/index.js';
import { odataProfile } from '../../../src/protocol/index.js';
import { ROOT, useService } from '../service-in-test.js';
import { follow, product, shop } from './shop.js';

const graph = graphProfile({ authentication: 'off' });
let now = Date.parse('2026-01-01T00:00:00Z');
const service = useService(shop, {
  profile: {
    ...graph,
    path: { ...graph.path, defaultNamespaces: ['shop'], deltaFunctions: ['shop.delta'] },
  },
  clock: () => new Date(now),
});
const plain = useService(shop, { profile: { path: { ...odataProfile.path, defaultNamespaces: ['shop'] } } });
const implemented = useService(shop, {
  profile: { path: { ...odataProfile.path, defaultNamespaces: ['shop'], deltaFunctions: ['shop.delta'] } },
  behaviors: [{ function: { 'shop.delta': () => [] } }],
});

describe('a delta function [Graph: Delta query]', () => {
  it('gives the collection first, then its changes', async () => {
    for (const ID of [1, 2]) await product(service, ID);
    const first = await follow(service, 'Products/delta?$select=Name');
    expect(first.pages[0]!.json['@odata.context']).toBe(`${ROOT}/$metadata#Products`);
    expect(first.members).toEqual([
      { ID: 1, Name: 'Product 1' },
      { ID: 2, Name: 'Product 2' },
    ]);
    expect(first.deltaLink).toMatch(/\/Products\/delta\?\$select=Name&\$deltatoken=/);
    await service.send('PATCH', 'Products/1', { json: { Name: 'changed' } });
    await service.send('DELETE', 'Products/2');
    const second = await follow(service, first.deltaLink);
    expect(second.pages[0]!.json['@odata.context']).toBe(`${ROOT}/$metadata#Products`);
    expect(second.members).toEqual([
      { ID: 1, Name: 'changed' },
      { ID: 2, '@removed': { reason: 'deleted' } },
    ]);
  });

  it('gives pages whose links work however the function was written', async () => {
    for (const ID of [1, 2, 3]) await product(service, ID);
    for (const url of ['Products/delta', 'Products/delta()', 'Products/shop.delta()?$select=ID', 'products/delta']) {
      const { pages, members, deltaLink } = await follow(service, url, { Prefer: 'odata.maxpagesize=2' });
      expect([url, pages.length, members.length]).toEqual([url, 2, 3]);
      expect((await follow(service, deltaLink)).members).toEqual([]);
    }
  });

  it('tells of what does not fit the filter any more', async () => {
    await product(service, 1, { Price: 10 });
    const { deltaLink } = await follow(service, 'Products/delta?$filter=Price gt 5');
    await service.send('PATCH', 'Products/1', { json: { Price: 1 } });
    expect((await follow(service, deltaLink)).members).toEqual([{ ID: 1, '@removed': { reason: 'changed' } }]);
  });

  it('starts at the present for the token latest', async () => {
    await product(service, 1);
    for (const url of ['Products/delta?$deltaToken=latest', "Products/delta(token='latest')"]) {
      const { members, deltaLink } = await follow(service, url);
      expect(members).toEqual([]);
      await service.send('PATCH', 'Products/1', { json: { Name: url } });
      expect((await follow(service, deltaLink)).members).toMatchObject([{ ID: 1, Name: url }]);
    }
  });

  it('takes the token as a parameter', async () => {
    const { deltaLink } = await follow(service, 'Products/delta');
    await product(service, 1);
    const token = new URL(deltaLink).searchParams.get('$deltatoken')!;
    const { members, deltaLink: next } = await follow(service, `Products/delta(token='${token}')`);
    expect(members).toHaveLength(1);
    expect((await follow(service, next)).members).toEqual([]);
  });

  it('does not know tokens of seven days ago', async () => {
    const { deltaLink } = await follow(service, 'Products/delta');
    now += 7 * 24 * 3_600_000;
    expect((await service.send('GET', deltaLink)).status).toBe(200);
    now += 1;
    const { status, json, headers } = await service.send('GET', deltaLink);
    expect([status, json.error.code]).toEqual([410, 'syncStateNotFound']);
    expect(headers.get('Location')).toBe(`${ROOT}/Products/delta`);
  });

  it('is there for reading alone', async () => {
    const { status, headers } = await service.send('POST', 'Products/delta', { json: {} });
    expect([status, headers.get('Allow')]).toEqual([405, 'GET, HEAD']);
    expect((await service.send('GET', 'Products/delta/$count')).status).toBe(400);
    expect((await service.send('GET', 'Products/delta?$skip=1')).status).toBe(400);
    expect((await service.send('GET', "Products/delta(other='x')")).status).toBe(400);
    expect((await service.send('GET', 'Products/delta?$deltatoken=a&$skiptoken=b')).status).toBe(400);
  });

  it('is nothing special to a service that does not name it, and what a behaviour makes of it', async () => {
    expect((await plain.send('GET', 'Products/delta')).status).toBe(501);
    const { status, json } = await implemented.send('GET', 'Products/delta');
    expect([status, json.value, json['@odata.deltaLink']]).toEqual([200, [], undefined]);
  });
});
