import type {
  Behavior,
  CreateEvent,
  Entities,
  Entity,
  Handler,
  OperationEvent,
  OperationResult,
} from '../../behavior/index.js';
import { isJsonObject, writeJson, type EntityType, type JsonObject, type Model } from '../../edm/index.js';
import { badRequest } from '../../error/index.js';

import { declaredOf, inDeclaredCase } from '../declared-of.js';
import { instantAfter } from '../instant-after.js';

/** `roleManagement/directory/roleAssignmentScheduleRequests` and its kin. */
const COLLECTION = /ScheduleRequests$/;
const CANCEL = 'microsoft.graph.cancel';

/** Types of requests in privileged identity management, whose schedules and instances are called after them. */
const REQUESTS: readonly string[] = [
  'unifiedRoleAssignmentSchedule',
  'unifiedRoleEligibilitySchedule',
  'privilegedAccessGroupAssignmentSchedule',
  'privilegedAccessGroupEligibilitySchedule',
].map((name) => `microsoft.graph.${name}Request`);

/** What a request and its schedule are about: only one schedule is about all of the same. */
const SUBJECT = ['principalId', 'roleDefinitionId', 'directoryScopeId', 'appScopeId', 'groupId', 'accessId'] as const;

/** What becomes of requests, where it is not that something is granted. */
const REMOVALS: ReadonlySet<string> = new Set(['adminRemove', 'selfDeactivate']);
const PETITIONS: ReadonlySet<string> = new Set(['selfExtend', 'selfRenew']);

/** Statuses of requests that are over. */
const OVER: ReadonlySet<string> = new Set(['Canceled', 'Denied', 'Failed', 'Provisioned', 'Revoked']);

/**
 * A request for a role or a membership is decided at once, as in a tenant whose policies ask for no approval: what it grants
 * has a schedule, and an instance where that has begun; what it revokes loses them. [Graph: Create
 * roleAssignmentScheduleRequests, roleEligibilityScheduleRequest, assignmentScheduleRequest; unifiedRoleAssignmentSchedule]
 */
export function scheduleRequests(model: Model): Behavior {
  const declared = REQUESTS.filter((name) => model.type(name)?.kind === 'entity');
  if (declared.length === 0) return {};
  return {
    create: Object.fromEntries(declared.map((name) => [name, decide])),
    ...(model.operations(CANCEL).length === 0 ? {} : { action: { [CANCEL]: cancel } }),
  };
}

const decide: Handler<CreateEvent, Entity> = async (event, next) => {
  const { document, model, type } = event;
  Object.assign(document, declaredOf(model.entityTypeOrThrow(type), outcomeOf(event)));
  const request = await next();
  if (document['isValidationOnly'] !== true && COLLECTION.test(event.collection)) await carryOut(request, event);
  return request;
};

function outcomeOf({ document, now }: CreateEvent): JsonObject {
  const { action, isValidationOnly = null, scheduleInfo = null, ticketInfo = null } = document;
  const asked = { isValidationOnly: isValidationOnly ?? false, scheduleInfo, ticketInfo: ticketInfo ?? {} };
  if (REMOVALS.has(String(action))) return { ...asked, status: 'Revoked' };
  if (PETITIONS.has(String(action))) return { ...asked, status: 'PendingAdminDecision' };
  const start = startOf(document) ?? now;
  const period = { ...(isJsonObject(scheduleInfo) ? scheduleInfo : {}), startDateTime: start };
  const granted = { ...asked, scheduleInfo: period, targetScheduleId: scheduleIdOf(document) };
  return isBegun(start, now)
    ? { ...granted, completedDateTime: now, status: 'Provisioned' }
    : { ...granted, completedDateTime: start, status: 'Granted' };
}

/** Schedules of groups tell in their ids what they are about. [Graph: Create assignmentScheduleRequest] */
function scheduleIdOf({ id, groupId = null, accessId = null }: JsonObject): string {
  return groupId === null || accessId === null ? String(id) : [groupId, accessId, id].map(String).join('_');
}

async function carryOut(request: Entity, event: CreateEvent): Promise<void> {
  const { action, status } = request.document;
  if (status === 'PendingAdminDecision') return;
  await removeEarlier(request, event);
  if (REMOVALS.has(String(action))) return;
  const schedule = scheduleOf(request.document, event.now);
  await add('Schedules', '', schedule, request, event);
  if (status === 'Provisioned') await add('ScheduleInstances', 'Instance', instanceOf(schedule), request, event);
}

