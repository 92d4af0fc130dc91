import { beforeEach, describe, expect, it } from '@jest/globals';

import type { CsdlDocument } from '../../../src/edm/index.js';
import { useService } from '../service-in-test.js';

const id = { $Kind: 'EntityType', $Key: ['ID'], ID: {} };
const text = { $Nullable: true };
const one = (type: string, more: object) => ({ $Kind: 'NavigationProperty', $Type: type, $Nullable: true, ...more });
const complex = (...names: string[]) => ({
  $Kind: 'ComplexType',
  ...Object.fromEntries(names.map((name) => [name, text])),
});

/** Foreign keys that stand in complex values, and lead to what stands in complex values. [CSDL-JSON 8.5] */
const zoo: CsdlDocument = {
  $Version: '4.01',
  $EntityContainer: 'zoo.Container',
  zoo: {
    Animal: {
      ...id,
      Home: { $Type: 'zoo.Home', $Nullable: true },
      Cage: one('zoo.Cage', { $Partner: 'Animals', $ReferentialConstraint: { 'Home/CageID': 'ID' } }),
      Keeper: one('zoo.Keeper', {
        $Partner: 'Animals',
        $ReferentialConstraint: { 'Home/KeeperBadge': 'Badge/Number' },
      }),
    },
    Home: complex('CageID', 'KeeperBadge', 'Note'),
    Cage: { ...id, Animals: one('zoo.Animal', { $Collection: true, $Partner: 'Cage' }) },
    Keeper: {
      ...id,
      Badge: { $Type: 'zoo.Badge', $Nullable: true },
      Animals: one('zoo.Animal', { $Collection: true, $Partner: 'Keeper' }),
    },
    Badge: complex('Number', 'Colour'),
    Container: {
      $Kind: 'EntityContainer',
      Animals: { $Collection: true, $Type: 'zoo.Animal' },
      Cages: { $Collection: true, $Type: 'zoo.Cage' },
      Keepers: { $Collection: true, $Type: 'zoo.Keeper' },
    },
  },
};

const { send } = useService(zoo);
const LION = "Animals('lion')";
const post = async (set: string, json: object) => expect((await send('POST', set, { json })).status).toBe(201);
const home = async () => (await send('GET', LION)).json.Home;
const animalsOf = async (owner: string) =>
  (await send('GET', `${owner}/Animals`)).json.value.map(({ ID }: { ID: string }) => ID);

beforeEach(async () => {
  await post('Cages', { ID: 'big' });
  await post('Cages', { ID: 'small' });
  await post('Keepers', { ID: 'ada', Badge: { Number: '7', Colour: 'red' } });
  await post('Animals', { ID: 'lion', Home: { Note: 'roars' } });
});

describe('foreign keys within complex values', () => {
  it('are set and removed by references, beside what else is there', async () => {
    const to = (target: string) => ({ json: { '@odata.id': target } });
    expect((await send('PUT', `${LION}/Cage/$ref`, to('Cages/big'))).status).toBe(204);
    expect((await send('POST', "Keepers('ada')/Animals/$ref", to(LION))).status).toBe(204);
    expect(await home()).toEqual({ Note: 'roars', CageID: 'big', KeeperBadge: '7' });
    expect([await animalsOf("Cages('big')"), await animalsOf("Keepers('ada')")]).toEqual([['lion'], ['lion']]);
    expect((await send('GET', `${LION}/Keeper`)).json.ID).toBe('ada');
    expect((await send('DELETE', `${LION}/Cage/$ref`)).status).toBe(204);
    expect(await home()).toEqual({ Note: 'roars', CageID: null, KeeperBadge: '7' });
  });

  it('come with creations, and from the way of a creation', async () => {
    await post('Animals', {
      ID: 'bear',
      'Cage@odata.bind': 'Cages/big',
      Keeper: { ID: 'bob', Badge: { Number: '8' } },
    });
    await post("Cages('big')/Animals", { ID: 'wolf', Home: { Note: 'howls' } });
    expect(await animalsOf("Cages('big')")).toEqual(['bear', 'wolf']);
    expect(await animalsOf("Keepers('bob')")).toEqual(['bear']);
  });

  it('lead to something, and yield to a reference in the same payload', async () => {
    const json = { Home: { CageID: 'none' } };
    const refused = await send('PATCH', LION, { json });
    expect([refused.status, refused.json.error.target]).toEqual([400, 'Home/CageID']);
    const both = { Home: { CageID: 'small', Note: 'moved' }, 'Cage@odata.bind': 'Cages/big' };
    expect((await send('PATCH', LION, { json: both })).status).toBe(204);
    expect(await home()).toMatchObject({ CageID: 'big', Note: 'moved' });
  });

  it('stay where a replacement does not mention them', async () => {
    await send('PATCH', LION, { json: { Home: { CageID: 'big' } } });
    expect((await send('PUT', LION, { json: { Home: { Note: 'new' } } })).status).toBe(204);
    expect(await home()).toEqual({ CageID: 'big', KeeperBadge: null, Note: 'new' });
  });

  it('follow the value that they are tied to, and end with their principal', async () => {
    await send('PATCH', LION, { json: { Home: { CageID: 'big', KeeperBadge: '7' } } });
    expect((await send('PATCH', "Keepers('ada')", { json: { Badge: { Number: '9' } } })).status).toBe(204);
    expect(await home()).toMatchObject({ KeeperBadge: '9' });
    expect((await send('DELETE', "Cages('big')")).status).toBe(204);
    expect((await send('DELETE', "Keepers('ada')")).status).toBe(204);
    expect(await home()).toEqual({ Note: 'roars', CageID: null, KeeperBadge: null });
  });

  it('change the ETags of the entities that they lead to', async () => {
    const etags = async () =>
      Promise.all(["Cages('big')", "Keepers('ada')"].map(async (url) => (await send('GET', url)).headers.get('ETag')));
    const before = await etags();
    await send('PATCH', LION, { json: { Home: { CageID: 'big', KeeperBadge: '7' } } });
    const after = await etags();
    expect(after.filter((etag, index) => etag === before[index])).toEqual([]);
  });
});
