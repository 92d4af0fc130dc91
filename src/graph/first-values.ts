import { isJsonObject, oncePer, type EntityType, type JsonObject, type JsonValue } from '../edm/index.js';

import { declaredOf, inDeclaredCase } from './declared-of.js';
import { FIRST_VALUES_OF_CLOUD_PCS } from './first-values/cloud-pcs.js';
import { FIRST_VALUES_OF_COLLABORATION } from './first-values/collaboration.js';
import { FIRST_VALUES_OF_DIRECTORY } from './first-values/directory.js';
import { FIRST_VALUES_OF_GOVERNANCE } from './first-values/governance.js';
import { FIRST_VALUES_OF_OUTLOOK } from './first-values/outlook.js';
import { FIRST_VALUES_OF_POLICIES } from './first-values/policies.js';
import { FIRST_VALUES_OF_SECURITY } from './first-values/security.js';
import { FIRST_VALUES_OF_SITES } from './first-values/sites.js';
import { FIRST_VALUES_OF_TENANT_RELATIONSHIPS } from './first-values/tenant-relationships.js';
import type { FirstValues, Making } from './making.js';

/** What the service writes into a new entity where the client says nothing, as the pages of the types and of their creation have it. */
const FIRST_VALUES: Readonly<Record<string, FirstValues>> = {
  ...FIRST_VALUES_OF_OUTLOOK,
  ...FIRST_VALUES_OF_COLLABORATION,
  ...FIRST_VALUES_OF_CLOUD_PCS,
  ...FIRST_VALUES_OF_DIRECTORY,
  ...FIRST_VALUES_OF_GOVERNANCE,
  ...FIRST_VALUES_OF_POLICIES,
  ...FIRST_VALUES_OF_SECURITY,
  ...FIRST_VALUES_OF_SITES,
  ...FIRST_VALUES_OF_TENANT_RELATIONSHIPS,
};

/**
 * The members that the service adds to a new entity: those that the type declares and the client left out. What a derived
 * type says wins over what its base types say.
 */
export async function firstValuesOf(type: EntityType, making: Making): Promise<JsonObject> {
  const values: JsonObject = {};
  for (const valuesOf of completionsOf(type)) Object.assign(values, await valuesOf(making));
  const { document, defaulted } = making;
  const missing = Object.entries(values).flatMap(([name, value]) => {
    const given = document[name];
    if (given === undefined || defaulted.has(name)) return [[name, value] as const];
    return MERGED_VALUES.has(name) ? [[name, mergedValue(value, given)] as const] : [];
  });
  return inDeclaredCase(type, declaredOf(type, Object.fromEntries(missing)));
}

/** From the root on, so that what a type says goes over what its base types say. */
const completionsOf = oncePer((type: EntityType): readonly FirstValues[] =>
  [...type.lineage].toReversed().flatMap(({ qualifiedName }) => FIRST_VALUES[qualifiedName] ?? []),
);

/** The names of the types that the service completes. */
export const COMPLETED_TYPES: readonly string[] = Object.keys(FIRST_VALUES);

/** What a client gives of an object goes over what the service writes into it, where both do. */
const MERGED_VALUES: ReadonlySet<string> = new Set(['participants', 'joinMeetingIdSettings']);

function mergedValue(value: JsonValue, given: JsonValue): JsonValue {
  if (!isJsonObject(value) || !isJsonObject(given)) return given;
  const members = Object.entries(given).filter(([, member]) => member !== null);
  return { ...value, ...Object.fromEntries(members) };
}
