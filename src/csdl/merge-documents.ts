import { isCsdlObject, type CsdlDocument, type CsdlObject, type CsdlValue, type Model } from '../edm/index.js';

/** `4.0` or `4.01`, for the answer to a client that asked for that version. */
export interface WriteOptions {
  readonly version?: '4.0' | '4.01';
}

/** All documents of a model as one; what one declares and another refers to need not be referenced any more. */
export function mergedDocument(schema: CsdlDocument | Model, options: WriteOptions): CsdlDocument {
  const documents = isModel(schema) ? schema.documents : [schema];
  const merged: Record<string, CsdlValue> = { $Version: options.version ?? documents[0]?.$Version ?? '4.01' };
  const references: Record<string, CsdlObject> = {};
  for (const document of documents)
    for (const [uri, reference] of Object.entries(document.$Reference ?? {}))
      if (isCsdlObject(reference)) references[uri] = { ...references[uri], ...reference };
  if (Object.keys(references).length > 0) merged['$Reference'] = references;
  for (const document of documents) {
    if (document.$EntityContainer !== undefined) merged['$EntityContainer'] ??= document.$EntityContainer;
    for (const [namespace, json] of Object.entries(document))
      if (!namespace.startsWith('$') && json !== undefined) merged[namespace] = json;
  }
  return merged as unknown as CsdlDocument;
}

function isModel(schema: CsdlDocument | Model): schema is Model {
  return Array.isArray((schema as Model).documents);
}
