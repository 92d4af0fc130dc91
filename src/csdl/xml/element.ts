import { SaxesParser } from 'saxes';

import { CsdlError } from '../csdl-error.js';

const MAX_DEPTH = 100;
const MAX_CHARACTERS = 100_000_000;

/** An element of an XML document with its unprefixed attributes, children and text. */
export interface XmlElement {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

interface OpenElement extends XmlElement {
  readonly children: OpenElement[];
  text: string;
}

/**
 * Reads an XML document into a tree. Document type declarations are refused, and with them every entity
 * but the five predefined ones; nesting and size are bounded.
 */
export function parseXml(text: string, file: string): XmlElement {
  if (text.length > MAX_CHARACTERS)
    throw new CsdlError({ file }, `The document is longer than ${MAX_CHARACTERS} characters.`);
  const parser = new SaxesParser({ xmlns: true, position: true });
  const open: OpenElement[] = [];
  let root: OpenElement | undefined;
  let start = { line: 1, column: 1 };

  const fail = (reason: string, place: { line: number; column: number } = parser): never => {
    throw new CsdlError({ file, line: place.line, column: place.column }, reason);
  };
  parser.on('error', (error) => fail(`Malformed XML: ${error.message.replace(/^\d+:\d+: /, '')}`));
  parser.on('doctype', () => fail('Document type declarations are not allowed in CSDL.'));
  parser.on('opentagstart', (tag) => {
    if (open.length >= MAX_DEPTH) fail(`Elements are nested deeper than ${MAX_DEPTH} levels.`);
    start = { line: parser.line, column: Math.max(1, parser.column - tag.name.length - 1) };
  });
  parser.on('opentag', (tag) => {
    const attributes = new Map<string, string>();
    for (const name in tag.attributes) {
      const attribute = tag.attributes[name]!;
      if (attribute.prefix === '' && attribute.local !== 'xmlns') attributes.set(attribute.local, attribute.value);
    }
    const element = { name: tag.local, namespace: tag.uri, attributes, children: [], text: '', ...start };
    const parent = open.at(-1);
    if (parent) parent.children.push(element);
    else root = element;
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  const addText = (part: string): void => {
    const parent = open.at(-1);
    if (parent) parent.text += part;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.write(text.startsWith('\uFEFF') ? text.slice(1) : text).close();
  return root ?? fail('The document has no root element.');
}
