import { beforeEach, describe, expect, it } from '@jest/globals';

import type { CsdlDocument } from '../../src/edm/index.js';
import { graphProfile } from '../../src/graph/index.js';
import { useService } from '../protocol/service-in-test.js';

const nullable = { $Nullable: true };
const place = { $Kind: 'EntityType', $BaseType: 'microsoft.graph.place', emailAddress: nullable };

const csdl: CsdlDocument = {
  $Version: '4.01',
  $EntityContainer: 'microsoft.graph.GraphService',
  'microsoft.graph': {
    entity: { $Kind: 'EntityType', $Abstract: true, $Key: ['id'], id: {} },
    place: { $Kind: 'EntityType', $BaseType: 'microsoft.graph.entity', $Abstract: true, displayName: nullable },
    room: { ...place, capacity: { $Type: 'Edm.Int32', ...nullable } },
    roomList: {
      ...place,
      rooms: { $Kind: 'NavigationProperty', $Collection: true, $ContainsTarget: true, $Type: 'microsoft.graph.room' },
    },
    serviceHealth: { $Kind: 'EntityType', $BaseType: 'microsoft.graph.entity', service: {} },
    GraphService: {
      $Kind: 'EntityContainer',
      places: { $Collection: true, $Type: 'microsoft.graph.place' },
      healthOverviews: { $Collection: true, $Type: 'microsoft.graph.serviceHealth' },
    },
  },
};

const service = useService(csdl, { profile: graphProfile({ authentication: 'off' }) });

// [Graph: Get place, Update place]
describe('places', () => {
  beforeEach(async () => {
    const room = { '@odata.type': '#microsoft.graph.room', id: '1', emailAddress: 'room@contoso.com' };
    const list = { '@odata.type': '#microsoft.graph.roomList', id: '2', emailAddress: "o'hare@contoso.com" };
    for (const json of [room, { ...room, id: 'a@b', emailAddress: null }, list])
      expect((await service.send('POST', 'places', { json })).status).toBe(201);
  });

  it.each([
    ['places/1', '1'],
    ['places/room@contoso.com', '1'],
    ["places('room@contoso.com')", '1'],
    ['places/room%40contoso.com', '1'],
    ["places/o'hare@contoso.com", '2'],
    ["places/o'hare@contoso.com/microsoft.graph.roomList", '2'],
    ['places/a@b', 'a@b'],
  ])('are found by their key or their address: %s', async (url, id) => {
    const { status, json } = await service.send('GET', url);
    expect([status, json.id]).toEqual([200, id]);
  });

  it.each(['places/nowhere@contoso.com', "places/' or 1 eq 1 or '@", 'places/room', 'places/displayName@'])(
    'are not found by anything else: %s',
    async (url) => {
      expect((await service.send('GET', encodeURI(url))).status).toBe(404);
    },
  );

  it('are changed by their address', async () => {
    const answer = await service.send('PATCH', 'places/room@contoso.com', {
      json: { '@odata.type': '#microsoft.graph.room', capacity: 8 },
    });
    expect([answer.status, answer.json.id, answer.json.capacity]).toEqual([200, '1', 8]);
  });
});

// [Graph: Get serviceHealth]
describe('the health of a service', () => {
  it('is found by its key or by the name of the service', async () => {
    const json = { id: 'OSDPPlatform', service: 'Microsoft 365 suite' };
    expect((await service.send('POST', 'healthOverviews', { json })).status).toBe(201);
    for (const url of ['OSDPPlatform', 'Microsoft%20365%20suite', "('Microsoft%20365%20suite')"]) {
      const answer = await service.send('GET', `healthOverviews${url.startsWith('(') ? '' : '/'}${url}`);
      expect([answer.status, answer.json.id]).toEqual([200, 'OSDPPlatform']);
    }
    expect((await service.send('GET', 'healthOverviews/Exchange')).status).toBe(404);
  });
});
