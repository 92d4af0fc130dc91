import { createHash } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';

import { graphProfile } from '../../src/graph/index.js';
import { ME } from '../../src/graph/caller.js';
import type { CsdlDocument } from '../../src/edm/index.js';
import { useService } from '../protocol/service-in-test.js';

import { onEachDatabase, type DirectoryService } from './directory-service.js';

const SAMPLE = { unknownEntities: 'sample' } as const;
const MARK = 'x-mockgraph-answer';

async function status(service: DirectoryService, method: string, url: string, json?: object): Promise<number> {
  return (await service.send(method, url, json === undefined ? {} : { json })).status;
}

/** Whether there is a user, told by what makes none: the list of those that were made. */
async function isUser(service: DirectoryService, id: string): Promise<boolean> {
  expect(await status(service, 'GET', 'users/witness')).toBe(200);
  return (await service.ids('users')).includes(id);
}

onEachDatabase(
  'an entity that a request names by key and nobody made',
  (service) => {
    it('comes into being as a sample, and stays', async () => {
      const first = await service.get('users/a');
      expect([first.status, first.headers.get(MARK)]).toEqual([200, 'sample']);
      expect(first.json).toMatchObject({
        id: 'a',
        displayName: 'Display Name value',
        userPrincipalName: 'a@example.com',
      });
      const again = await service.get('users/a');
      expect([again.text, again.headers.get(MARK)]).toEqual([first.text, undefined]);
      expect(await service.ids("users?$filter=id eq 'a'")).toEqual(['a']);
      expect((await service.get('users/$count', { consistencylevel: 'eventual' })).text).toBe('1');
    });

    it('comes with those that it belongs to', async () => {
      const { status: answered, json } = await service.get('users/b/messages/c/attachments/d');
      expect([answered, json.id]).toEqual([200, 'd']);
      expect([
        (await service.get('users/b/messages/c')).headers.get(MARK),
        await service.ids('users/b/messages'),
      ]).toEqual([undefined, ['c']]);
    });

    it('is found by what may stand for its key as well', async () => {
      const { json } = await service.get('users/ada@contoso.com');
      expect(json.userPrincipalName).toBe('ada@contoso.com');
      expect((await service.get(`users/${json.id}`)).json).toEqual(json);
      expect((await service.get('users/ADA@contoso.com')).json.id).toBe(json.id);
      const appId = '7f1c1f0f-6b61-4a0e-9d0f-0d7a3b1f5e11';
      const { json: application } = await service.get(`applications(appId='${appId}')`);
      expect(application.appId).toBe(appId);
      expect((await service.get(`applications(appId='${appId}')`)).json.id).toBe(application.id);
    });

    it('is changed as any other', async () => {
      const changed = await service.send('PATCH', 'users/e', { json: { displayName: 'Eva' } });
      expect([changed.status, changed.headers.get(MARK)]).toEqual([204, 'sample']);
      expect((await service.get('users/e')).json.displayName).toBe('Eva');
      const added = await service.post('users/f/messages', { subject: 'x' });
      expect([added.status, added.headers.get(MARK)]).toEqual([201, 'sample']);
      expect(await service.ids('users/f/messages')).toEqual([added.json.id]);
    });

    it('has the type that the request says', async () => {
      await service.send('PATCH', 'directoryObjects/g', {
        json: { '@odata.type': '#microsoft.graph.group', displayName: 'G' },
      });
      expect((await service.get('groups/g')).json.displayName).toBe('G');
      expect((await service.get('directoryObjects/h/microsoft.graph.device')).status).toBe(200);
      expect((await service.get('devices/h')).headers.get(MARK)).toBeUndefined();
    });

    it('stays away once it was removed, and so does what belongs to it', async () => {
      expect(await status(service, 'DELETE', 'contracts/i')).toBe(204);
      for (const method of ['DELETE', 'GET', 'PATCH'])
        expect([method, await status(service, method, 'contracts/i', method === 'PATCH' ? {} : undefined)]).toEqual([
          method,
          404,
        ]);
      expect(await status(service, 'GET', 'users/j/messages/k')).toBe(200);
      expect(await status(service, 'DELETE', 'users/j')).toBe(204);
      expect(await status(service, 'GET', 'users/j/messages/k')).toBe(404);
      expect(await status(service, 'GET', 'users/j/messages')).toBe(404);
      expect(await status(service, 'POST', 'users/j/messages', {})).toBe(404);
      expect(await status(service, 'GET', 'directoryObjects/j')).toBe(404);
    });

    it('comes back where it is created again', async () => {
      expect(await status(service, 'DELETE', 'contracts/l')).toBe(204);
      expect(await status(service, 'POST', 'contracts', { id: 'l' })).toBe(201);
      expect(await status(service, 'GET', 'contracts/l')).toBe(200);
    });

    it('is not made where it stands elsewhere', async () => {
      await service.create('users', { id: 'm', displayName: 'm' });
      expect(await status(service, 'GET', 'groups/n/members/m')).toBe(404);
      expect(await status(service, 'GET', 'groups/m2/members/o')).toBe(200);
      expect(await status(service, 'DELETE', 'groups/m2/members/o/$ref')).toBe(204);
      expect(await status(service, 'DELETE', 'groups/m2/members/o/$ref')).toBe(404);
      expect(await status(service, 'GET', 'directoryObjects/o')).toBe(200);
      expect(await status(service, 'GET', 'users/m/microsoft.graph.group')).not.toBe(200);
    });

    it('is what a reference names', async () => {
      const json = { '@odata.id': 'https://graph.microsoft.com/v1.0/users/p' };
      const linked = await service.send('POST', 'groups/q/members/$ref', { json });
      expect([linked.status, linked.headers.get(MARK)]).toEqual([204, 'sample']);
      expect(await service.ids('groups/q/members')).toEqual(['p']);
      const made = await service.post('groups', { displayName: 'r', 'owners@odata.bind': ['users/s', 'users/t'] });
      expect([made.status, made.headers.get(MARK)]).toEqual([201, 'sample']);
      expect(await service.ids(`groups/${made.json.id}/owners`)).toEqual(['s', 't']);
    });

    it('is there in the requests of a batch', async () => {
      const requests = [
        { id: '1', method: 'GET', url: '/users/u?$select=id' },
        { id: '2', method: 'PATCH', url: '/users/v', headers: { 'content-type': 'application/json' }, body: { id: 5 } },
      ];
      const { json } = await service.post('$batch', { requests });
      expect(json.responses.map((each: { status: number }) => each.status)).toEqual([200, 400]);
      expect(json.responses[0].headers[MARK]).toBe('sample');
      expect([await isUser(service, 'u'), await isUser(service, 'v')]).toEqual([true, false]);
    });

    it('comes into being once, however many name it at the same time', async () => {
      const answers = await Promise.all([
        ...Array.from({ length: 8 }, () => service.get('users/w/messages/x')),
        ...Array.from({ length: 4 }, (_, index) => service.post('users/w/messages', { subject: String(index) })),
      ]);
      expect(new Set(answers.map((each) => each.status))).toEqual(new Set([200, 201]));
      expect(await service.ids('users/w/messages')).toHaveLength(5);
      expect(await service.ids("users?$filter=id eq 'w'")).toEqual(['w']);
      const named = await Promise.all(Array.from({ length: 8 }, () => service.get('users/wim@contoso.com')));
      expect(new Set(named.map((each) => each.json.id)).size).toBe(1);
      expect(service.faults).toEqual([]);
    });
  },
  SAMPLE,
);

