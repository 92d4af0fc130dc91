import { describe, expect, it } from '@jest/globals';

import { odataProfile, writeRemovedEntity } from '../../../src/protocol/index.js';
import { ROOT, useService, type ServiceInTest } from '../service-in-test.js';
import { follow, idOf, product, shop, track } from './shop.js';

let now = Date.parse('2026-01-01T00:00:00Z');
const service = useService(shop);
const aging = useService(shop, {
  profile: {
    delta: { tokenAge: 3_600_000, marksContext: true, namesSelected: true, writeRemoved: writeRemovedEntity },
  },
  clock: () => new Date(now),
});
const profile = { limits: { ...odataProfile.limits, pageSize: 2 } };
const small = useService(shop, { profile });
const busy = useService(shop, { profile });
const v401 = { 'OData-MaxVersion': '4.01' };

const start = async (url = 'Products', from: ServiceInTest = service) =>
  (await follow(from, url, { Prefer: 'track-changes' })).deltaLink;
const IDs = (members: readonly any[]) => members.map((member) => member.ID as number); // oxlint-disable-line typescript/no-explicit-any

describe('track-changes [OData-Protocol 8.2.8.9]', () => {
  it.each(['track-changes', 'odata.track-changes'])('as %s gives a link to the changes', async (Prefer) => {
    await product(service, 1);
    const { status, headers, json } = await service.send('GET', 'Products', { headers: { Prefer } });
    expect([status, headers.get('Preference-Applied')]).toEqual([200, 'odata.track-changes']);
    expect(json['@odata.context']).toBe(`${ROOT}/$metadata#Products`);
    expect(json.value).toHaveLength(1);
    expect(json['@odata.deltaLink']).toMatch(/^http:\/\/host\/service\/Products\?\$deltatoken=[\w~.-]+$/);
  });

  it('is not applied where changes cannot be told', async () => {
    for (const url of ['Products?$top=1', 'Products?$skip=1', 'Untracked', 'Products(1)/Related(2)/Related']) {
      const { headers, text } = await service.send('GET', url, track);
      expect([url, headers.get('Preference-Applied'), text.includes('deltaLink')]).toEqual([url, undefined, false]);
    }
  });

  it('goes together with a page size', async () => {
    for (const ID of [1, 2, 3]) await product(service, ID);
    const { pages, members } = await follow(service, 'Products', { Prefer: 'track-changes,maxpagesize=2' });
    expect(IDs(members)).toEqual([1, 2, 3]);
    expect(pages[0]!.headers.get('Preference-Applied')).toBe('odata.track-changes, odata.maxpagesize=2');
  });
});

