// Runs on PostgreSQL instead, where MOCKGRAPH_POSTGRES says where it is.

import { beforeEach, describe, expect, it } from '@jest/globals';

import type { CsdlDocument } from '../../src/edm/index.js';
import { ROOT, useService } from '../protocol/service-in-test.js';

const TEXT = { $Nullable: true };
const NUMBER = { $Type: 'Edm.Int32' };

/** Items belong to orders by a part of their key, seats to items by two of three, and notes are the order's own. */
const csdl: CsdlDocument = {
  $Version: '4.01',
  $EntityContainer: 'shop.Container',
  shop: {
    Order: {
      $Kind: 'EntityType',
      $Key: ['ID'],
      ID: NUMBER,
      Name: TEXT,
      Items: { $Kind: 'NavigationProperty', $Type: 'shop.Item', $Collection: true, $Partner: 'Order' },
      Note: { $Kind: 'NavigationProperty', $Type: 'shop.Note', $Nullable: true, $Partner: 'Order' },
      Memo: { $Kind: 'NavigationProperty', $Type: 'shop.Memo', $Nullable: true, $Partner: 'Order' },
    },
    Item: {
      $Kind: 'EntityType',
      $Key: ['OrderID', 'ItemNo'],
      OrderID: NUMBER,
      ItemNo: { $Type: 'Edm.String' },
      Name: TEXT,
      Order: {
        $Kind: 'NavigationProperty',
        $Type: 'shop.Order',
        $Partner: 'Items',
        $ReferentialConstraint: { OrderID: 'ID' },
      },
      Seats: { $Kind: 'NavigationProperty', $Type: 'shop.Seat', $Collection: true, $Partner: 'Item' },
    },
    Seat: {
      $Kind: 'EntityType',
      $Key: ['Order', 'No', 'Row', 'Place'],
      Order: NUMBER,
      No: { $Type: 'Edm.String' },
      Row: NUMBER,
      Place: NUMBER,
      Name: TEXT,
      Item: {
        $Kind: 'NavigationProperty',
        $Type: 'shop.Item',
        $Partner: 'Seats',
        $ReferentialConstraint: { Order: 'OrderID', No: 'ItemNo' },
      },
    },
    Container: {
      $Kind: 'EntityContainer',
      Orders: { $Collection: true, $Type: 'shop.Order', $NavigationPropertyBinding: { Items: 'Items' } },
      Items: { $Collection: true, $Type: 'shop.Item', $NavigationPropertyBinding: { Order: 'Orders', Seats: 'Seats' } },
      Seats: { $Collection: true, $Type: 'shop.Seat', $NavigationPropertyBinding: { Item: 'Items' } },
      Memos: { $Collection: true, $Type: 'shop.Memo', $NavigationPropertyBinding: { Order: 'Orders' } },
    },
    Memo: {
      $Kind: 'EntityType',
      $Key: ['OrderID'],
      OrderID: NUMBER,
      Text: TEXT,
      Order: {
        $Kind: 'NavigationProperty',
        $Type: 'shop.Order',
        $Partner: 'Memo',
        $ReferentialConstraint: { OrderID: 'ID' },
      },
    },
    Note: {
      $Kind: 'EntityType',
      $Key: ['OrderID'],
      OrderID: NUMBER,
      Order: { $Kind: 'NavigationProperty', $Type: 'shop.Order', $ReferentialConstraint: { OrderID: 'ID' } },
    },
  },
};

