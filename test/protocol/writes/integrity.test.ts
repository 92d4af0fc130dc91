import { beforeEach, describe, expect, it } from '@jest/globals';

import type { CsdlDocument } from '../../../src/edm/index.js';
import { useService } from '../service-in-test.js';

const id = { $Kind: 'EntityType', $Key: ['ID'], ID: {} };
const text = (more: object = {}) => ({ $Nullable: true, ...more });

/** A dependent type whose foreign key leads to `House`, and the other end of the relation with an action on delete. */
function dependent(name: string, onDelete: string | undefined, key: object = { $Nullable: true }) {
  const constraint = { $ReferentialConstraint: { HouseID: 'ID' } };
  return {
    [name]: {
      ...id,
      HouseID: key,
      House: { $Kind: 'NavigationProperty', $Type: 'town.House', $Nullable: true, $Partner: name, ...constraint },
    },
    end: {
      [name]: {
        $Kind: 'NavigationProperty',
        $Type: `town.${name}`,
        $Collection: true,
        $Partner: 'House',
        ...(onDelete === undefined ? {} : { $OnDelete: onDelete }),
      },
    },
  };
}

const ends = {
  Cat: dependent('Cat', 'Cascade'),
  Lodger: dependent('Lodger', 'None'),
  Owner: dependent('Owner', 'SetNull'),
  Letter: dependent('Letter', 'SetDefault', { $Nullable: true, $DefaultValue: 'lost' }),
  Bill: dependent('Bill', undefined),
  Wall: dependent('Wall', undefined, {}),
};

const town: CsdlDocument = {
  $Version: '4.01',
  $EntityContainer: 'town.Container',
  town: {
    House: {
      ...id,
      Street: text(),
      ...Object.assign({}, ...Object.values(ends).map(({ end }) => end)),
      Rooms: { $Kind: 'NavigationProperty', $Type: 'town.Room', $Collection: true, $ContainsTarget: true },
      Friends: { $Kind: 'NavigationProperty', $Type: 'town.House', $Collection: true, $Nullable: true },
    },
    ...Object.fromEntries(Object.entries(ends).map(([name, end]) => [name, end[name as never]])),
    Room: { ...id },
    Sign: {
      ...id,
      HouseID: text(),
      HouseStreet: text(),
      House: {
        $Kind: 'NavigationProperty',
        $Type: 'town.House',
        $Nullable: true,
        $ReferentialConstraint: { HouseStreet: 'Street' },
      },
    },
    Person: {
      ...id,
      Home: { $Kind: 'NavigationProperty', $Type: 'town.House' },
      Boss: {
        $Kind: 'NavigationProperty',
        $Type: 'town.Person',
        $Nullable: true,
        $Partner: 'Staff',
        $OnDelete: 'Cascade',
      },
      Staff: {
        $Kind: 'NavigationProperty',
        $Type: 'town.Person',
        $Collection: true,
        $Partner: 'Boss',
        $OnDelete: 'Cascade',
      },
    },
    Container: {
      $Kind: 'EntityContainer',
      Houses: { $Collection: true, $Type: 'town.House' },
      ...Object.fromEntries(
        Object.keys(ends).map((name) => [`${name}s`, { $Collection: true, $Type: `town.${name}` }]),
      ),
      Signs: { $Collection: true, $Type: 'town.Sign' },
      Persons: { $Collection: true, $Type: 'town.Person' },
    },
  },
};

const service = useService(town);
const post = (set: string, json: object) => service.send('POST', set, { json });
const status = async (method: string, url: string, json?: object) =>
  (await service.send(method, url, json === undefined ? {} : { json })).status;
const keyOf = async (url: string) => (await service.send('GET', url)).json.HouseID;

beforeEach(async () => {
  await post('Houses', { ID: '1', Street: 'High Street', Rooms: [{ ID: 'hall' }] });
  await post('Houses', { ID: '2', 'Friends@odata.bind': ["Houses('1')"] });
});