describe('changes [OData-Protocol 11.3, OData-JSON 15]', () => {
  it('are entities in full, and those to be forgotten as of 4.01', async () => {
    for (const ID of [1, 2, 3]) await product(service, ID);
    const deltaLink = await start();
    await service.send('PATCH', 'Products(1)', { json: { Price: 5 } });
    await service.send('DELETE', 'Products(2)');
    await product(service, 4);
    const { json, status } = await service.send('GET', deltaLink, { headers: v401 });
    expect(status).toBe(200);
    expect(json['@odata.context']).toBe(`${ROOT}/$metadata#Products/$delta`);
    expect(json.value).toEqual([
      { '@odata.etag': 'W/"2"', ID: 1, Name: 'Product 1', Price: 5, CategoryID: null },
      { '@odata.removed': { reason: 'deleted' }, '@odata.id': idOf('Products(2)'), ID: 2 },
      { '@odata.etag': 'W/"1"', ID: 4, Name: 'Product 4', Price: null, CategoryID: null },
    ]);
  });

  it('are written as of 4.0 for those who know no more', async () => {
    await product(service, 1);
    const deltaLink = await start();
    await service.send('DELETE', 'Products(1)');
    const { json } = await service.send('GET', deltaLink, { headers: { 'OData-MaxVersion': '4.0' } });
    expect(json.value).toEqual([
      {
        '@odata.context': `${ROOT}/$metadata#Products/$deletedEntity`,
        id: idOf('Products(1)'),
        reason: 'deleted',
      },
    ]);
  });

  it('are told once, from link to link', async () => {
    const first = await start();
    await product(service, 1);
    const second = await follow(service, first);
    expect(IDs(second.members)).toEqual([1]);
    await product(service, 2);
    const third = await follow(service, second.deltaLink);
    expect(IDs(third.members)).toEqual([2]);
    expect((await follow(service, third.deltaLink)).members).toEqual([]);
    expect(IDs((await follow(service, first)).members)).toEqual([1, 2]);
  });

  it('respect the filter and the selection, which the link carries', async () => {
    await product(service, 1, { Price: 10 });
    await product(service, 2, { Price: 10 });
    const deltaLink = await start("Products?$filter=Price gt 5 and Name ne 'x%26y'&$select=Price");
    expect(deltaLink).toContain('$filter=Price%20gt%205');
    await service.send('PATCH', 'Products(1)', { json: { Price: 1 } });
    await service.send('PATCH', 'Products(2)', { json: { Price: 11 } });
    await product(service, 3, { Price: 20 });
    const { json } = await service.send('GET', deltaLink, { headers: v401 });
    expect(json['@odata.context']).toBe(`${ROOT}/$metadata#Products(Price)/$delta`);
    expect(json.value).toEqual([
      { '@odata.removed': { reason: 'changed' }, '@odata.id': idOf('Products(1)'), ID: 1 },
      { '@odata.etag': 'W/"2"', ID: 2, Price: 11 },
      { '@odata.etag': 'W/"1"', ID: 3, Price: 20 },
    ]);
  });

  it('come in pages, the last of which leads on', async () => {
    const deltaLink = await start('Products', small);
    for (const ID of [1, 2, 3, 4, 5]) await product(small, ID);
    await small.send('DELETE', 'Products(3)');
    const { pages, members, deltaLink: next } = await follow(small, deltaLink, v401);
    expect(pages.map((page) => page.json.value.length)).toEqual([2, 2, 1]);
    expect(members.map((member) => `${member.ID}${member['@odata.removed'] ? ' removed' : ''}`)).toEqual([
      '1',
      '2',
      '4',
      '5',
      '3 removed',
    ]);
    expect((await follow(small, next)).members).toEqual([]);
  });

  it('that are made while pages are read are told afterwards', async () => {
    for (const ID of [1, 2, 3, 4, 5]) await product(small, ID);
    const first = await small.send('GET', 'Products', track);
    await small.send('PATCH', 'Products(1)', { json: { Name: 'changed' } });
    await small.send('DELETE', 'Products(5)');
    await product(small, 6);
    const rest = await follow(small, first.json['@odata.nextLink']);
    expect(IDs(rest.members)).toEqual([3, 4, 6]);
    const changes = await follow(small, rest.deltaLink, v401);
    expect(IDs(changes.members)).toEqual([1, 5, 6]);
    const page = await small.send('GET', rest.deltaLink);
    await small.send('PATCH', 'Products(2)', { json: { Name: 'changed' } });
    const others = await follow(small, page.json['@odata.nextLink']);
    expect(IDs(others.members)).toEqual([6]);
    expect(IDs((await follow(small, others.deltaLink)).members)).toEqual([2]);
  });

  it('tell of types derived and of casts', async () => {
    const all = await start();
    const gadgets = await start('Products/shop.Gadget');
    await product(service, 1);
    await service.send('POST', 'Products', { json: { '@odata.type': '#shop.Gadget', ID: 2, Voltage: 12 } });
    const [, gadget] = (await follow(service, all)).members;
    expect(gadget).toMatchObject({ '@odata.type': '#shop.Gadget', Voltage: 12 });
    expect(IDs((await follow(service, gadgets)).members)).toEqual([2]);
  });

  it('tell of contained entities, with keys of several parts', async () => {
    await product(service, 1);
    const deltaLink = await start('Products(1)/Reviews');
    await service.send('POST', 'Products(1)/Reviews', { json: { ID: 1, Language: 'de', Text: 'Gut' } });
    const created = await follow(service, deltaLink);
    expect(created.members).toMatchObject([{ ID: 1, Language: 'de', Text: 'Gut' }]);
    await service.send('DELETE', 'Products(1)');
    const [removed] = (await follow(service, created.deltaLink, v401)).members;
    expect(removed).toMatchObject({ '@odata.removed': { reason: 'deleted' }, ID: 1, Language: 'de' });
  });

  it('tell of entities that come to and go from a relation', async () => {
    for (const ID of ['a', 'b']) await service.send('POST', 'Categories', { json: { ID } });
    await product(service, 1, { CategoryID: 'a' });
    for (const ID of [2, 3]) await product(service, ID);
    await service.send('POST', 'Products(1)/Related/$ref', { json: { '@odata.id': 'Products(2)' } });
    const inCategory = await start("Categories('a')/Products");
    const related = await start('Products(1)/Related');
    await service.send('PATCH', 'Products(1)', { json: { CategoryID: 'b' } });
    await service.send('PATCH', 'Products(3)', { json: { CategoryID: 'a' } });
    const removed = { reason: 'changed' };
    expect((await follow(service, inCategory, v401)).members).toMatchObject([
      { '@odata.removed': removed, ID: 1 },
      { ID: 3, CategoryID: 'a' },
    ]);
    await service.send('POST', 'Products(1)/Related/$ref', { json: { '@odata.id': 'Products(3)' } });
    await service.send('DELETE', 'Products(1)/Related/$ref?$id=Products(2)');
    expect((await follow(service, related, v401)).members).toMatchObject([
      { ID: 3, Name: 'Product 3' },
      { '@odata.removed': removed, ID: 2 },
    ]);
  });

  it('tell of entities whose expanded links changed, with all that is expanded', async () => {
    for (const ID of [1, 2, 3]) await product(service, ID);
    const deltaLink = await start('Products?$expand=Related($select=ID)&$select=ID');
    await service.send('POST', 'Products(1)/Related/$ref', { json: { '@odata.id': 'Products(2)' } });
    const { members } = await follow(service, deltaLink);
    expect(members).toMatchObject([{ ID: 1, Related: [{ ID: 2 }] }]);
  });

  it('of several requests in one transaction are told together, and none of those rolled back', async () => {
    const deltaLink = await start();
    const requests = [1, 2].map((ID) => ({
      id: String(ID),
      atomicityGroup: 'g',
      method: 'POST',
      url: 'Products',
      headers: { 'content-type': 'application/json' },
      body: { ID },
    }));
    await service.send('POST', '$batch', { json: { requests } });
    expect(IDs((await follow(service, deltaLink)).members)).toEqual([1, 2]);
    await service.send('POST', '$batch', {
      json: { requests: requests.map((each) => ({ ...each, body: { ID: each.body.ID + 1 } })) },
    });
    expect(IDs((await follow(service, deltaLink)).members)).toEqual([1, 2]);
  });
});