onEachDatabase(
  'nothing comes into being by a request that is refused',
  (service) => {
    it.each<[string, string, object | string | undefined, number]>([
      ['GET', 'users/no?$select=colour', undefined, 400],
      ['GET', 'users/no?$filter=a', undefined, 400],
      ['GET', 'users/no/colours', undefined, 400],
      ['GET', 'users/no/messages?$filter=subject eq 5', undefined, 400],
      ['OPTIONS', 'users/no', undefined, 204],
      ['PATCH', 'users/no/messages', {}, 405],
      ['POST', 'users/no', {}, 405],
      ['PATCH', 'users/no', { displayName: 5 }, 400],
      ['PATCH', 'users/no', '{"displayName":', 400],
      ['PATCH', 'users/no', { '@odata.type': '#microsoft.graph.group' }, 400],
      ['PATCH', 'users/no', '', 400],
      ['POST', 'users/no/messages', { importance: 'unheard of' }, 400],
      ['POST', 'groups/no/members/$ref', { '@odata.id': 'users/no/messages/no' }, 400],
      ['POST', 'groups', { 'members@odata.bind': ['users/no', 'colours/1'] }, 400],
      ['DELETE', 'users/no/manager/$ref', undefined, 404],
      ['POST', 'users/no/microsoft.graph.assignLicense', {}, 400],
    ])('%s %s with %j', async (method, url, body, expected) => {
      const sent = typeof body === 'object' ? { json: body } : { body: body ?? '' };
      const answer = await service.send(method, url, body === undefined ? {} : sent);
      expect([answer.status, answer.headers.get(MARK)]).toEqual([expected, undefined]);
      expect([await isUser(service, 'no'), service.faults]).toEqual([false, []]);
      expect(await service.ids("groups?$filter=id eq 'no'")).toEqual([]);
    });

    it('such as one whose condition does not hold', async () => {
      const headers = { 'if-match': 'W/"7"' };
      expect((await service.send('DELETE', 'users/no', { headers })).status).toBe(412);
      expect(await isUser(service, 'no')).toBe(false);
    });
  },
  SAMPLE,
);

