import {
  isJsonObject,
  keptSent,
  overlayItems,
  writeJson,
  type JsonObject,
  type StructuredType,
} from '../../edm/index.js';
import { badRequest, changedMeanwhile } from '../../error/index.js';
import type { Row } from '../../store/index.js';

import { documentOf } from '../row-document.js';
import { typeOfRow } from '../row-type.js';
import { countUpPrincipals } from './principals.js';
import type { WriteContext } from './write-context.js';

/** Lays values over a stored entity, without asking its behaviours. */
export async function writeDocument(row: Row, changes: JsonObject, context: WriteContext): Promise<void> {
  const { unit, parts } = context;
  refuseNulls(typeOfRow(row, parts), changes);
  const present = (await unit.hold(row)) ?? row;
  const before = documentOf(present);
  const document = overlayItems(before, changes);
  const { collection, key, type: typeName } = present;
  const sent = keptSent(present.sent, before, document);
  const stored = await unit.replace(
    { collection, key, type: typeName, document: writeJson(document), sent },
    present.version,
  );
  if (stored === undefined) throw changedMeanwhile('entity');
  await countUpPrincipals(present, before, document, context);
}

function refuseNulls(type: StructuredType, changes: JsonObject): void {
  for (const [name, value] of Object.entries(changes)) {
    const property = type.properties.get(name);
    if (value === null && property?.isNullable === false)
      throw badRequest(`The relation cannot be removed, since '${name}' must not be null.`, { target: name });
    if (!isJsonObject(value) || property?.type.kind !== 'complex') continue;
    for (const each of property.isCollection ? Object.values(value) : [value])
      if (isJsonObject(each)) refuseNulls(property.type, each);
  }
}