describe('deleting what others depend on [CSDL-JSON 8.6]', () => {
  it('deletes them by Cascade', async () => {
    await post('Cats', { ID: 'a', HouseID: '1' });
    await post('Cats', { ID: 'b', HouseID: '2' });
    expect(await status('DELETE', "Houses('1')")).toBe(204);
    expect([await status('GET', "Cats('a')"), await status('GET', "Cats('b')")]).toEqual([404, 200]);
  });

  it('is refused by None, and changes nothing', async () => {
    await post('Lodgers', { ID: 'a', HouseID: '1' });
    await post('Cats', { ID: 'a', HouseID: '1' });
    expect(await status('DELETE', "Houses('1')")).toBe(409);
    expect([await status('GET', "Houses('1')"), await status('GET', "Cats('a')")]).toEqual([200, 200]);
    expect(await status('DELETE', "Lodgers('a')")).toBe(204);
    expect(await status('DELETE', "Houses('1')")).toBe(204);
  });

  it.each([
    ['SetNull', 'Owners', null],
    ['SetDefault', 'Letters', 'lost'],
    ['nothing that the schema says, where the key may be null', 'Bills', null],
  ])('cuts them off by %s', async (_, set, expected) => {
    await post(set, { ID: 'a', HouseID: '1' });
    expect(await status('DELETE', "Houses('1')")).toBe(204);
    expect(await keyOf(`${set}('a')`)).toBe(expected);
  });

  it('is refused where their key must not be null', async () => {
    expect((await post('Walls', { ID: 'a', HouseID: '1' })).status).toBe(201);
    expect(await status('DELETE', "Houses('1')")).toBe(409);
  });

  it('removes contained entities and links', async () => {
    expect(await status('DELETE', "Houses('1')")).toBe(204);
    expect((await service.send('GET', "Houses('2')/Friends")).json.value).toEqual([]);
    await post('Houses', { ID: '1' });
    expect((await service.send('GET', "Houses('1')/Rooms")).json.value).toEqual([]);
    expect((await service.send('GET', "Houses('2')/Friends")).json.value).toEqual([]);
  });

  it('ends where entities depend on each other in a circle', async () => {
    const home = { 'Home@odata.bind': "Houses('1')" };
    for (const ID of ['a', 'b', 'c']) await post('Persons', { ID, ...home });
    for (const [person, boss] of [
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'a'],
    ])
      await status('PUT', `Persons('${person}')/Boss/$ref`, { '@odata.id': `Persons('${boss}')` });
    expect(await status('DELETE', "Persons('a')")).toBe(204);
    expect((await service.send('GET', 'Persons')).json.value).toEqual([]);
  });
});

describe('foreign keys [CSDL-JSON 8.5]', () => {
  it.each([
    ['a create', 'POST', 'Bills', { ID: 'b', HouseID: 'none' }],
    ['an update', 'PATCH', "Bills('a')", { HouseID: 'none' }],
    ['a replacement', 'PUT', "Bills('a')", { HouseID: 'none' }],
    ['a single value', 'PUT', "Bills('a')/HouseID", { value: 'none' }],
  ])('must lead somewhere: %s', async (_, method, url, json) => {
    await post('Bills', { ID: 'a', HouseID: '1' });
    const answer = await service.send(method, url, { json });
    expect([answer.status, answer.json.error.target]).toEqual([400, 'HouseID']);
    expect(await keyOf("Bills('a')")).toBe('1');
  });

  it('move an entity from one to another', async () => {
    await post('Bills', { ID: 'a', HouseID: '1' });
    expect(await status('PATCH', "Bills('a')", { HouseID: '2' })).toBe(204);
    expect((await service.send('GET', "Houses('2')/Bill")).json.value).toHaveLength(1);
  });

  it('stay where a replacement leaves them out', async () => {
    await post('Bills', { ID: 'a', HouseID: '1' });
    expect(await status('PUT', "Bills('a')", {})).toBe(204);
    expect(await keyOf("Bills('a')")).toBe('1');
  });

  it('follow the value that they are tied to', async () => {
    await post('Signs', { ID: 'a', HouseStreet: 'High Street' });
    for (const [method, url, json] of [
      ['PATCH', "Houses('1')", { Street: 'Low Street' }],
      ['PUT', "Houses('1')/Street", { value: 'Low Street' }],
    ] as const) {
      expect(await status(method, url, json)).toBe(204);
      expect((await service.send('GET', "Signs('a')")).json.HouseStreet).toBe('Low Street');
    }
    await status('DELETE', "Houses('1')/Street");
    expect((await service.send('GET', "Signs('a')")).json.HouseStreet).toBe(null);
  });
});

describe('relations that an entity cannot do without [CSDL-JSON 8.1]', () => {
  it('must come with it', async () => {
    const { status: refused, json } = await post('Persons', { ID: 'a' });
    expect([refused, json.error.target]).toEqual([400, 'Home']);
    for (const Home of [{ '@id': "Houses('1')" }, { ID: 'new' }])
      expect((await post('Persons', { Home })).status).toBe(201);
    expect((await post('Persons', { Home: null })).status).toBe(400);
    expect((await post('Persons', { 'Home@odata.bind': "Houses('none')" })).status).toBe(400);
  });

  it('are changed, and not ended', async () => {
    await post('Persons', { ID: 'a', 'Home@odata.bind': "Houses('1')" });
    expect(await status('DELETE', "Persons('a')/Home/$ref")).toBe(400);
    expect(await status('PATCH', "Persons('a')", { Home: null })).toBe(400);
    expect(await status('PUT', "Persons('a')/Home/$ref", { '@odata.id': "Houses('2')" })).toBe(204);
    expect((await service.send('GET', "Persons('a')/Home")).json.ID).toBe('2');
  });
});
