import { randomUUID } from 'node:crypto';

import type { EnumType, Facets, Model, Property, StructuredType, TypeReference } from '../../src/edm/index.js';

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
export type JsonObject = Readonly<Record<string, Json>>;

const DEEPEST = 3;

/** What names others that must exist, by properties of which the schema does not say so. [Graph: appRoleAssignment resource type] */
const REFERRING: ReadonlySet<string> = new Set(['microsoft.graph.appRoleAssignment']);

/**
 * An object that the schema allows a client to create: every property that a client may write has a value, and complex
 * values go a few levels deep. Texts are new each time, so that no alternate key is taken twice.
 */
export function validObject(type: StructuredType, model: Model): JsonObject | undefined {
  return REFERRING.has(type.qualifiedName) ? undefined : objectOf(type, model, 0);
}

/** The same object made wrong in one place: by a property that is not declared, or else by a value of the wrong type. */
export function spoilt(type: StructuredType, object: JsonObject): JsonObject | undefined {
  const wrong = { undeclaredByTheSchema: 1 };
  if (!type.isOpen) return { ...object, ...wrong };
  const scalar = [...type.properties.values()].find(
    ({ name, type: { kind } }) => Object.hasOwn(object, name) && kind !== 'complex' && kind !== 'entity',
  );
  return scalar === undefined ? undefined : { ...object, [scalar.name]: wrong };
}

/** The first of a type and its derived ones that objects can have; undefined where all are abstract. */
function concrete(type: StructuredType, model: Model): StructuredType | undefined {
  return [type, ...model.derivedTypes(type)].find((each) => !each.isAbstract);
}

function objectOf(declared: StructuredType, model: Model, depth: number): JsonObject | undefined {
  const type = concrete(declared, model);
  if (type === undefined) return undefined;
  const keys = new Set(type.kind === 'entity' ? type.key.map(({ name }) => name) : []);
  const members: Record<string, Json> = type === declared ? {} : { '@odata.type': `#${type.qualifiedName}` };
  for (const property of type.properties.values()) {
    if (keys.has(property.name) || !isWritable(property)) continue;
    const value = valueOf(property.reference, property.name, model, depth);
    if (value !== undefined) members[property.name] = value;
  }
  return members;
}

/** What the service says of an item by where it stands, what it holds and what it asks for, although the schema does not call it computed. */
const SERVICE_SAYS: ReadonlySet<string> = new Set(
  [
    'baseItem/parentReference',
    'contactFolder/parentFolderId',
    'driveItem/folder',
    'driveItem/size',
    'extensionProperty/name',
    'mailFolder/childFolderCount',
    'mailFolder/parentFolderId',
    'mailFolder/totalItemCount',
    'mailFolder/unreadItemCount',
    'message/parentFolderId',
    'plannerBucket/planId',
    'plannerTask/bucketId',
    'plannerTask/planId',
    'request/completedDateTime',
    'request/status',
    'temporaryAccessPassAuthenticationMethod/isUsable',
    'temporaryAccessPassAuthenticationMethod/methodUsabilityReason',
    'temporaryAccessPassAuthenticationMethod/temporaryAccessPass',
    'unifiedRoleAssignmentScheduleRequest/targetScheduleId',
    'unifiedRoleEligibilityScheduleRequest/targetScheduleId',
  ].map((name) => `microsoft.graph.${name}`),
);

/** What has rules of which the schema says nothing. [Graph: patternedRecurrence resource type] */
const RULED = 'microsoft.graph.event/recurrence';

/** Values of types whose texts mean something. [Graph: dateTimeTimeZone resource type] */
const MEANINGFUL: Readonly<Record<string, JsonObject>> = {
  'microsoft.graph.dateTimeTimeZone': { dateTime: '2024-01-01T09:00:00.0000000', timeZone: 'UTC' },
};

/**
 * [Core Computed, Core Permissions; Graph: driveItem, mailFolder, message, plannerBucket and plannerTask resource types, Create
 * extensionProperty, temporaryAccessPassAuthenticationMethod and unifiedRoleAssignmentScheduleRequest resource types]
 */
function isWritable(property: Property): boolean {
  if (`${property.declaringType.qualifiedName}/${property.name}` === RULED) return false;
  if (SERVICE_SAYS.has(`${property.declaringType.qualifiedName}/${property.name}`)) return false;
  if (property.type.qualifiedName === 'Edm.Stream') return false;
  if (property.annotation('Org.OData.Core.V1.Computed') === true) return false;
  return property.annotation('Org.OData.Core.V1.Permissions') !== 'Read';
}

function valueOf(reference: TypeReference, name: string, model: Model, depth: number): Json | undefined {
  const item = itemOf(reference, name, model, depth);
  return reference.isCollection ? (item === undefined ? [] : [item]) : item;
}

function itemOf({ type, facets }: TypeReference, name: string, model: Model, depth: number): Json | undefined {
  switch (type.kind) {
    case 'complex':
      if (Object.hasOwn(MEANINGFUL, type.qualifiedName)) return MEANINGFUL[type.qualifiedName];
      return depth < DEEPEST ? objectOf(type, model, depth + 1) : undefined;
    case 'enum':
      return memberOf(type);
    case 'definition':
    case 'primitive':
      return scalarOf(type.qualifiedName, name, facets);
    default:
      return undefined;
  }
}

/** A member that clients see under its own name: one before the sentinel of an evolvable enumeration. */
function memberOf({ members }: EnumType): string | undefined {
  return members.find((member) => member.name !== 'unknownFutureValue')?.name;
}

const SCALARS: Readonly<Record<string, Json>> = {
  'Edm.Binary': 'bW9ja2dyYXBo',
  'Edm.Boolean': true,
  'Edm.Date': '2026-01-31',
  'Edm.DateTimeOffset': '2026-01-31T08:30:00Z',
  'Edm.Duration': 'PT8H',
  'Edm.TimeOfDay': '08:30:00',
  'Edm.Byte': 1,
  'Edm.SByte': 1,
  'Edm.Int16': 1,
  'Edm.Int32': 1,
  'Edm.Int64': 1,
  'Edm.Single': 1.5,
  'Edm.Double': 1.5,
  'Edm.Decimal': 1,
};

function scalarOf(typeName: string, name: string, { maxLength }: Facets): Json | undefined {
  if (typeName === 'Edm.Guid') return randomUUID();
  if (typeName !== 'Edm.String') return SCALARS[typeName];
  const text = `${name} ${randomUUID()}`;
  return typeof maxLength === 'number' ? text.slice(-maxLength) : text;
}
