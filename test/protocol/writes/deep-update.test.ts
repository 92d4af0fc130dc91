import { beforeEach, describe, expect, it } from '@jest/globals';

import { useWorkshop } from './workshop.js';

const service = useWorkshop();
const { create, get, patch } = service;

beforeEach(async () => {
  await create('Customers', { ID: 'ada', Name: 'Ada' }, { ID: 'bob', Name: 'Bob' });
  await create('Tags', { ID: 'red', Name: 'Red' }, { ID: 'blue', Name: 'Blue' }, { ID: 'green', Name: 'Green' });
  await create('Orders', {
    ID: '1',
    Name: 'First',
    Number: 7,
    CustomerID: 'ada',
    Lines: [
      { ID: 'a', Amount: 1, Note: 'one' },
      { ID: 'b', Amount: 2, Note: 'two' },
    ],
    Cover: { ID: 'c', Amount: 9, Note: 'cover' },
    'Tags@odata.bind': ["Tags('red')", "Tags('blue')"],
    'Main@odata.bind': "Tags('red')",
  });
});

const lines = async () => (await get("Orders('1')/Lines?$orderby=ID")).value;
const tags = async (order = '1'): Promise<string[]> =>
  (await get(`Orders('${order}')/Tags?$orderby=ID`)).value.map(({ ID }: { ID: string }) => ID);

describe('a single related entity in an update [OData-Protocol 11.4.3.1]', () => {
  it('ends with null', async () => {
    expect((await patch("Orders('1')", { Main: null, Customer: null, Cover: null })).status).toBe(204);
    const order = await get("Orders('1')?$expand=Main,Customer,Cover");
    expect(order).toMatchObject({ Main: null, Customer: null, Cover: null, CustomerID: null, Name: 'First' });
    expect((await service.send('GET', "Tags('red')")).status).toBe(200);
  });

  it.each([
    ['a reference', { '@id': "Tags('blue')" }, { ID: 'blue', Name: 'Blue' }],
    ['its key and other values', { ID: 'blue', Name: 'Navy' }, { ID: 'blue', Name: 'Navy' }],
    ['its id and other values', { '@odata.id': "Tags('blue')", Name: 'Navy' }, { ID: 'blue', Name: 'Navy' }],
    ['what does not exist yet', { ID: 'new', Name: 'New' }, { ID: 'new', Name: 'New' }],
  ])('is set by %s', async (_, Main, expected) => {
    expect((await patch("Orders('1')", { Main })).status).toBe(204);
    expect((await get("Orders('1')?$expand=Main")).Main).toEqual(expected);
  });

  it('may be new without a key, where the service makes one', async () => {
    expect((await patch("Orders('1')", { Customer: { Name: 'Eve' } })).status).toBe(204);
    const order = await get("Orders('1')?$expand=Customer");
    expect(order.Customer.Name).toBe('Eve');
    expect(order.CustomerID).toBe(order.Customer.ID);
  });

  it('is changed where it is contained', async () => {
    expect((await patch("Orders('1')", { Cover: { Amount: 10 } })).status).toBe(204);
    expect((await get("Orders('1')?$expand=Cover")).Cover).toEqual({ ID: 'c', Amount: 10, Note: 'cover' });
  });

  it('makes place where another one is contained', async () => {
    expect((await patch("Orders('1')", { Cover: { ID: 'd', Amount: 1 } })).status).toBe(204);
    expect((await get("Orders('1')?$expand=Cover")).Cover).toEqual({ ID: 'd', Amount: 1, Note: null });
  });

  it('wins over the foreign key that stands beside it', async () => {
    await patch("Orders('1')", { CustomerID: 'ada', Customer: { '@id': "Customers('bob')" } });
    expect((await get("Orders('1')")).CustomerID).toBe('bob');
  });

  it('is set by a binding', async () => {
    await patch("Orders('1')", { 'Main@odata.bind': "Tags('green')", 'Customer@odata.bind': "Customers('bob')" });
    expect(await get("Orders('1')?$expand=Main")).toMatchObject({ CustomerID: 'bob', Main: { ID: 'green' } });
  });
});