describe('Keys without the parts that a referential constraint gives [OData-URL 4.3.3, 4.3.6]', () => {
  const service = useService(csdl);
  const created = async (collection: string, ...entities: readonly object[]) => {
    for (const json of entities) expect((await service.send('POST', collection, { json })).status).toBe(201);
  };
  beforeEach(async () => {
    await created('Orders', { ID: 1, Name: 'one' }, { ID: 2, Name: 'two' });
    const items = [1, 2].flatMap((OrderID) =>
      ['a', "b/'"].map((ItemNo) => ({ OrderID, ItemNo, Name: `${String(OrderID)}${ItemNo}` })),
    );
    await created('Items', ...items);
    await created('Seats', { Order: 2, No: 'a', Row: 3, Place: 4, Name: 'window' });
  });

  it.each([
    ["Orders(1)/Items('a')/Name", '1a'],
    ["Orders(2)/Items(ItemNo='a')/Name", '2a'],
    ["Orders(2)/Items(OrderID=2,ItemNo='a')/Name", '2a'],
    ["Orders(2)/Items('b%2F''')/Name", "2b/'"],
    ["Orders(1)/Items(@no)/Name?@no='a'", '1a'],
    ["Items(OrderID=2,ItemNo='a')/Order/Items('a')/Name", '2a'],
    ["Orders(2)/Items('a')/Seats(Row=3,Place=4)/Name", 'window'],
    ["Orders(2)/Items('a')/Seats(Place=4,Row=3)/Item/Order/Name", 'two'],
    ['Orders/2/Items/a/Name', '2a'],
    ['Orders/2/Items/b%2F%27/Name', "2b/'"],
    ['Orders/2/Items/a/Seats/3/4/Name', 'window'],
  ])('%s', async (path, value) => {
    const { status, json } = await service.send('GET', path);
    expect([status, json.value]).toEqual([200, value]);
  });

  it.each([
    ["Orders(1)/Items('x')", 404],
    ["Orders(9)/Items('a')", 404],
    ["Orders(1)/Items(OrderID=2,ItemNo='a')", 404],
    ['Orders(1)/Items(1)', 404],
    ['Orders/1/Items/1/a', 404],
    ['Orders(1)/Items(@no)', 400],
    ['Orders(1)/Items(OrderID=1)', 400],
    ["Orders(1)/Items(Nope='a')", 400],
    ["Orders(1)/Items('a','a')", 400],
    ["Orders(1)/Items(ItemNo='a',ItemNo='a')", 400],
    ["Items('a')", 400],
    ["Orders(2)/Items('a')/Seats(3)", 400],
    ["Orders(2)/Items('a')/Seats(Row=3)", 400],
    ['Orders/2/Items/a/Seats/3', 404],
    ['Items/a', 404],
  ])('%s is %i', async (path, expected) => {
    const { status, json } = await service.send('GET', path);
    expect([status, json.error.message]).toEqual([expected, expect.stringMatching(/\w/)]);
  });

  it('lead to the same entities, by contexts and ids that anyone can follow', async () => {
    const { json } = await service.send('GET', "Orders(2)/Items('a')");
    const { '@odata.context': context, ...members } = json;
    expect(context).toBe(`${ROOT}/$metadata#Items/$entity`);
    expect(members).toMatchObject({ OrderID: 2, ItemNo: 'a', Name: '2a' });
    const property = await service.send('GET', "Orders(2)/Items('a')/Name");
    expect(property.json['@odata.context']).toBe(`${ROOT}/$metadata#Orders(2)/Items('a')/Name`);
    const seat = await service.send('GET', "Orders(2)/Items('a')/Seats(Row=3,Place=4)/Name");
    expect(seat.json['@odata.context']).toBe(`${ROOT}/$metadata#Orders(2)/Items('a')/Seats(Row=3,Place=4)/Name`);
    const reference = await service.send('GET', "Orders(2)/Items('a')/$ref");
    expect(reference.json['@odata.id']).toBe(`${ROOT}/Items(OrderID=2,ItemNo='a')`);
  });

  it('stand within expressions', async () => {
    const found = async (filter: string, alias = '') => {
      const { json } = await service.send('GET', `Orders?$filter=${encodeURIComponent(filter)}${alias}`);
      return json.value?.map(({ ID }: { ID: number }) => ID) ?? json.error.message;
    };
    expect(await found("Items('a')/Name eq '2a'")).toEqual([2]);
    expect(await found("Items(ItemNo='a')/Seats(Row=3,Place=4)/Name eq 'window'")).toEqual([2]);
    expect(await found("Items(OrderID=2,ItemNo='a')/Name ne null")).toEqual([2]);
    expect(await found("Items(@no)/Name eq '1a'", "&@no=concat('','a')")).toEqual([1]);
    expect(await found("Items(Nope='a')/Name eq '2a'")).toMatch(/OrderID/);
  });

  it('change and remove', async () => {
    expect((await service.send('PATCH', "Orders(2)/Items('a')", { json: { Name: 'new' } })).status).toBe(204);
    expect((await service.send('GET', "Items(OrderID=2,ItemNo='a')")).json.Name).toBe('new');
    expect((await service.send('GET', "Items(OrderID=1,ItemNo='a')")).json.Name).toBe('1a');
    expect((await service.send('DELETE', "Orders(1)/Items('a')")).status).toBe(204);
    expect((await service.send('GET', 'Items/$count')).text).toBe('3');
    expect((await service.send('DELETE', "Orders(1)/Items('a')")).status).toBe(404);
  });

  describe('in payloads, of entities behind their owner [OData-Protocol 11.4.3.1]', () => {
    const names = async (order: number) => {
      const { json } = await service.send('GET', `Items?$filter=OrderID eq ${String(order)}&$orderby=ItemNo`);
      return json.value.map(({ Name }: { Name: string }) => Name);
    };
    const update = async (json: object) => (await service.send('PATCH', 'Orders(1)', { json })).status;

    it('name those that exist in a whole collection', async () => {
      const Items = [
        { ItemNo: 'a', Name: 'first' },
        { ItemNo: "b/'", OrderID: 1 },
        { ItemNo: 'c', Name: 'third' },
      ];
      expect(await update({ Items })).toBe(204);
      expect([await names(1), await names(2)]).toEqual([
        ['first', "1b/'", 'third'],
        ['2a', "2b/'"],
      ]);
    });

    it('name those that exist in lists of changes', async () => {
      const removed = { '@odata.removed': { reason: 'deleted' }, ItemNo: "b/'" };
      expect(await update({ 'Items@odata.delta': [{ ItemNo: 'a', Name: 'first' }, removed] })).toBe(204);
      expect([await names(1), await names(2)]).toEqual([['first'], ['2a', "2b/'"]]);
      const value = [{ ItemNo: 'a', Name: 'again' }];
      const json = { '@odata.context': '#$delta', value };
      expect((await service.send('PATCH', 'Orders(1)/Items', { json })).status).toBe(204);
      expect(await names(1)).toEqual(['again']);
    });

    it('may be left out where the owner says all of them', async () => {
      expect(await update({ Memo: { Text: 'one' } })).toBe(204);
      expect(await update({ Memo: { Text: 'two' } })).toBe(204);
      expect((await service.send('GET', 'Memos')).json.value).toMatchObject([{ OrderID: 1, Text: 'two' }]);
    });

    it.each([
      ['leave out what cannot be without its owner', { Items: [{ ItemNo: 'a', Name: 'first' }] }],
      ['name one twice', { Items: [{ ItemNo: 'a' }, { ItemNo: 'a', OrderID: 1 }, { ItemNo: "b/'" }] }],
      ['hold a part that is no key', { Items: [{ ItemNo: 5 }, { ItemNo: "b/'" }] }],
      ['hold none', { Items: [{ Name: 'first' }] }],
    ])('are refused where they %s', async (_, json) => {
      expect(await update(json)).toBe(400);
      expect(await names(1)).toEqual(['1a', "1b/'"]);
    });
  });

  it('are whole where nothing of them would be left', async () => {
    expect((await service.send('GET', 'Orders(1)/Note')).status).toBe(204);
  });
});