onEachDatabase(
  'a collection that was always empty',
  (service) => {
    it('shows one entity of each type that it may have, as long as nobody wrote to it', async () => {
      const { json, headers } = await service.get('users/a/messages');
      expect([json.value.length, headers.get(MARK)]).toEqual([1, 'sample']);
      const [{ id }] = json.value;
      expect((await service.get('users/a/messages')).json.value).toEqual(json.value);
      expect(await status(service, 'GET', `users/a/messages/${id}`)).toBe(200);
      expect(await status(service, 'DELETE', `users/a/messages/${id}`)).toBe(204);
      expect(await service.ids('users/a/messages')).toEqual([]);
      const { json: attachments } = await service.get('users/a/messages/b/attachments');
      expect(attachments.value.length).toBeGreaterThan(0);
    });

    it('shows what is there where anything is', async () => {
      const { json } = await service.post('users/b/contacts', {});
      expect(await service.ids('users/b/contacts')).toEqual([json.id]);
      expect(await service.ids("users/b/contacts?$filter=id eq 'x'")).toEqual([]);
    });

    it('is counted with what it shows', async () => {
      expect((await service.get('users/c/events/$count')).text).toBe('1');
      expect(await service.ids('users/c/events')).toHaveLength(1);
    });

    it('takes place at a time that views of calendars understand', async () => {
      const [id] = await service.ids('users/d/events');
      const { status: code, json } = await service.get(
        'users/d/calendarView?startDateTime=2024-01-01T00:00:00Z&endDateTime=2024-01-02T00:00:00Z',
      );
      expect([code, json.value]).toEqual([200, [expect.objectContaining({ seriesMasterId: id, type: 'occurrence' })]]);
    });

    it('of references refers to entities that are made for it, until they are taken away', async () => {
      const members = await service.ids('groups/d/members');
      expect(members.length).toBeGreaterThan(1);
      for (const id of members) expect(await status(service, 'GET', `directoryObjects/${id}`)).toBe(200);
      for (const id of members) expect(await status(service, 'DELETE', `groups/d/members/${id}/$ref`)).toBe(204);
      expect(await service.ids('groups/d/members')).toEqual([]);
      expect(await status(service, 'GET', 'users/d/manager')).toBe(200);
      expect(await status(service, 'DELETE', 'users/d/manager/$ref')).toBe(204);
      expect(await status(service, 'GET', 'users/d/manager')).toBe(404);
      expect(service.faults).toEqual([]);
    });
  },
  SAMPLE,
);

onEachDatabase(
  'what is there without ever having been written',
  (service) => {
    it('has the values of a sample', async () => {
      expect((await service.get('me')).json).toMatchObject({ id: ME, displayName: 'Signed-in user' });
      expect(await status(service, 'PATCH', 'me', { displayName: 'Ann' })).toBe(204);
      expect((await service.get('me')).json).toMatchObject({ id: ME, displayName: 'Ann' });
      expect((await service.get('users/a/planner')).json.id).toBe('planner');
      expect((await service.get('me/drive/root')).json).toMatchObject({ name: 'root' });
    });

    it('stays away once it was removed', async () => {
      expect(await status(service, 'GET', 'users/b/photo')).toBe(200);
      expect(await status(service, 'DELETE', 'users/b/photo')).toBe(204);
      expect(await status(service, 'GET', 'users/b/photo')).toBe(404);
    });
  },
  SAMPLE,
);

onEachDatabase('without the option', (service) => {
  it.each([
    ['GET', 'users/a'],
    ['GET', 'users/ada@contoso.com'],
    ['DELETE', 'users/a'],
    ['PATCH', 'users/a'],
    ['GET', 'users/a/messages'],
    ['GET', 'users/a/manager'],
  ])('nothing comes into being: %s %s', async (method, url) => {
    expect(await status(service, method, url, method === 'PATCH' ? {} : undefined)).toBe(404);
    expect(await service.ids("users?$filter=id eq 'a'")).toEqual([]);
  });
});

