import type { CsdlDocument, CsdlObject } from '../edm/index.js';

import { CsdlError } from './csdl-error.js';
import { Positions } from './positions.js';

/** Reads a CSDL JSON document. [CSDL-JSON 3] */
export function readCsdlJson(
  text: string,
  file = 'metadata.json',
  positions: Positions = new Positions(),
): CsdlDocument {
  let document: CsdlDocument;
  try {
    document = JSON.parse(text) as CsdlDocument;
  } catch (error) {
    throw new CsdlError({ file }, `Malformed JSON: ${(error as Error).message}`, error);
  }
  positions.noteFile(document as CsdlObject, file);
  return document;
}
