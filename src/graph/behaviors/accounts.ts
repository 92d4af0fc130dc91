import { defineBehavior, type Entity, type OperationEvent } from '../../behavior/index.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../edm/index.js';
import { badRequest, notFound } from '../../error/index.js';

/** Licences, passwords and the recycle bin of directory objects. */
export const accounts = defineBehavior({
  action: {
    'microsoft.graph.assignLicense': (event) => assignLicense(event),
    'microsoft.graph.changePassword': async ({ parameters }) => {
      if (parameters.get('currentPassword') === parameters.get('newPassword')) {
        throw badRequest('The new password must differ from the current one.', { target: 'newPassword' });
      }
      return undefined;
    },
  },
});

/** Adds and removes licences; removing one that is not there is an error. [Graph: user: assignLicense] */
async function assignLicense({ binding, parameters, entities }: OperationEvent): Promise<Entity> {
  if (binding === undefined) throw notFound('There is nobody to assign licences to.');
  const add = (parameters.get('addLicenses') as readonly JsonObject[] | null) ?? [];
  const remove = new Set((parameters.get('removeLicenses') as readonly string[] | null) ?? []);
  const present = licencesOf(binding);
  const missing = [...remove].find((id) => !present.some((licence) => licence['skuId'] === id));
  if (missing !== undefined)
    throw badRequest(`The licence '${missing}' is not assigned, so it cannot be removed.`, {
      target: 'removeLicenses',
    });
  const added = new Set(add.map((licence) => licence['skuId']));
  const kept = present.filter(
    (licence) => !remove.has(String(licence['skuId'])) && !added.has(licence['skuId'] ?? null),
  );
  return entities.update(binding, { assignedLicenses: [...kept, ...add] as JsonValue[] });
}

function licencesOf({ document }: Entity): JsonObject[] {
  const licences = document['assignedLicenses'];
  return Array.isArray(licences) ? licences.filter(isJsonObject) : [];
}
