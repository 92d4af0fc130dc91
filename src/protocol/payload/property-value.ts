import { isJsonObject, parseJson, type JsonValue } from '../../edm/index.js';
import { notFound } from '../../error/index.js';
import type { PropertyTarget, Via } from '../../plan/index.js';
import type { Row } from '../../store/index.js';

/** The stored value at a property path; undefined where nothing is stored. 404 below a null. [OData-Protocol 11.2.4] */
export function propertyValue(row: Row, { path }: Pick<PropertyTarget, 'path'>): JsonValue | undefined {
  let value: JsonValue | undefined = parseJson(row.document);
  for (const { property } of path) {
    if (!isJsonObject(value))
      throw notFound(`The property '${property.name}' does not exist, since what it belongs to is null.`);
    value = value[property.name];
  }
  return value;
}

/** Nothing can be related to a complex value that is null. [OData-Protocol 11.2.4] */
export function refuseNull(parent: Row, { within }: Pick<Via, 'within'>): void {
  if (within.length > 0 && (propertyValue(parent, { path: within }) ?? null) === null)
    throw notFound(`The property '${within.map(({ property }) => property.name).join('/')}' is null.`);
}