/** A key that does not get shorter; PostgreSQL has no room for it in an index. */
const LONG = Array.from({ length: 300 }, (_, index) =>
  createHash('sha256').update(String(index)).digest('base64url'),
).join('');

const csdl: CsdlDocument = {
  $Version: '4.01',
  $EntityContainer: 'shop.Service',
  shop: {
    shelf: {
      $Kind: 'EntityType',
      $Key: ['number'],
      number: { $Type: 'Edm.Int32' },
      label: { $Nullable: true },
      boxes: { $Kind: 'NavigationProperty', $Collection: true, $ContainsTarget: true, $Type: 'shop.box' },
    },
    box: { $Kind: 'EntityType', $Key: ['row', 'day'], row: { $Type: 'Edm.Byte' }, day: { $Type: 'Edm.Date' } },
    tag: { $Kind: 'EntityType', $Key: ['text'], text: {} },
    part: {
      $Kind: 'EntityType',
      $Key: ['id'],
      id: { $Type: 'Edm.Guid' },
      shelfNumber: { $Type: 'Edm.Int32', $Nullable: true },
      price: { $Type: 'Edm.Decimal', $Precision: 3, $Scale: 2, $Nullable: true },
      shelf: {
        $Kind: 'NavigationProperty',
        $Type: 'shop.shelf',
        $Nullable: true,
        $ReferentialConstraint: { shelfNumber: 'number' },
      },
    },
    Service: {
      $Kind: 'EntityContainer',
      shelves: { $Collection: true, $Type: 'shop.shelf' },
      tags: { $Collection: true, $Type: 'shop.tag' },
      parts: { $Collection: true, $Type: 'shop.part', $NavigationPropertyBinding: { shelf: 'shelves' } },
    },
  },
};

describe('keys of what comes into being', () => {
  const service = useService(csdl, { profile: graphProfile({ authentication: 'off', ...SAMPLE }) });

  it.each([
    ['shelves/7', 200],
    ['shelves(8)', 200],
    ['shelves/-2147483648', 200],
    ['shelves/2147483648', 404],
    ['shelves/x', 404],
    ["shelves('7')", 404],
    ['shelves/7/boxes(row=1,day=2026-01-02)', 200],
    ['shelves/7/boxes(row=256,day=2026-01-02)', 404],
    ['shelves/7/boxes(row=1)', 400],
    ['parts/8a1f2a8c-5a0e-4c41-9a84-4a1c8d4f9c11', 200],
    ['parts/1', 404],
    [`tags/${'k'.repeat(10_000)}`, 200],
    [`tags/${'%F0%9F%98%80'.repeat(300)}`, 200],
    [`tags/${LONG}`, process.env['MOCKGRAPH_POSTGRES'] === undefined ? 200 : 400],
    ['tags/%00', 400],
    [`tags/${'a%2Fb%27%22%5C'}`, 200],
    [`tags/${'k'.repeat(20_000)}`, 414],
  ])('%s: %i', async (url, expected) => {
    const { status: answered, text } = await service.send('GET', url);
    expect([answered, text.slice(0, 300)]).toEqual([expected, expect.any(String)]);
    expect((await service.send('GET', url)).status).toBe(expected);
  });

  it('lead to no entity that is not there by values that are made up', async () => {
    const { json } = await service.send('GET', 'parts/8a1f2a8c-5a0e-4c41-9a84-4a1c8d4f9c11?$expand=shelf');
    expect(json).toMatchObject({ shelfNumber: null, shelf: null });
  });
});

describe('the number of entities that come into being', () => {
  const profile = graphProfile({ authentication: 'off', ...SAMPLE });
  const service = useService(csdl, { profile: { ...profile, limits: { ...profile.limits, maxUnknownEntities: 3 } } });

  it('ends at a limit, which all entities count to', async () => {
    const answers: number[] = [];
    for (let key = 1; key <= 5; key++) answers.push((await service.send('GET', `shelves/${String(key)}`)).status);
    expect(answers).toEqual([200, 200, 200, 404, 404]);
    expect((await service.send('POST', 'tags', { json: { text: 'a' } })).status).toBe(201);
    expect((await service.send('GET', 'shelves/2/boxes')).json.value).toEqual([]);
    await service.send('DELETE', 'shelves/1');
    await service.send('DELETE', 'shelves/2');
    expect((await service.send('GET', 'shelves/9')).status).toBe(200);
  });
});
