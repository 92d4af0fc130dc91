import { beforeEach, expect } from '@jest/globals';

import { defineBehavior } from '../../../src/behavior/index.js';
import type { CsdlDocument, JsonValue } from '../../../src/edm/index.js';
import { useService, type Answered, type Sent } from '../service-in-test.js';

const nullable = { $Nullable: true };
const ordered = { $Collection: true, '@Org.OData.Core.V1.Ordered': true };
const one = (type: string, more: object = {}) => ({
  $Kind: 'NavigationProperty',
  $Type: `tours.${type}`,
  ...nullable,
  ...more,
});
const id = { $Kind: 'EntityType', $Key: ['ID'], ID: { $Type: 'Edm.String' }, Name: nullable };

/** Tours with stops, on which entities and streams hang. */
const tours: CsdlDocument = {
  $Version: '4.01',
  $EntityContainer: 'tours.Container',
  tours: {
    Stop: {
      $Kind: 'ComplexType',
      City: nullable,
      RegionID: nullable,
      Region: one('Place', { $ReferentialConstraint: { RegionID: 'ID' } }),
      Guide: one('Place'),
      Sights: one('Place', { $Collection: true }),
      Notes: one('Note', { $Collection: true, $ContainsTarget: true }),
      Cover: one('Note', { $ContainsTarget: true }),
      Photo: { $Type: 'Edm.Stream', ...nullable },
      Halts: { $Type: 'tours.Halt', ...ordered },
    },
    Halt: { $Kind: 'ComplexType', Name: nullable, Guide: one('Place'), Photo: { $Type: 'Edm.Stream', ...nullable } },
    Fixed: { $Kind: 'ComplexType', RegionID: {}, Region: one('Place', { $ReferentialConstraint: { RegionID: 'ID' } }) },
    Tour: {
      ...id,
      Stops: { $Type: 'tours.Stop', ...ordered, '@Org.OData.Core.V1.PositionalInsert': true },
      Frozen: { $Type: 'tours.Stop', ...ordered },
      Fixed: { $Type: 'tours.Fixed', ...ordered },
      Start: { $Type: 'tours.Stop', ...nullable },
      Loose: { $Type: 'tours.Stop', $Collection: true },
    },
    Turn: [
      {
        $Kind: 'Action',
        $IsBound: true,
        $Parameter: [{ $Name: 'it', $Type: 'tours.Tour' }],
      },
    ],
    Place: id,
    Note: { ...id, Notes: one('Note', { $Collection: true, $ContainsTarget: true }) },
    Container: {
      $Kind: 'EntityContainer',
      Tours: {
        $Collection: true,
        $Type: 'tours.Tour',
        $NavigationPropertyBinding: {
          'Stops/Region': 'Places',
          'Stops/Guide': 'Places',
          'Stops/Sights': 'Places',
          'Stops/Halts/Guide': 'Places',
          'Fixed/Region': 'Places',
          'Frozen/Guide': 'Places',
        },
        '@Org.OData.Capabilities.V1.UpdateRestrictions': { NonUpdatableNavigationProperties: ['Fixed/Region'] },
      },
      Guarded: {
        $Collection: true,
        $Type: 'tours.Tour',
        '@Org.OData.Core.V1.OptimisticConcurrency': [],
      },
      Places: { $Collection: true, $Type: 'tours.Place' },
    },
  },
};

export const TOUR = "Tours('1')";
export const ref = (place: string) => ({ json: { '@odata.id': `Places('${place}')` } });
export const image = (text: string) => ({ headers: { 'content-type': 'text/plain' }, body: text });
export const stop = (City: string, more: object = {}) => ({ City, RegionID: null, Halts: [], ...more });

export interface Tours {
  send(method: string, path: string, sent?: Sent): Promise<Answered>;
  /** The same where it must succeed. */
  done(method: string, path: string, sent?: Sent): Promise<Answered>;
  read(path: string): Promise<any>; // oxlint-disable-line typescript/no-explicit-any
  statusOf(method: string, path: string, sent?: Sent): Promise<number>;
}

/** A service with places and one tour of three stops. */
export function useTours(): Tours {
  const { send } = useService(tours, {
    behaviors: [
      defineBehavior({
        action: {
          'tours.Turn': ({ entities, binding }) =>
            entities.update(binding!, { Stops: (binding!.document['Stops'] as JsonValue[]).slice(1) }),
        },
      }),
    ],
  });
  const done: Tours['done'] = async (method, path, sent) => {
    const answer = await send(method, path, sent);
    expect([answer.status < 300, answer.text]).toEqual([true, answer.text]);
    return answer;
  };
  beforeEach(async () => {
    for (const ID of ['a', 'b', 'c']) await done('POST', 'Places', { json: { ID, Name: ID.toUpperCase() } });
    const Stops = [stop('Bath', { Halts: [{ Name: 'inn' }, { Name: 'mill' }] }), stop('Ulm'), stop('Rome')];
    await done('POST', 'Tours', { json: { ID: '1', Stops, Fixed: [{ RegionID: 'a' }], Frozen: [stop('x')] } });
  });
  return {
    send,
    done,
    read: async (path) =>
      (await done('GET', path, { headers: { accept: 'application/json;odata.metadata=none' } })).json,
    statusOf: async (method, path, sent) => (await send(method, path, sent)).status,
  };
}