async function removeEarlier(request: Entity, { entities, model, collection }: CreateEvent): Promise<void> {
  const subject = subjectOf(request.document);
  await entities.claim(writeJson([collection, subject]));
  for (const [suffix, ending] of [
    ['Schedules', ''],
    ['ScheduleInstances', 'Instance'],
  ] as const) {
    const type = typeBeside(request, ending, model);
    if (type === undefined) continue;
    const values = declaredOf(type, subject);
    const earlier = await entities.having(type, [beside(collection, suffix)], values);
    for (const each of earlier)
      if (SUBJECT.every((name) => (each.document[name] ?? null) === (values[name] ?? null)))
        await entities.remove(each);
  }
}

function subjectOf(request: JsonObject): JsonObject {
  return Object.fromEntries(SUBJECT.map((name) => [name, request[name] ?? null]));
}

/** [Graph: unifiedRoleAssignmentSchedule, privilegedAccessGroupAssignmentSchedule resource types] */
function scheduleOf(request: JsonObject, now: string): JsonObject {
  return {
    ...subjectOf(request),
    id: request['targetScheduleId'] ?? null,
    assignmentType: request['action'] === 'selfActivate' ? 'Activated' : 'Assigned',
    createdDateTime: now,
    createdUsing: request['id'] ?? null,
    memberType: 'Direct',
    modifiedDateTime: now,
    scheduleInfo: request['scheduleInfo'] ?? null,
    status: request['status'] ?? null,
  };
}

/** [Graph: unifiedRoleAssignmentScheduleInstance, privilegedAccessGroupAssignmentScheduleInstance resource types] */
function instanceOf(schedule: JsonObject): JsonObject {
  const id = schedule['id'] ?? null;
  return {
    ...schedule,
    assignmentScheduleId: id,
    eligibilityScheduleId: id,
    endDateTime: endOf(schedule),
    roleAssignmentScheduleId: id,
    roleEligibilityScheduleId: id,
    startDateTime: startOf(schedule) ?? null,
  };
}

async function add(
  suffix: string,
  ending: string,
  document: JsonObject,
  request: Entity,
  { collection, entities, model }: CreateEvent,
): Promise<void> {
  const type = typeBeside(request, ending, model);
  if (type === undefined) return;
  const declared = inDeclaredCase(type, declaredOf(type, document));
  await entities.create(beside(collection, suffix), type.qualifiedName, declared);
}

function beside(collection: string, suffix: string): string {
  return collection.replace(COLLECTION, suffix);
}

function typeBeside({ row }: Entity, ending: string, model: Model): EntityType | undefined {
  const type = model.type(row.type.replace(/Request$/, ending));
  return type?.kind === 'entity' ? type : undefined;
}

/** A request can be taken back as long as it is not carried out. [Graph: unifiedRoleAssignmentScheduleRequest: cancel] */
const cancel: Handler<OperationEvent, OperationResult> = async ({ binding, entities, model }, next) => {
  if (binding === undefined || !REQUESTS.includes(binding.row.type)) return next();
  const { status } = binding.document;
  if (OVER.has(String(status))) throw badRequest(`A request with the status '${String(status)}' cannot be canceled.`);
  await withoutSchedule(binding, entities, model);
  await entities.update(binding, { status: 'Canceled' });
  return undefined;
};

async function withoutSchedule({ row, document }: Entity, entities: Entities, model: Model): Promise<void> {
  const type = model.type(row.type.replace(/Request$/, ''));
  const { targetScheduleId = null } = document;
  if (type?.kind !== 'entity' || targetScheduleId === null || !COLLECTION.test(row.collection)) return;
  const found = await entities.having(type, [beside(row.collection, 'Schedules')], { id: targetScheduleId });
  for (const schedule of found) await entities.remove(schedule);
}

function startOf({ scheduleInfo = null }: JsonObject): string | undefined {
  const start = isJsonObject(scheduleInfo) ? scheduleInfo['startDateTime'] : undefined;
  return typeof start === 'string' ? start : undefined;
}

function endOf(schedule: JsonObject): string | null {
  const info = schedule['scheduleInfo'] ?? null;
  const expiration = (isJsonObject(info) ? info['expiration'] : undefined) ?? null;
  if (!isJsonObject(expiration)) return null;
  const { endDateTime = null, duration = null } = expiration;
  if (typeof endDateTime === 'string') return endDateTime;
  const start = startOf(schedule);
  return start === undefined || typeof duration !== 'string' ? null : instantAfter(start, duration);
}

function isBegun(start: string, now: string): boolean {
  return Date.parse(start) <= Date.parse(now);
}
