import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

import { Model, type CsdlDocument, type ModelOptions } from '../edm/index.js';

import { CsdlError } from './csdl-error.js';
import { Positions } from './positions.js';
import { readCsdlJson } from './read-csdl-json.js';
import { readXml } from './read-xml.js';

/** A CSDL document: the path of a file, or its text with a name to call it by in messages. */
export type CsdlSource = string | { readonly text: string; readonly file?: string };

interface SourceText {
  readonly file: string;
  readonly text: string;
}

export interface LoadedModel {
  readonly model: Model;
  readonly documents: readonly CsdlDocument[];
  /** Where the parts of the schema stand, for `checkSchema`. */
  readonly positions: Positions;
  /** The text of the document, where the model was made of a single one in XML. */
  readonly xml: string | undefined;
}

const MAX_BYTES = 200_000_000;

/** Reads one or several CSDL documents, XML or JSON, gzipped or not, into one model. */
export function loadModel(sources: CsdlSource | readonly CsdlSource[], options: ModelOptions = {}): LoadedModel {
  const positions = new Positions();
  const list = Array.isArray(sources) ? (sources as readonly CsdlSource[]) : [sources as CsdlSource];
  const texts = list.map(textOf);
  const documents = texts.map((text) => readSource(text, positions));
  const [only] = texts;
  const xml = texts.length === 1 && only !== undefined && !isJson(only.text) ? only.text : undefined;
  return { model: new Model(documents, options), documents, positions, xml };
}

function textOf(source: CsdlSource): SourceText {
  if (typeof source === 'string') return { file: source, text: readText(source) };
  return { file: source.file ?? 'metadata', text: source.text };
}

function readSource({ file, text }: SourceText, positions: Positions): CsdlDocument {
  return isJson(text) ? readCsdlJson(text, file, positions) : readXml(text, file, positions);
}

function isJson(text: string): boolean {
  return /^\uFEFF?\s*\{/.test(text);
}

/** gzip starts with the bytes 1F 8B. [RFC 1952 2.3.1] */
function readText(path: string): string {
  try {
    const bytes = readFileSync(path);
    const isGzipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return (isGzipped ? gunzipSync(bytes, { maxOutputLength: MAX_BYTES }) : bytes).toString('utf8');
  } catch (error) {
    throw new CsdlError({ file: path }, `The file cannot be read: ${(error as Error).message}`, error);
  }
}
