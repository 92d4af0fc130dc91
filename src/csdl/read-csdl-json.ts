import { isCsdlObject, type CsdlDocument, type CsdlValue } from '../edm/index.js';

import { CsdlError } from './csdl-error.js';
import { faultOffset } from './json/fault-offset.js';
import { validateDocument } from './json/validate-document.js';
import { Positions } from './positions.js';

/** Reads a CSDL JSON document. [CSDL-JSON 3] */
export function readCsdlJson(
  text: string,
  file = 'metadata.json',
  positions: Positions = new Positions(),
): CsdlDocument {
  const document = parse(text.startsWith('\uFEFF') ? text.slice(1) : text, file);
  if (!isCsdlObject(document)) throw new CsdlError({ file }, 'This is not CSDL: the document is not a JSON object.');
  validateDocument(document, file, (message) => positions.problems.push({ severity: 'warning', file, message }));
  positions.of(file).note(document, 0);
  return document as unknown as CsdlDocument;
}

function parse(text: string, file: string): CsdlValue {
  try {
    return JSON.parse(text) as CsdlValue;
  } catch (error) {
    const reason = `Malformed JSON: ${(error as Error).message}.`;
    throw new CsdlError({ file, ...lineAndColumn(text, faultOffset(text)) }, reason, error);
  }
}

function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: lines.at(-1)!.length + 1 };
}
