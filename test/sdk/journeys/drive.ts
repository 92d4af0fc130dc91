import assert from 'node:assert/strict';

import { ResponseType } from '@microsoft/microsoft-graph-client';

import type { Clients } from '../clients.js';
import { newUser } from '../new-user.js';

export async function filesAreAddressedByTheirPaths({ client, sdk }: Clients): Promise<void> {
  const user = await sdk.users.post(newUser('Drive Owner'));
  const drive = `/users/${user!.id!}/drive`;
  const file = await client.api(`${drive}/root:/folder a/b c.txt:/content`).put('some text');
  assert.deepEqual([file.name, file.size], ['b c.txt', 9]);
  const content = await client.api(`${drive}/items/${file.id}/content`).responseType(ResponseType.TEXT).get();
  assert.equal(content, 'some text');
  const folder = await client.api(`${drive}/root:/folder a:`).get();
  assert.equal(folder.folder.childCount, 1);
  const children = await client.api(`${drive}/root:/folder a:/children`).get();
  assert.deepEqual(
    children.value.map(({ id }: { id: string }) => id),
    [file.id],
  );
  await client.api(`${drive}/items/${folder.id}`).delete();
  await assert.rejects(client.api(`${drive}/items/${file.id}`).get(), { statusCode: 404 });
}

export async function foldersAreCreated({ client, sdk }: Clients): Promise<void> {
  const user = await sdk.users.post(newUser('Folder Owner'));
  const children = `/users/${user!.id!}/drive/root/children`;
  const folder = await client.api(children).post({ name: 'New Folder', folder: {} });
  assert.ok(folder.folder);
  assert.deepEqual(
    (await client.api(children).select('name').get()).value.map(({ name }: { name: string }) => name),
    ['New Folder'],
  );
}
