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
    Container: { $Kind: 'EntityContainer', Items: { $Collection: true, $Type: 'shop.Item' } },
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
