import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';

import { PageIterator } from '@microsoft/msgraph-sdk-core';
import type { ODataError } from '@microsoft/msgraph-sdk/models/oDataErrors/index.js';
import { createUserCollectionResponseFromDiscriminatorValue, type User } from '@microsoft/msgraph-sdk/models/index.js';

import { ERRORS, type Clients } from '../clients.js';
import { newUser } from '../new-user.js';

export async function usersAreCreatedReadChangedAndDeleted({ sdk }: Clients): Promise<void> {
  const sent = newUser('Grace Hopper');
  const created = await sdk.users.post(sent);
  assert.equal(created?.displayName, sent.displayName);
  const id = created!.id!;
  const byName = await sdk.users
    .byUserId(sent.userPrincipalName!)
    .get({ queryParameters: { select: ['id', 'mailNickname'] } });
  assert.deepEqual([byName?.id, byName?.mailNickname, byName?.displayName], [id, sent.mailNickname, undefined]);
  await sdk.users.byUserId(id).patch({ jobTitle: 'Rear Admiral', department: null });
  assert.equal(
    (await sdk.users.byUserId(id).get({ queryParameters: { select: ['jobTitle'] } }))?.jobTitle,
    'Rear Admiral',
  );
  await sdk.users.byUserId(id).delete();
  await assert.rejects(sdk.users.byUserId(id).get(), (error: ODataError) => {
    assert.equal(error.responseStatusCode, 404);
    assert.ok(error.errorEscaped?.code);
    assert.ok(error.errorEscaped?.innerError?.requestId);
    return true;
  });
}

export async function usersArePagedThrough({ sdk, adapter, client }: Clients): Promise<void> {
  const department = randomUUID();
  for (let index = 0; index < 7; index++) await sdk.users.post({ ...newUser(`Paged ${String(index)}`), department });
  const filter = `department eq '${department}'`;
  const first = await sdk.users.get({ queryParameters: { filter, top: 3, select: ['displayName'] } });
  assert.equal(first?.value?.length, 3);
  assert.ok(first?.odataNextLink);
  const names: (string | null | undefined)[] = [];
  const take = (user: User) => Boolean(names.push(user.displayName));
  await new PageIterator<User>(
    adapter,
    first as never,
    take,
    createUserCollectionResponseFromDiscriminatorValue as never,
    ERRORS,
  ).iterate();
  assert.deepEqual(
    names.toSorted(),
    Array.from({ length: 7 }, (_, index) => `Paged ${String(index)}`),
  );
  const page = await client.api('/users').filter(filter).top(2).select('displayName').get();
  assert.deepEqual([page.value.length, typeof page['@odata.nextLink']], [2, 'string']);
}

export async function usersAreCountedAndSearched({ sdk }: Clients): Promise<void> {
  const department = randomUUID();
  await sdk.users.post({ ...newUser('Counted One'), department });
  await sdk.users.post({ ...newUser('Counted Two'), department });
  const headers = { ConsistencyLevel: 'eventual' };
  const filter = `department eq '${department}'`;
  assert.equal(await sdk.users.count.get({ headers, queryParameters: { filter } }), 2);
  const counted = await sdk.users.get({ headers, queryParameters: { filter, count: true, top: 1 } });
  assert.deepEqual([Number(counted?.odataCount), counted?.value?.length], [2, 1]);
  const found = await sdk.users.get({ headers, queryParameters: { search: `"displayName:Two"`, filter } });
  assert.deepEqual(
    found?.value?.map(({ displayName }) => displayName),
    ['Counted Two'],
  );
}

export async function changesOfUsersAreFollowed({ sdk }: Clients): Promise<void> {
  let page = await sdk.users.delta.get();
  while (page?.odataNextLink) page = await sdk.users.delta.withUrl(page.odataNextLink).get();
  assert.ok(page?.odataDeltaLink);
  const created = await sdk.users.post(newUser('Delta Person'));
  const changes = await sdk.users.delta.withUrl(page!.odataDeltaLink!).get();
  assert.deepEqual(
    changes?.value?.map(({ id }) => id),
    [created!.id],
  );
  await sdk.users.byUserId(created!.id!).delete();
  const removed = await sdk.users.delta.withUrl(changes!.odataDeltaLink!).get();
  assert.equal(removed?.value?.[0]?.id, created!.id);
  assert.ok(removed?.value?.[0]?.additionalData?.['@removed']);
}

export async function managersAndReportsAreRelated({ sdk, adapter }: Clients): Promise<void> {
  const manager = (await sdk.users.post(newUser('Ada Manager')))!;
  const report = (await sdk.users.post(newUser('Bob Report')))!;
  await sdk.users.byUserId(report.id!).manager.ref.put({ odataId: `${adapter.baseUrl}/users/${manager.id!}` });
  const read = await sdk.users.byUserId(report.id!).manager.get();
  assert.deepEqual([read?.id, read?.odataType], [manager.id, '#microsoft.graph.user']);
  const reports = await sdk.users.byUserId(manager.id!).directReports.get();
  assert.deepEqual(
    reports?.value?.map(({ id }) => id),
    [report.id],
  );
  await sdk.users.byUserId(report.id!).manager.ref.delete();
  assert.deepEqual((await sdk.users.byUserId(manager.id!).directReports.get())?.value, []);
}