describe('tokens', () => {
  it('belong to their query', async () => {
    const deltaLink = await start('Products?$filter=Price gt 5');
    const token = new URL(deltaLink).searchParams.get('$deltatoken')!;
    for (const url of [
      'Products',
      'Categories',
      'Products?$filter=Price gt 6',
      'Products?$filter=Price gt 5&$select=ID',
    ]) {
      const separator = url.includes('?') ? '&' : '?';
      expect((await service.send('GET', `${url}${separator}$deltatoken=${token}`)).status).toBe(400);
      expect((await service.send('GET', `${url}${separator}$skiptoken=${token}`)).status).toBe(400);
    }
    expect((await service.send('GET', `Products?$deltatoken=${token}&$filter=Price gt 5`)).status).toBe(200);
  });

  it('that were changed are refused', async () => {
    const deltaLink = await start();
    const middle = Math.floor(deltaLink.length - 30);
    const changed = deltaLink[middle] === 'A' ? 'B' : 'A';
    for (const url of [
      deltaLink.slice(0, -1),
      `${deltaLink}x`,
      deltaLink.slice(0, middle) + changed + deltaLink.slice(middle + 1),
      'Products?$deltatoken=nonsense',
      'Products?$deltatoken=~',
      'Products?$deltatoken=~e30.',
      'Products?$deltatoken=latest',
      'Products?$skiptoken=~e30.e30',
    ]) {
      const { status, json } = await service.send('GET', url);
      expect([url, status]).toEqual([url, 400]);
      expect(json.error.target).toBe('$deltatoken');
    }
  });

  it('are gone once the space is cleared, with the place to start again', async () => {
    const deltaLink = await start('Products?$select=ID');
    await service.space.clear();
    const { status, json, headers } = await service.send('GET', deltaLink);
    expect([status, json.error.code]).toEqual([410, 'Gone']);
    expect(headers.get('Location')).toBe(`${ROOT}/Products?$select=ID`);
    const again = await start('Products?$select=ID');
    expect((await service.send('GET', again)).status).toBe(200);
  });

  it('are gone when they are too old', async () => {
    const deltaLink = await start('Products', aging);
    now += 3_600_000;
    const { deltaLink: next } = await follow(aging, deltaLink);
    now += 1;
    expect((await aging.send('GET', deltaLink)).status).toBe(410);
    expect((await aging.send('GET', next)).status).toBe(200);
  });
});

describe('a client that follows the changes', () => {
  it('knows in the end what there is, whatever writes at the same time', async () => {
    const { members, deltaLink: first } = await follow(busy, 'Products', { Prefer: 'track-changes' });
    const known = new Map<number, string>(members.map((member) => [member.ID, member.Name]));
    let running = 6;
    const writers = Array.from({ length: running }, async (_, writer) => {
      for (let index = 0; index < 12; index++) {
        const ID = writer * 100 + index;
        await product(busy, ID);
        if (index % 3 === 0) await busy.send('PATCH', `Products(${String(ID)})`, { json: { Name: 'changed' } });
        if (index % 4 === 0) await busy.send('DELETE', `Products(${String(ID)})`);
      }
      running--;
    });
    let deltaLink = first;
    for (let isLast = false; !isLast;) {
      isLast = running === 0;
      const changes = await follow(busy, deltaLink, v401);
      for (const member of changes.members) {
        if (member['@odata.removed'] === undefined) known.set(member.ID, member.Name);
        else known.delete(member.ID);
      }
      deltaLink = changes.deltaLink;
    }
    await Promise.all(writers);
    const stored = (await follow(busy, 'Products', { Prefer: 'track-changes' })).members;
    expect(stored).toHaveLength(54);
    const byID = (a: readonly [number, string], b: readonly [number, string]) => a[0] - b[0];
    expect([...known].toSorted(byID)).toEqual(stored.map(({ ID, Name }) => [ID, Name] as const).toSorted(byID));
  });
});
