import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { onEachDatabase, ROOT } from './directory-service.js';

// [Graph: driveItem: delta]
onEachDatabase('changes of a drive', (service) => {
  const drive = 'users/ada/drive';
  const follow = async (link: string) => {
    const { status, text, json } = await service.get(link.slice(ROOT.length + 1));
    expect([status, text]).toEqual([200, text]);
    return json;
  };
  const names = ({ value }: { value: { name: string }[] }) => value.map(({ name }) => name).toSorted();

  beforeAll(async () => {
    await service.create('users', { id: 'ada' });
    await service.create(`${drive}/root/children`, { id: 'f', name: 'folder', folder: {} });
    await service.create(`${drive}/items/f/children`, { id: 'g', name: 'inner', folder: {} });
  });
  afterAll(() => expect(service.faults).toEqual([]));

  it.each([
    `${drive}/root/delta`,
    `${drive}/root/delta()`,
    `${drive}/root/microsoft.graph.delta`,
    `${drive}/items/root/delta`,
    `${drive}/root/delta?$select=name`,
  ])('begin with all that is in it: %s', async (url) => {
    const { status, json } = await service.get(url);
    expect([status, json['@odata.context']]).toEqual([200, `${ROOT}/$metadata#Collection(driveItem)`]);
    expect(names(json)).toEqual(expect.arrayContaining(['folder', 'inner']));
    expect(json['@odata.deltaLink']).toMatch(/\$deltatoken=/);
    expect(json['@odata.nextLink']).toBeUndefined();
  });

  it('come in pages', async () => {
    let json = await follow(`${ROOT}/${drive}/root/delta?$top=1`);
    const found = names(json);
    for (let page = 0; page < 5 && json['@odata.nextLink'] !== undefined; page++) {
      json = await follow(json['@odata.nextLink']);
      found.push(...names(json));
    }
    expect(found).toEqual(expect.arrayContaining(['folder', 'inner']));
    expect(json['@odata.deltaLink']).toBeDefined();
  });

  it.each(['delta?token=latest', "delta(token='latest')", 'delta?$select=name&token=latest'])(
    'begin now with the token of the present: %s',
    async (call) => {
      const { json: now } = await service.get(`${drive}/root/${call}`);
      expect(now.value).toEqual([]);
      expect(now['@odata.deltaLink']).not.toContain('latest');
      const { id } = await service.create(`${drive}/items/f/children`, { name: 'new', folder: {} });
      const first = await follow(now['@odata.deltaLink']);
      expect(names(first)).toEqual(expect.arrayContaining(['new']));
      expect(names(first)).not.toContain('inner');
      expect((await service.send('DELETE', `${drive}/items/${id}`)).status).toBe(204);
      const second = await follow(first['@odata.deltaLink']);
      expect(second.value).toContainEqual({ id, deleted: { state: 'deleted' } });
    },
  );

  it('are refused for a token from elsewhere, and begin with an empty drive', async () => {
    for (const call of ['delta?token=abc', "delta(token='abc')", 'delta?$deltatoken=abc'])
      expect((await service.get(`${drive}/root/${call}`)).status).toBe(400);
    await service.create('users', { id: 'bob' });
    const { status, json } = await service.get('users/bob/drive/root/delta');
    expect([status, names(json).filter((name) => name !== 'root')]).toEqual([200, []]);
  });
});
