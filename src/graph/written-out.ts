import {
  isJsonObject,
  oncePer,
  type JsonObject,
  type JsonValue,
  type Property,
  type StructuredType,
} from '../edm/index.js';

import { declaredOf } from './declared-of.js';

/** When something happened that has not. [Graph: responseStatus resource type] */
export const NEVER = '0001-01-01T00:00:00Z';

type Completion = (value: JsonObject) => JsonObject;

/** [Graph: implicitGrantSettings resource type, Create application] */
export const NO_IMPLICIT_GRANTS: JsonObject = { enableAccessTokenIssuance: false, enableIdTokenIssuance: false };

/** What the service writes out in values of some complex types, and of those that derive from them, where it is left open. */
const COMPLETIONS: Readonly<Record<string, Completion>> = {
  // [Graph: itemBody resource type]
  'microsoft.graph.itemBody': ({ content = null, contentType = null }) =>
    content !== null && contentType === null ? { contentType: 'text' } : {},
  // Who has no name is called by the address. [Graph: recipient resource type; Create message]
  'microsoft.graph.recipient': ({ emailAddress = null }) =>
    isJsonObject(emailAddress) && (emailAddress['name'] ?? null) === null && typeof emailAddress['address'] === 'string'
      ? { emailAddress: { ...emailAddress, name: emailAddress['address'] } }
      : {},
  // Nobody has answered yet. [Graph: attendee resource type; Create event]
  'microsoft.graph.attendee': ({ status = null, type = null }) => ({
    ...(status === null ? { status: { response: 'none', time: NEVER } } : {}),
    ...(type === null ? { type: 'required' } : {}),
  }),
  // [Graph: recurrencePattern resource type]
  'microsoft.graph.recurrencePattern': ({ firstDayOfWeek = null, index = null }) => ({
    ...(firstDayOfWeek === null ? { firstDayOfWeek: 'sunday' } : {}),
    ...(index === null ? { index: 'first' } : {}),
  }),
  // [Graph: webApplication resource type, Create application]
  'microsoft.graph.webApplication': ({ implicitGrantSettings = null }) =>
    implicitGrantSettings === null ? { implicitGrantSettings: NO_IMPLICIT_GRANTS } : {},
  // Lists are generic unless something else is said. [Graph: Create a new list]
  'microsoft.graph.listInfo': ({ template = null }) => (template === null ? { template: 'genericList' } : {}),
};

/** The properties of a type in whose values, or within them, the service writes something out. */
export const openPropertiesOf = oncePer((type: StructuredType): readonly Property[] =>
  [...type.properties.values()].filter((property) => isOpen(property.type, [])),
);

/** A value, or a collection of values, as the service keeps it. */
export function writtenOut(value: JsonValue, type: StructuredType): JsonValue {
  if (Array.isArray(value)) return value.map((item) => writtenOut(item, type));
  if (!isJsonObject(value)) return value;
  const whole: JsonObject = { ...value };
  for (const { name, type: inner } of openPropertiesOf(type))
    if (whole[name] !== undefined) whole[name] = writtenOut(whole[name], inner as StructuredType);
  for (const complete of completionsOf(type)) Object.assign(whole, declaredOf(type, complete(whole)));
  return whole;
}

const completionsOf = oncePer((type: StructuredType): readonly Completion[] =>
  type.lineage.flatMap(({ qualifiedName }) => COMPLETIONS[qualifiedName] ?? []),
);

function isOpen(type: Property['type'], around: readonly Property['type'][]): boolean {
  if (type.kind !== 'complex' || around.includes(type)) return false;
  return (
    completionsOf(type).length > 0 || [...type.properties.values()].some((each) => isOpen(each.type, [...around, type]))
  );
}
