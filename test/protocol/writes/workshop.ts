import type { CsdlDocument } from '../../../src/edm/index.js';
import { useService, type Answered, type ServiceInTest, type ServiceOptions } from '../service-in-test.js';

const text = (more: object = {}) => ({ $Type: 'Edm.String', $Nullable: true, ...more });
const one = (type: string, more: object = {}) => ({
  $Kind: 'NavigationProperty',
  $Type: `workshop.${type}`,
  $Nullable: true,
  ...more,
});
const many = (type: string, more: object = {}) => one(type, { $Collection: true, ...more });
const id = { $Kind: 'EntityType', $Key: ['ID'], ID: { $Type: 'Edm.String' } };

/** Orders with contained lines, customers by foreign key, tags by reference, and restrictions of all kinds. */
export const workshop: CsdlDocument = {
  $Version: '4.01',
  $EntityContainer: 'workshop.Container',
  workshop: {
    Order: {
      ...id,
      Name: text(),
      Number: { $Type: 'Edm.Int32', $Nullable: true, '@Org.OData.Core.V1.Immutable': true },
      Total: { $Type: 'Edm.Int32', $Nullable: true, '@Org.OData.Core.V1.Computed': true },
      Words: {
        $Type: 'Edm.String',
        $Collection: true,
        '@Org.OData.Core.V1.Ordered': true,
        '@Org.OData.Core.V1.PositionalInsert': true,
      },
      Times: {
        $Type: 'Edm.DateTimeOffset',
        $Collection: true,
        '@Org.OData.Core.V1.Ordered': true,
        '@Org.OData.Core.V1.PositionalInsert': true,
      },
      Stops: { $Type: 'workshop.Stop', $Collection: true, '@Org.OData.Core.V1.Ordered': true },
      Blanks: { $Type: 'Edm.Int32', $Nullable: true, $Collection: true, '@Org.OData.Core.V1.Ordered': true },
      Places: { $Type: 'workshop.Place', $Collection: true },
      Place: { $Type: 'workshop.Place', $Nullable: true },
      Bytes: { $Type: 'Edm.Binary', $Nullable: true },
      Weight: { $Type: 'Edm.Int32', $DefaultValue: 1 },
      Frozen: text(),
      CustomerID: text(),
      Customer: one('Customer', { $Partner: 'Orders', $ReferentialConstraint: { CustomerID: 'ID' } }),
      Lines: many('Line', { $ContainsTarget: true }),
      Cover: one('Line', { $ContainsTarget: true }),
      Tags: many('Tag', { $Partner: 'Orders' }),
      Main: one('Tag'),
      Fixed: one('Tag'),
    },
    Place: {
      $Kind: 'ComplexType',
      City: text(),
      Since: { $Type: 'Edm.DateTimeOffset', $Nullable: true },
      Zip: { $Type: 'Edm.Int32' },
    },
    Stop: {
      $Kind: 'ComplexType',
      City: text(),
      Since: { $Type: 'Edm.DateTimeOffset', $Nullable: true },
      Notes: { $Type: 'Edm.String', $Collection: true, '@Org.OData.Core.V1.Ordered': true },
      Tag: one('Tag'),
    },
    Detour: { $Kind: 'ComplexType', $BaseType: 'workshop.Stop', Length: { $Type: 'Edm.Int32', $Nullable: true } },
    UrgentOrder: { $Kind: 'EntityType', $BaseType: 'workshop.Order', Reason: text() },
    Line: {
      ...id,
      Amount: { $Type: 'Edm.Int32', $Nullable: true },
      Note: text(),
      Parts: many('Line', { $ContainsTarget: true }),
    },
    Customer: { ...id, Name: text(), Orders: many('Order', { $Partner: 'Customer' }) },
    Tag: { ...id, Name: text(), Orders: many('Order', { $Partner: 'Tags' }) },
    Guarded: { ...id, Name: text(), Orders: many('Order') },
    Keeper: { ...id, Guarded: one('Guarded') },
    Locked: { ...id, Name: text(), Tags: many('Tag') },
    Container: {
      $Kind: 'EntityContainer',
      Orders: {
        $Collection: true,
        $Type: 'workshop.Order',
        '@Org.OData.Capabilities.V1.UpdateRestrictions': {
          NonUpdatableNavigationProperties: ['Fixed'],
          NonUpdatableProperties: ['Frozen'],
        },
      },
      Customers: { $Collection: true, $Type: 'workshop.Customer' },
      Tags: { $Collection: true, $Type: 'workshop.Tag' },
      Guardeds: {
        $Collection: true,
        $Type: 'workshop.Guarded',
        '@Org.OData.Core.V1.OptimisticConcurrency': [],
        '@Org.OData.Capabilities.V1.UpdateRestrictions': { DeltaUpdateSupported: false },
      },
      Keepers: { $Collection: true, $Type: 'workshop.Keeper' },
      Lockeds: {
        $Collection: true,
        $Type: 'workshop.Locked',
        '@Org.OData.Capabilities.V1.DeepUpdateSupport': { Supported: false },
      },
    },
  },
};

export interface Workshop extends ServiceInTest {
  create(collection: string, ...entities: readonly object[]): Promise<void>;
  get(url: string): Promise<any>; // oxlint-disable-line typescript/no-explicit-any
  patch(url: string, json: object, headers?: Readonly<Record<string, string>>): Promise<Answered>;
}

export function useWorkshop(options: ServiceOptions = {}): Workshop {
  const service = useService(workshop, options);
  return {
    get space() {
      return service.space;
    },
    send: service.send,
    async create(collection, ...entities) {
      for (const json of entities) {
        const { status, text: answer } = await service.send('POST', collection, { json });
        if (status !== 201) throw new Error(`${collection}: ${String(status)} ${answer}`);
      }
    },
    async get(url) {
      const {
        status,
        text: answer,
        json,
      } = await service.send('GET', url, {
        headers: { Accept: 'application/json;odata.metadata=none' },
      });
      if (status !== 200) throw new Error(`${url}: ${String(status)} ${answer}`);
      return json;
    },
    patch: (url, json, headers = {}) => service.send('PATCH', url, { json, headers }),
  };
}
