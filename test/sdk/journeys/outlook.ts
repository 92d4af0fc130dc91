import assert from 'node:assert/strict';

import { BodyTypeObject, type Message } from '@microsoft/msgraph-sdk/models/index.js';

import type { Clients } from '../clients.js';
import { newUser } from '../new-user.js';

async function mailbox({ sdk }: Clients) {
  const user = await sdk.users.post(newUser('Mail Box'));
  return sdk.users.byUserId(user!.id!);
}

const MESSAGE: Message = {
  subject: 'Lunch?',
  body: { contentType: BodyTypeObject.Text, content: 'At noon.' },
  toRecipients: [{ emailAddress: { name: 'Ada', address: 'ada@example.com' } }],
};

export async function messagesAreDraftedFiledAndRead(clients: Clients): Promise<void> {
  const box = await mailbox(clients);
  const draft = (await box.messages.post(MESSAGE))!;
  assert.equal(draft.toRecipients?.[0]?.emailAddress?.address, 'ada@example.com');
  const folder = (await box.mailFolders.post({ displayName: 'Plans' }))!;
  const filed = (await box.mailFolders.byMailFolderId(folder.id!).messages.post({ ...MESSAGE, subject: 'Filed' }))!;
  const inFolder = await box.mailFolders
    .byMailFolderId(folder.id!)
    .messages.get({ queryParameters: { select: ['id', 'subject'] } });
  assert.deepEqual(
    inFolder?.value?.map(({ id, subject }) => [id, subject]),
    [[filed.id, 'Filed']],
  );
  await box.messages.byMessageId(draft.id!).patch({ isRead: true, importance: 'high' });
  const read = await box.messages.byMessageId(draft.id!).get();
  assert.deepEqual([read?.isRead, read?.importance, read?.body?.content], [true, 'high', 'At noon.']);
  await box.messages.byMessageId(draft.id!).delete();
}

export async function mailIsSent(clients: Clients): Promise<void> {
  const box = await mailbox(clients);
  await box.sendMail.post({ message: MESSAGE, saveToSentItems: true });
}

export async function attachmentsKeepTheirTypes(clients: Clients): Promise<void> {
  const box = await mailbox(clients);
  const message = (await box.messages.post(MESSAGE))!;
  const attachments = box.messages.byMessageId(message.id!).attachments;
  await attachments.post({
    odataType: '#microsoft.graph.fileAttachment',
    name: 'menu.txt',
    contentType: 'text/plain',
    additionalData: { contentBytes: 'c291cA==' },
  });
  const [attachment] = (await attachments.get())!.value!;
  assert.deepEqual([attachment?.odataType, attachment?.name], ['#microsoft.graph.fileAttachment', 'menu.txt']);
}

export async function eventsAreKept(clients: Clients): Promise<void> {
  const box = await mailbox(clients);
  const start = { dateTime: '2026-12-01T12:00:00', timeZone: 'UTC' };
  const end = { dateTime: '2026-12-01T13:00:00', timeZone: 'UTC' };
  const created = (await box.events.post({ subject: 'Lunch', start, end, isAllDay: false }))!;
  assert.equal(created.start?.dateTime?.slice(0, 19), start.dateTime);
  await box.events.byEventId(created.id!).patch({ subject: 'Dinner', isOnlineMeeting: true });
  const listed = await box.events.get({
    queryParameters: { filter: "subject eq 'Dinner'", select: ['id', 'subject', 'end'] },
  });
  assert.deepEqual(
    listed?.value?.map(({ id, subject }) => [id, subject]),
    [[created.id, 'Dinner']],
  );
  await box.events.byEventId(created.id!).delete();
  assert.deepEqual((await box.events.get())?.value, []);
}
