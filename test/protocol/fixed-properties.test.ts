import { describe, expect, it } from '@jest/globals';

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
