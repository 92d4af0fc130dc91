import type { Behavior, CreateEvent, Entities, Entity, Handler, UpdateEvent } from '../../behavior/index.js';
import {
  isJsonObject,
  oncePer,
  type EntityType,
  type JsonObject,
  type JsonValue,
  type Model,
  type StructuredType,
} from '../../edm/index.js';

import { callerOf, identityOf } from '../caller.js';

/** Where a value says who wrote it and when: once, or with each change. */
interface Signature {
  readonly by: string;
  readonly at: string;
  readonly isOnce: boolean;
}

const CHANGED: Signature = { by: 'lastModifiedBy', at: 'lastModifiedDateTime', isOnce: false };

/** Values of complex types, and of those that derive from them, that the service signs. */
const SIGNED: Readonly<Record<string, readonly Signature[]>> = {
  // [Graph: educationResource, educationFeedback and educationAssignmentGrade resource types]
  'microsoft.graph.educationResource': [{ by: 'createdBy', at: 'createdDateTime', isOnce: true }, CHANGED],
  'microsoft.graph.educationFeedback': [{ by: 'feedbackBy', at: 'feedbackDateTime', isOnce: false }],
  'microsoft.graph.educationAssignmentGrade': [{ by: 'gradedBy', at: 'gradedDateTime', isOnce: false }],
  // [Graph: plannerAssignment, plannerChecklistItem and plannerExternalReference resource types]
  'microsoft.graph.plannerAssignment': [{ by: 'assignedBy', at: 'assignedDateTime', isOnce: true }],
  'microsoft.graph.plannerChecklistItem': [CHANGED],
  'microsoft.graph.plannerExternalReference': [CHANGED],
};

/** Open types whose members are values of a signed type, each under a name of its own. [Graph: Planner tasks and plans] */
const HOLDERS: Readonly<Record<string, string>> = {
  'microsoft.graph.plannerAssignments': 'microsoft.graph.plannerAssignment',
  'microsoft.graph.plannerChecklistItems': 'microsoft.graph.plannerChecklistItem',
  'microsoft.graph.plannerExternalReferences': 'microsoft.graph.plannerExternalReference',
};

/** The service writes down who wrote values within an entity and when, where the client does not say so. */
export function signedValues(model: Model): Behavior {
  const create: Handler<CreateEvent, Entity> = async ({ document, type, entities, now }, next) => {
    await sign(document, {}, model.entityTypeOrThrow(type), { entities, now, model });
    return next();
  };
  const update: Handler<UpdateEvent, Entity> = async ({ document, entity, type, entities, now }, next) => {
    await sign(document, entity.document, model.entityTypeOrThrow(type), { entities, now, model });
    return next();
  };
  return { create: { 'Edm.EntityType': create }, update: { 'Edm.EntityType': update } };
}

interface Signing {
  readonly entities: Entities;
  readonly now: string;
  readonly model: Model;
}

async function sign(
  document: JsonObject,
  before: JsonObject,
  type: EntityType,
  { entities, now, model }: Signing,
): Promise<void> {
  const changed = signedPropertiesOf(type).filter(
    ({ name }) => isJsonObject(document[name] ?? null) && !isSame(document[name], before[name]),
  );
  if (changed.length === 0) return;
  const user = await callerOf(entities);
  const signature = { by: user === undefined ? undefined : { user: identityOf(user) }, at: now };
  for (const { name, declared } of changed)
    document[name] = signed(document[name]!, before[name], declared, signature, model);
}

interface Written {
  readonly by: JsonObject | undefined;
  readonly at: string;
}

function signed(
  value: JsonValue,
  before: JsonValue | undefined,
  declared: StructuredType,
  written: Written,
  model: Model,
): JsonValue {
  if (!isJsonObject(value) || isSame(value, before)) return value;
  const earlier = isJsonObject(before ?? null) ? (before as JsonObject) : {};
  const member = model.structuredType(HOLDERS[declared.qualifiedName] ?? '');
  if (member !== undefined)
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, signed(each, earlier[name], member, written, model)]),
    );
  const whole: JsonObject = { ...value };
  for (const { by, at, isOnce } of signaturesOf(declared)) {
    const isNew = isOnce
      ? (whole[at] ?? null) === null
      : isSame(whole[at], earlier[at]) || (whole[at] ?? null) === null;
    if (!isNew) continue;
    whole[at] = written.at;
    if (written.by !== undefined) whole[by] = written.by;
  }
  return whole;
}

/** The properties of a type that hold signed values. */
const signedPropertiesOf = oncePer(
  (type: EntityType): readonly { readonly name: string; readonly declared: StructuredType }[] =>
    [...type.properties.values()].flatMap(({ name, type: declared, isCollection }) =>
      !isCollection &&
      declared.kind === 'complex' &&
      (signaturesOf(declared).length > 0 || HOLDERS[declared.qualifiedName] !== undefined)
        ? [{ name, declared }]
        : [],
    ),
);

const signaturesOf = oncePer((type: StructuredType): readonly Signature[] =>
  type.lineage.flatMap(({ qualifiedName }) => SIGNED[qualifiedName] ?? []),
);

function isSame(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}
