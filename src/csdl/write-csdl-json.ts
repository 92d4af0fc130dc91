import type { CsdlDocument, Model } from '../edm/index.js';

import { mergedDocument, type WriteOptions } from './merge-documents.js';

/** A schema as CSDL JSON, as `$metadata` answers it where JSON is asked for. [CSDL-JSON 3] */
export function writeCsdlJson(schema: CsdlDocument | Model, options: WriteOptions = {}): string {
  return JSON.stringify(mergedDocument(schema, options));
}
