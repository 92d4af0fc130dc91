import { notFound } from '../../error/index.js';
import type { Exchange } from '../exchange.js';

const SCHEMA_VERSION = 'Org.OData.Core.V1.SchemaVersion';

/** `$schemaversion`: `*` or the version that the schema states; 404 for any other. [OData-Protocol 11.2.12] */
export function refuseSchemaVersion({ tree, parts }: Exchange): void {
  const wanted = tree.options.schemaversion?.value;
  if (wanted === undefined || wanted === '*' || wanted === '') return;
  const versions = parts.model.schemas.flatMap(({ namespace, json }) =>
    [...parts.model.annotationsOf(namespace, json)].flatMap(([term, value]) =>
      term === SCHEMA_VERSION ? [String(value)] : [],
    ),
  );
  if (!versions.includes(wanted)) {
    throw notFound(
      `There is no version '${wanted.slice(0, 50)}' of the schema; ${versions.length === 0 ? 'it has none' : `it is ${versions.join(', ')}`}.`,
      { target: '$schemaversion' },
    );
  }
}
