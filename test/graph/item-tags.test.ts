import { describe, expect, it } from '@jest/globals';

import { complexType, entityType, of, optional, useTenant } from './tenant-in-test.js';

const facet = (type: string) => optional(of(type));

const tenant = useTenant(
  {
    baseItem: { ...entityType('eTag name'), $Abstract: true },
    driveItem: entityType('cTag', { file: facet('file'), folder: facet('folder') }, 'baseItem'),
    listItem: entityType('', {}, 'baseItem'),
    file: complexType('mimeType'),
    folder: complexType('view'),
  },
  { items: 'driveItem', listItems: 'listItem' },
);

// [Graph: baseItem, driveItem resource types]
describe('tags of items', () => {
  it('tell the version of the item', async () => {
    const { id, eTag } = await tenant.created('listItems', { name: 'one' });
    const own = id.toUpperCase();
    expect(eTag).toBe(`"{${own}},1"`);
    for (const version of [2, 3]) {
      await tenant.send('PATCH', `listItems/${id}`, { name: String(version) });
      expect(await tenant.read(`listItems/${id}`)).toMatchObject({ eTag: `"{${own}},${version}"` });
    }
  });

  it('tell the version of the content of files alone', async () => {
    const file = await tenant.created('items', { name: 'a.txt', file: {} });
    expect(file.cTag).toBe(`"c:{${file.id.toUpperCase()}},1"`);
    await tenant.send('PATCH', `items/${file.id}`, { name: 'b.txt' });
    expect(await tenant.read(`items/${file.id}`)).toMatchObject({ cTag: file.cTag });
    expect(await tenant.created('items', { name: 'a', folder: {} })).toMatchObject({ cTag: null });
  });

  it('are what a client says they are, until the next change', async () => {
    const { id, eTag } = await tenant.created('listItems', { eTag: 'mine' });
    expect(eTag).toBe('mine');
    await tenant.send('PATCH', `listItems/${id}`, { eTag: 'other' });
    expect(await tenant.read(`listItems/${id}`)).toMatchObject({ eTag: 'other' });
    await tenant.send('PATCH', `listItems/${id}`, { name: 'two' });
    expect(await tenant.read(`listItems/${id}`)).toMatchObject({ eTag: `"{${id.toUpperCase()}},1"` });
  });
});