describe('a whole related collection in an update [OData-Protocol 11.4.3.1]', () => {
  it('leaves those alone that it names, changes those that it describes, and takes out all others', async () => {
    const Tags = [{ '@id': "Tags('red')" }, { ID: 'green', Name: 'Lime' }, { ID: 'new', Name: 'New' }];
    expect((await patch("Orders('1')", { Tags })).status).toBe(204);
    expect(await tags()).toEqual(['green', 'new', 'red']);
    expect((await get("Tags('green')")).Name).toBe('Lime');
    expect((await get("Tags('blue')")).Name).toBe('Blue');
  });

  it('removes contained entities that it does not name', async () => {
    const Lines = [
      { ID: 'b', Amount: 20 },
      { ID: 'z', Amount: 3, Parts: [{ ID: 'p' }] },
    ];
    expect((await patch("Orders('1')", { Lines })).status).toBe(204);
    expect(await lines()).toEqual([
      { ID: 'b', Amount: 20, Note: 'two' },
      { ID: 'z', Amount: 3, Note: null },
    ]);
    expect((await get("Orders('1')/Lines('z')/Parts")).value).toHaveLength(1);
  });

  it('sets foreign keys of those that depend on the entity', async () => {
    await create('Orders', { ID: '2' }, { ID: '3', CustomerID: 'ada' });
    const Orders = [{ '@id': "Orders('2')" }, { ID: '3', Name: 'Third' }, { ID: '4' }];
    expect((await patch("Customers('ada')", { Orders })).status).toBe(204);
    const owners = (await get('Orders?$orderby=ID')).value.map((order: any) => [order.ID, order.CustomerID]); // oxlint-disable-line typescript/no-explicit-any
    expect(owners).toEqual([
      ['1', null],
      ['2', 'ada'],
      ['3', 'ada'],
      ['4', 'ada'],
    ]);
  });

  it('may be empty', async () => {
    expect((await patch("Orders('1')", { Tags: [], Lines: [] })).status).toBe(204);
    expect([await tags(), await lines()]).toEqual([[], []]);
  });

  it('works from the other end', async () => {
    await create('Orders', { ID: '2' });
    expect((await patch("Tags('red')", { Orders: [{ '@id': "Orders('2')" }] })).status).toBe(204);
    expect([await tags('1'), await tags('2')]).toEqual([['blue'], ['red']]);
  });

  it('gets more members by a binding', async () => {
    expect((await patch("Orders('1')", { 'Tags@odata.bind': ["Tags('green')", "Tags('red')"] })).status).toBe(204);
    expect(await tags()).toEqual(['blue', 'green', 'red']);
  });

  it('goes as deep as the payload does', async () => {
    const Lines = [{ ID: 'a', Parts: [{ ID: 'x', Parts: [{ ID: 'y', Note: 'deep' }] }] }];
    expect((await patch("Orders('1')", { Lines })).status).toBe(204);
    expect((await get("Orders('1')/Lines('a')/Parts('x')/Parts")).value).toEqual([
      { ID: 'y', Amount: null, Note: 'deep' },
    ]);
  });

  it('reads members as what they are', async () => {
    await create('Orders', { '@odata.type': '#workshop.UrgentOrder', ID: '2', CustomerID: 'ada' });
    const change = { Orders: [{ ID: '1' }, { ID: '2', Reason: 'fire' }] };
    expect((await patch("Customers('ada')", change)).status).toBe(204);
    expect((await get("Orders('2')")).Reason).toBe('fire');
  });
});

describe('changes of a related collection in an update [OData-JSON 15]', () => {
  it.each(['Tags@delta', 'Tags@odata.delta'])('add, change and take out members: %s', async (name) => {
    const delta = [
      { '@removed': { reason: 'changed' }, '@id': "Tags('red')" },
      { '@odata.removed': { reason: 'deleted' }, ID: 'blue' },
      { '@id': "Tags('green')" },
      { ID: 'new', Name: 'New' },
    ];
    expect((await patch("Orders('1')", { [name]: delta })).status).toBe(204);
    expect(await tags()).toEqual(['green', 'new']);
    expect((await service.send('GET', "Tags('red')")).status).toBe(200);
    expect((await service.send('GET', "Tags('blue')")).status).toBe(404);
  });

  it('remove contained entities whatever the reason', async () => {
    const delta = [
      { '@removed': {}, ID: 'a' },
      { ID: 'b', Note: 'changed' },
    ];
    expect((await patch("Orders('1')", { 'Lines@delta': delta })).status).toBe(204);
    expect(await lines()).toEqual([{ ID: 'b', Amount: 2, Note: 'changed' }]);
  });
});

describe('PUT with related entities [OData-Protocol 11.4.3.1]', () => {
  it('resets values that are left out, and leaves related entities alone that are', async () => {
    expect((await service.send('PUT', "Orders('1')", { json: { Main: { '@id': "Tags('blue')" } } })).status).toBe(204);
    const order = await get("Orders('1')?$expand=Main,Lines");
    expect(order).toMatchObject({ Name: null, Number: 7, Main: { ID: 'blue', Name: 'Blue' } });
    expect(order.Lines).toHaveLength(2);
    expect(await tags()).toEqual(['blue', 'red']);
  });

  it('resets what it describes of related entities', async () => {
    await service.send('PUT', "Orders('1')", { json: { Lines: [{ ID: 'a', Amount: 5 }] } });
    expect(await lines()).toEqual([{ ID: 'a', Amount: 5, Note: null }]);
  });
});

