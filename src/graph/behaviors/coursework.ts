import { randomUUID } from 'node:crypto';

import type { Behavior, Entities, Entity, Handler, OperationEvent, OperationResult } from '../../behavior/index.js';
import { isJsonObject, type JsonObject, type Model } from '../../edm/index.js';

import { callerOf, identityOf } from '../caller.js';
import { containedIn } from '../contained-in.js';
import { declaredOf } from '../declared-of.js';

import { declaredActions } from './declared-actions.js';

const ASSIGNMENT = 'microsoft.graph.educationAssignment';
const SUBMISSION = 'microsoft.graph.educationSubmission';
const RECIPIENT = 'microsoft.graph.educationSubmissionIndividualRecipient';
const WORKING = 'resources';
const SUBMITTED = 'submittedResources';

type OperationHandler = Handler<OperationEvent, OperationResult>;

/** Assignments are published, and what students make of them is handed in and given back. [Graph: educationAssignment: publish; educationSubmission: submit, unsubmit and return] */
export function coursework(model: Model): Behavior {
  const isDeclared = [ASSIGNMENT, SUBMISSION, RECIPIENT].every((name) => model.type(name) !== undefined);
  if (!isDeclared) return {};
  const actions: Record<string, OperationHandler> = {
    publish,
    submit: passOn('submitted', 'submitted', WORKING, SUBMITTED),
    unsubmit: passOn('working', 'unsubmitted', SUBMITTED, WORKING),
    return: passOn('returned', 'returned'),
  };
  return declaredActions(actions, model);
}

/** Each student to whom it is assigned gets a submission to work on. [Graph: educationAssignment: publish] */
const publish: OperationHandler = async ({ binding: assignment, entities, model }, next) => {
  if (assignment?.row.type !== ASSIGNMENT) return next();
  const collection = `${assignment.row.collection}/${assignment.row.key}/submissions`;
  const holders = (await entities.related(assignment, 'submissions')).map(({ document }) =>
    userOf(document['recipient']),
  );
  const type = model.entityTypeOrThrow(SUBMISSION);
  for (const userId of await studentsOf(assignment, { entities })) {
    if (holders.includes(userId)) continue;
    const members = declaredOf(type, { status: 'working' });
    await entities.create(collection, SUBMISSION, {
      id: randomUUID(),
      ...members,
      recipient: { '@odata.type': RECIPIENT, userId },
    });
  }
  return entities.update(assignment, declaredOf(model.entityTypeOrThrow(ASSIGNMENT), { status: 'published' }));
};

/** Those whom the assignment names, or all members of the class that do not teach it. [Graph: educationAssignmentRecipient resource type] */
async function studentsOf(
  { row, document }: Entity,
  { entities }: Pick<OperationEvent, 'entities'>,
): Promise<readonly string[]> {
  const assigned = document['assignTo'];
  const type = isJsonObject(assigned ?? null) ? (assigned as JsonObject)['@odata.type'] : undefined;
  if (typeof type === 'string' && type.endsWith('IndividualRecipient')) {
    const { recipients } = assigned as JsonObject;
    return Array.isArray(recipients) ? recipients.filter((each) => typeof each === 'string') : [];
  }
  if (typeof type === 'string' && !type.endsWith('ClassRecipient')) return [];
  const place = containedIn(row.collection);
  const taught = place === undefined ? undefined : await entities.get(place);
  if (taught === undefined) return [];
  const teachers = new Set((await entities.related(taught, 'teachers')).map((each) => each.row.key));
  const members = await entities.related(taught, 'members');
  return members.filter((each) => !teachers.has(each.row.key)).map((each) => String(each.document['id']));
}

function userOf(recipient: unknown): unknown {
  return typeof recipient === 'object' && recipient !== null && 'userId' in recipient ? recipient.userId : undefined;
}

/** A submission gets another status, and says who gave it and when; what it consists of goes along. */
function passOn(status: string, done: string, from?: string, to?: string): OperationHandler {
  return async ({ binding: submission, entities, model, now }, next) => {
    if (submission?.row.type !== SUBMISSION) return next();
    if (from !== undefined && to !== undefined) await copyResources(submission, from, to, entities);
    const caller = await callerOf(entities);
    const members = {
      status,
      [`${done}DateTime`]: now,
      [`${done}By`]: caller === undefined ? null : { user: identityOf(caller) },
    };
    return entities.update(submission, declaredOf(model.entityTypeOrThrow(SUBMISSION), members));
  };
}

async function copyResources(submission: Entity, from: string, to: string, entities: Entities): Promise<void> {
  for (const earlier of await entities.related(submission, to)) await entities.remove(earlier);
  const { collection, key } = submission.row;
  for (const { row, document } of await entities.related(submission, from))
    await entities.create(`${collection}/${key}/${to}`, row.type, { ...document, id: randomUUID() });
}
