import type { Operation } from '../edm/index.js';

const ACCEPTED = 202;
const CREATED = 201;

/** What actions answer where it is neither 200 nor 204, by the type that they are bound to. [Graph: section "Response" of their pages] */
const STATUSES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  user: { sendMail: ACCEPTED, exportPersonalData: ACCEPTED },
  message: {
    move: CREATED,
    copy: CREATED,
    send: ACCEPTED,
    reply: ACCEPTED,
    replyAll: ACCEPTED,
    forward: ACCEPTED,
    createReply: CREATED,
    createReplyAll: CREATED,
    createForward: CREATED,
  },
  event: {
    accept: ACCEPTED,
    tentativelyAccept: ACCEPTED,
    decline: ACCEPTED,
    cancel: ACCEPTED,
    forward: ACCEPTED,
  },
  post: { reply: ACCEPTED, forward: ACCEPTED },
  conversationThread: { reply: ACCEPTED },
  team: { archive: ACCEPTED, unarchive: ACCEPTED, clone: ACCEPTED },
  call: { answer: ACCEPTED, redirect: ACCEPTED, reject: ACCEPTED, transfer: ACCEPTED },
  notebook: { copyNotebook: ACCEPTED },
  onenoteSection: { copyToNotebook: ACCEPTED, copyToSectionGroup: ACCEPTED },
  onenotePage: { copyToSection: ACCEPTED },
  driveItem: { createLink: CREATED },
  workbook: { createSession: CREATED },
  contentType: { addCopy: CREATED },
};

export function actionStatus({ name, bindingParameter }: Operation): number | undefined {
  const type = bindingParameter?.reference.typeName.replace(/^microsoft\.graph\./, '') ?? '';
  const statuses = Object.hasOwn(STATUSES, type) ? STATUSES[type]! : {};
  return Object.hasOwn(statuses, name) ? statuses[name] : undefined;
}