describe('an update that cannot be done', () => {
  const refused: [string, object, number, string][] = [
    ['a reference to nothing', { Main: { '@id': "Tags('none')" } }, 400, 'Main'],
    ['a reference within a list to nothing', { Tags: [{ '@id': "Tags('none')" }] }, 400, 'Tags/0'],
    ['an id and a key of two entities', { Main: { '@id': "Tags('red')", ID: 'blue', Name: 'x' } }, 400, 'Main'],
    ['a wrong value within', { Tags: [{ ID: 'red', Name: 1 }] }, 400, 'Tags/0/Name'],
    ['an unknown property within', { Lines: [{ ID: 'a', Colour: 'red' }] }, 400, 'Lines/0/Colour'],
    ['a number for an entity', { Customer: null, Main: 1 }, 400, 'Main'],
    ['the same member twice', { Tags: [{ '@id': "Tags('red')" }, { ID: 'red', Name: 'x' }] }, 400, 'Tags/1'],
    ['a removed entity in a whole collection', { Tags: [{ '@removed': {}, ID: 'red' }] }, 400, 'Tags/0'],
    ['a strange reason', { 'Tags@delta': [{ '@removed': { reason: 'bored' }, ID: 'red' }] }, 400, 'Tags/0'],
    ['removal of what is not related', { 'Tags@delta': [{ '@removed': {}, ID: 'green' }] }, 400, 'Tags/0'],
    ['removal of what is not there', { 'Tags@delta': [{ '@removed': {}, ID: 'none' }] }, 400, 'Tags/0'],
    ['changes of a single one', { 'Main@delta': [] }, 400, 'Main@odata.delta'],
    ['changes that are no list', { 'Tags@delta': {} }, 400, 'Tags@odata.delta'],
    ['an object for a collection', { Tags: { ID: 'red' } }, 400, 'Tags'],
    ['null for a collection', { Tags: null }, 400, 'Tags'],
    ['a text for an entity', { Main: 'red' }, 400, 'Main'],
    ['null for a member', { Tags: [null] }, 400, 'Tags/0'],
    ['what may not be rebound', { Fixed: { '@id': "Tags('red')" } }, 400, 'Fixed'],
    ['what may not be bound', { 'Fixed@odata.bind': "Tags('red')" }, 400, 'Fixed'],
    ['a contained entity of elsewhere', { Lines: [{ '@id': "Tags('red')" }] }, 400, 'Lines/0'],
  ];

  it.each(refused)('%s', async (_, json, status, target) => {
    const answer = await patch("Orders('1')", { Name: 'Changed', ...json });
    expect([answer.status, answer.json.error?.target]).toEqual([status, target]);
    expect(await get("Orders('1')?$expand=Main,Lines,Tags")).toMatchObject({
      Name: 'First',
      Main: { ID: 'red', Name: 'Red' },
      Tags: [{ ID: 'red' }, { ID: 'blue' }],
      Lines: [{ ID: 'a' }, { ID: 'b' }],
    });
  });

  it('with all before the fault undone', async () => {
    const Lines = [{ ID: 'new' }, { ID: 'a', Amount: 'many' }];
    const { status } = await patch("Orders('1')", { Name: 'x', Main: { ID: 'new' }, Lines });
    expect(status).toBe(400);
    expect((await service.send('GET', "Tags('new')")).status).toBe(404);
    expect(await lines()).toHaveLength(2);
  });

  it('since PUT takes no list of changes', async () => {
    const { status, json } = await service.send('PUT', "Orders('1')", { json: { 'Tags@delta': [] } });
    expect([status, json.error.target]).toEqual([400, 'Tags@odata.delta']);
  });

  it('since the set takes no entities within others [Capabilities DeepUpdateSupport]', async () => {
    await create('Lockeds', { ID: '1' });
    expect((await patch("Lockeds('1')", { Tags: [{ ID: 'red', Name: 'x' }] })).status).toBe(400);
    expect((await patch("Lockeds('1')", { Tags: [{ '@id': "Tags('red')" }] })).status).toBe(204);
  });

  it('since an immutable value of a related entity would change [Core Immutable]', async () => {
    const { status } = await patch("Customers('ada')", { Orders: [{ ID: '1', Number: 8 }] });
    expect(status).toBe(400);
  });
});

it('leaves computed values of related entities alone [Core Computed]', async () => {
  expect((await patch("Customers('ada')", { Orders: [{ ID: '1', Total: 8 }] })).status).toBe(204);
  expect((await get("Orders('1')")).Total).toBe(null);
});

describe('ETags in payloads [OData-Protocol 11.4.1.1]', () => {
  const NEWER = { 'OData-Version': '4.01' };

  it('are conditions as of 4.01', async () => {
    const stale = { Tags: [{ ID: 'red', '@etag': 'W/"9"', Name: 'x' }] };
    expect((await patch("Orders('1')", stale, NEWER)).status).toBe(412);
    expect((await patch("Orders('1')", { '@etag': 'W/"9"', Name: 'x' }, NEWER)).status).toBe(412);
    const removal = { 'Tags@delta': [{ '@removed': {}, ID: 'red', '@etag': 'W/"9"' }] };
    expect((await patch("Orders('1')", removal, NEWER)).status).toBe(412);
    for (const etag of ['W/"1"', '*'])
      expect((await patch("Orders('1')/Cover", { Note: 'x', '@etag': etag }, NEWER)).status).toBe(204);
  });

  it('are ignored in 4.0', async () => {
    const headers = { 'OData-Version': '4.0' };
    expect((await patch("Orders('1')", { '@odata.etag': 'W/"9"', Name: 'x' }, headers)).status).toBe(204);
  });
});
