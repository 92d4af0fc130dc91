import assert from 'node:assert/strict';

import { BatchRequestContent as ClientBatch, BatchResponseContent } from '@microsoft/microsoft-graph-client';
import { BatchRequestContent } from '@microsoft/msgraph-sdk-core';

import { ERRORS, type Clients } from '../clients.js';
import { newUser } from '../new-user.js';

export async function stepsOfTheJavaScriptClientDependOnEachOther({ client, adapter }: Clients): Promise<void> {
  const request = (method: string, path: string, body?: unknown) =>
    new Request(`${adapter.baseUrl}${path}`, {
      method,
      headers: { 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const user = newUser('Batched Person');
  const batch = new ClientBatch([
    { id: 'create', request: request('POST', '/users', user) },
    { id: 'read', request: request('GET', `/users/${user.userPrincipalName!}`), dependsOn: ['create'] },
    { id: 'delete', request: request('DELETE', `/users/${user.userPrincipalName!}`), dependsOn: ['read'] },
    { id: 'gone', request: request('GET', `/users/${user.userPrincipalName!}`), dependsOn: ['delete'] },
  ]);
  const answers = new BatchResponseContent(await client.api('/$batch').post(await batch.getContent()));
  const statuses = ['create', 'read', 'delete', 'gone'].map((id) => answers.getResponseById(id)?.status);
  assert.deepEqual(statuses, [201, 200, 204, 404]);
  const read = (await answers.getResponseById('read')!.json()) as { displayName: string };
  assert.equal(read.displayName, 'Batched Person');
}

/** This SDK's preview sends no headers of steps, hence no bodies, and reads none either: what is left are the statuses. */
export async function stepsOfTheSdkAreAnswered({ sdk, adapter }: Clients): Promise<void> {
  const user = (await sdk.users.post(newUser('Known Person')))!;
  const batch = new BatchRequestContent(adapter, ERRORS);
  const known = batch.addBatchRequest(sdk.users.byUserId(user.id!).toGetRequestInformation());
  const unknown = batch.addBatchRequest(sdk.users.byUserId('nobody').toGetRequestInformation());
  const answers = (await batch.postAsync())!;
  assert.deepEqual(
    [...(await answers.getResponsesStatusCodes())].toSorted(([, a], [, b]) => a - b),
    [
      [known.id, 200],
      [unknown.id, 404],
    ],
  );
}
