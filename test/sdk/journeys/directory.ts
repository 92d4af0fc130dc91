import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';

import { GraphError, PageIterator, type PageCollection } from '@microsoft/microsoft-graph-client';

import type { Clients } from '../clients.js';
import { newUser } from '../new-user.js';

export async function groupsHaveMembers({ client, sdk }: Clients): Promise<void> {
  const group = await client.api('/groups').post({
    displayName: 'Library Assist',
    mailEnabled: false,
    mailNickname: `library-${randomUUID()}`,
    securityEnabled: true,
    groupTypes: [],
  });
  const users = [await sdk.users.post(newUser('First Member')), await sdk.users.post(newUser('Second Member'))];
  for (const user of users)
    await client
      .api(`/groups/${group.id}/members/$ref`)
      .post({ '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${user!.id!}` });
  const members = await client.api(`/groups/${group.id}/members`).get();
  assert.deepEqual(
    members.value.map((member: Record<string, unknown>) => member['@odata.type']),
    ['#microsoft.graph.user', '#microsoft.graph.user'],
  );
  const cast = await client.api(`/groups/${group.id}/members/microsoft.graph.user`).select('displayName').get();
  assert.equal(cast.value.length, 2);
  const [first] = users;
  const memberOf = await sdk.users.byUserId(first!.id!).memberOf.get();
  assert.deepEqual(
    memberOf?.value?.map(({ id, odataType }) => [id, odataType]),
    [[group.id, '#microsoft.graph.group']],
  );
  await client.api(`/groups/${group.id}/members/${first!.id!}/$ref`).delete();
  assert.equal((await client.api(`/groups/${group.id}/members`).get()).value.length, 1);
  const checked = await client.api(`/users/${users[1]!.id!}/checkMemberGroups`).post({ groupIds: [group.id] });
  assert.deepEqual(checked.value, [group.id]);
}

export async function pagesOfGroupsAreFollowed({ client }: Clients): Promise<void> {
  const description = randomUUID();
  for (let index = 0; index < 5; index++)
    await client.api('/groups').post({
      displayName: `Group ${String(index)}`,
      description,
      mailEnabled: false,
      mailNickname: `group-${randomUUID()}`,
      securityEnabled: true,
    });
  const page = (await client.api('/groups').filter(`description eq '${description}'`).top(2).get()) as PageCollection;
  const names: string[] = [];
  await new PageIterator(client, page, ({ displayName }) => Boolean(names.push(displayName))).iterate();
  assert.deepEqual(names.toSorted(), ['Group 0', 'Group 1', 'Group 2', 'Group 3', 'Group 4']);
}

export async function applicationsAreFoundByTheirAppId({ client }: Clients): Promise<void> {
  const appId = randomUUID();
  const application = await client.api('/applications').post({ displayName: 'App', appId });
  assert.equal(application.appId, appId);
  const found = await client.api(`/applications(appId='${appId}')`).get();
  assert.equal(found.id, application.id);
  await client.api(`/applications/${application.id}`).patch({ tags: ['a', 'b'] });
  assert.deepEqual((await client.api(`/applications/${application.id}`).get()).tags, ['a', 'b']);
  await client.api(`/applications/${application.id}`).delete();
  await assert.rejects(
    client.api(`/applications/${application.id}`).get(),
    (error: GraphError) => error instanceof GraphError && error.statusCode === 404 && error.requestId !== null,
  );
}
