import { describe, expect, it } from '@jest/globals';

import { defineBehavior } from '../../src/behavior/index.js';
import type { CsdlDocument } from '../../src/edm/index.js';

import { useService } from './service-in-test.js';

const SCHEMA = {
  $Version: '4.01',
  $EntityContainer: 'shop.Container',
  shop: {
    Item: {
      $Kind: 'EntityType',
      $Key: ['Id'],
      Id: { $Type: 'Edm.Int32' },
      Name: { $Nullable: true },
      Serial: { $Nullable: true, '@Org.OData.Core.V1.Immutable': true },
      Created: { $Nullable: true, '@Org.OData.Core.V1.Computed': true },
    },
    Ticket: {
      $Kind: 'EntityType',
      $Key: ['Id'],
      Id: { $Type: 'Edm.Guid', '@Org.OData.Core.V1.Computed': true },
      Name: { $Nullable: true },
      Made: { $Type: 'Edm.DateTimeOffset', $Nullable: true, '@Org.OData.Core.V1.Computed': true },
      Used: { $Type: 'Edm.DateTimeOffset', $Nullable: true },
      BeforeId: { $Type: 'Edm.Guid', $Nullable: true },
      Before: {
        $Kind: 'NavigationProperty',
        $Type: 'shop.Ticket',
        $Nullable: true,
        $ReferentialConstraint: { BeforeId: 'Id' },
      },
    },
    Container: {
      $Kind: 'EntityContainer',
      Items: { $Collection: true, $Type: 'shop.Item' },
      Tickets: { $Collection: true, $Type: 'shop.Ticket' },
    },
  },
} as unknown as CsdlDocument;

const before = { Id: 1, Name: 'pot', Serial: 'S1', Created: null };

describe('a property that is written alone', () => {
  const service = useService(SCHEMA);
  const item = async () => {
    await service.send('POST', 'Items', { json: { Id: 1, Name: 'pot', Serial: 'S1' } });
  };

  it.each([
    ['Id', { value: 2 }, 'The key of an entity cannot be changed.'],
    ['Serial', { value: 'S2' }, "The property 'Serial' cannot be changed."],
    ['Created', { value: 'now' }, "The property 'Created' cannot be changed."],
  ])('is refused where it is fixed: %s', async (name, json, message) => {
    await item();
    const answered = await service.send('PUT', `Items(1)/${name}`, { json });
    expect([answered.status, answered.json.error.message]).toEqual([400, message]);
    expect((await service.send('GET', 'Items(1)')).json).toMatchObject(before);
  });

  it.each(['Serial', 'Created'])('cannot be emptied either: %s', async (name) => {
    await item();
    expect((await service.send('DELETE', `Items(1)/${name}`)).status).toBeGreaterThanOrEqual(400);
    expect((await service.send('GET', 'Items(1)')).json).toMatchObject(before);
  });
});

describe('a key that the service computes [OData-Protocol 11.4.3]', () => {
  const service = useService(SCHEMA);
  const OTHER = '11111111-2222-4333-8444-555555555555';

  it('may be repeated in an update, and not changed', async () => {
    const { Id } = (await service.send('POST', 'Tickets', { json: { Name: 'a' } })).json;
    const patch = (json: object) => service.send('PATCH', `Tickets(${Id})`, { json });
    expect((await patch({ Id, Name: 'b' })).status).toBe(204);
    const refused = await patch({ Id: OTHER, Name: 'd' });
    expect([refused.status, refused.json.error.message]).toEqual([400, 'The key of an entity cannot be changed.']);
    expect((await service.send('GET', 'Tickets')).json.value).toMatchObject([{ Id, Name: 'b' }]);
  });

  it('is ignored in a replacement', async () => {
    const { Id } = (await service.send('POST', 'Tickets', { json: { Name: 'a' } })).json;
    expect((await service.send('PUT', `Tickets(${Id})`, { json: { Id: OTHER, Name: 'b' } })).status).toBe(204);
    expect((await service.send('GET', 'Tickets')).json.value).toMatchObject([{ Id, Name: 'b' }]);
  });
});

describe('a value that the client sent, in an answer', () => {
  const NOW = '2024-05-06T07:08:09Z';
  const stamp = (document: Record<string, unknown>) => {
    if (document['Name'] === 'stamped') document['Used'] = NOW;
  };
  const service = useService(SCHEMA, {
    behaviors: [
      defineBehavior({
        create: { 'shop.Ticket': ({ document }, next) => (stamp(document), next()) },
        update: { 'shop.Ticket': ({ document }, next) => (stamp(document), next()) },
      }),
    ],
  });
  const made = async (json: object) => (await service.send('POST', 'Tickets', { json })).json;
  const read = async (Id: string) => (await service.send('GET', `Tickets(${Id})`)).json;
  /** Not as it is stored. */
  const SENT = '2001-02-03T04:05:06.700+01:00';

  it('is what it means, as it was sent', async () => {
    const { Id } = await made({ Used: SENT });
    expect((await service.send('PATCH', `Tickets(${Id})`, { json: { Name: 'a' } })).status).toBe(204);
    expect(await read(Id)).toMatchObject({ Name: 'a', Used: SENT });
  });

  it('is not there where the service computes it', async () => {
    const { Id, Made } = await made({ Id: '11111111-2222-4333-8444-55555555AAAA', Made: SENT });
    expect([await read(Id), Made]).toMatchObject([{ Id, Made: null }, null]);
    for (const [method, json] of [
      ['PATCH', { Made: SENT }],
      ['PUT', { Id: '11111111-2222-4333-8444-55555555AAAA', Made: SENT }],
    ] as const) {
      expect((await service.send(method, `Tickets(${Id})`, { json })).status).toBe(204);
      expect(await read(Id)).toMatchObject({ Made: null });
    }
  });

  it('is not there where a behaviour sets another one', async () => {
    const { Id, Used } = await made({ Name: 'stamped', Used: SENT });
    expect(Used).toBe(NOW);
    expect((await service.send('PATCH', `Tickets(${Id})`, { json: { Name: 'a', Used: SENT } })).status).toBe(204);
    expect(await read(Id)).toMatchObject({ Used: SENT });
    expect((await service.send('PATCH', `Tickets(${Id})`, { json: { Name: 'stamped' } })).status).toBe(204);
    expect(await read(Id)).toMatchObject({ Used: NOW });
  });

  it('is not there where a relation has changed it', async () => {
    const [first, second] = [await made({}), await made({})];
    const { Id } = await made({ BeforeId: first.Id.toUpperCase() });
    expect(await read(Id)).toMatchObject({ BeforeId: first.Id.toUpperCase() });
    const ref = { '@odata.id': `Tickets(${second.Id})` };
    expect((await service.send('PUT', `Tickets(${Id})/Before/$ref`, { json: ref })).status).toBe(204);
    expect(await read(Id)).toMatchObject({ BeforeId: second.Id });
    const bound = { BeforeId: second.Id.toUpperCase(), 'Before@odata.bind': `Tickets(${first.Id})` };
    expect((await service.send('PATCH', `Tickets(${Id})`, { json: bound })).status).toBe(204);
    expect(await read(Id)).toMatchObject({ BeforeId: first.Id });
    expect((await service.send('DELETE', `Tickets(${Id})/Before/$ref`)).status).toBe(204);
    expect(await read(Id)).toMatchObject({ BeforeId: null });
  });
});
