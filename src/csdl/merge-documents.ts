import { isDeepStrictEqual } from 'node:util';

import { isCsdlObject, type CsdlDocument, type CsdlObject, type CsdlValue, type Model } from '../edm/index.js';

/** `4.0` or `4.01`, for the answer to a client that asked for that version. */
export interface WriteOptions {
  readonly version?: '4.0' | '4.01';
}

/** All documents of a model as one. */
export function mergedDocument(schema: CsdlDocument | Model, options: WriteOptions): CsdlDocument {
  const documents = isModel(schema) ? schema.documents : [schema];
  const merged: Record<string, CsdlValue> = { $Version: options.version ?? documents[0]?.$Version ?? '4.01' };
  const references: Record<string, CsdlObject> = {};
  for (const document of documents)
    for (const [uri, reference] of Object.entries(document.$Reference ?? {}))
      if (isCsdlObject(reference)) references[uri] = mergedReference(references[uri], reference);
  if (Object.keys(references).length > 0) merged['$Reference'] = references;
  for (const document of documents) {
    if (document.$EntityContainer !== undefined) merged['$EntityContainer'] ??= document.$EntityContainer;
    for (const [namespace, json] of Object.entries(document))
      if (!namespace.startsWith('$') && json !== undefined) merged[namespace] = json;
  }
  return merged as unknown as CsdlDocument;
}

/** Two documents may include different namespaces of one referenced document. */
function mergedReference(first: CsdlObject | undefined, second: CsdlObject): CsdlObject {
  const merged: Record<string, CsdlValue> = { ...first };
  for (const [member, value] of Object.entries(second)) {
    const known = merged[member];
    if (!Array.isArray(known) || !Array.isArray(value)) merged[member] = value;
    else {
      const added = (value as CsdlValue[]).filter((item) => !known.some((other) => isDeepStrictEqual(other, item)));
      merged[member] = [...(known as CsdlValue[]), ...added];
    }
  }
  return merged;
}

function isModel(schema: CsdlDocument | Model): schema is Model {
  return Array.isArray((schema as Model).documents);
}
