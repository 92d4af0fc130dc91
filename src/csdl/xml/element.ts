import { SaxesParser } from 'saxes';

import { CsdlError } from '../csdl-error.js';

const MAX_DEPTH = 100;
const MAX_CHARACTERS = 100_000_000;
const NO_PREFIXES: Scope = { '': '', xml: 'http://www.w3.org/XML/1998/namespace' };

/**
 * An element of an XML document. Its name lost its prefix; attributes of other namespaces keep theirs.
 * Text counts in elements without children only, as CSDL has no mixed content.
 */
export interface XmlElement {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** Prefix → namespace; the default namespace has the empty prefix. [XML Names 6] */
type Scope = Readonly<Record<string, string>>;

interface OpenElement extends XmlElement {
  readonly scope: Scope;
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
  const parser = new SaxesParser<{ xmlns: false }>({ xmlns: false });
  const open: OpenElement[] = [];
  let root: OpenElement | undefined;
  let next = { attributes: {} as Record<string, string>, prefixes: undefined as Scope | undefined, line: 1, column: 1 };

  const fail = (reason: string): never => {
    throw new CsdlError({ file, line: parser.line, column: Math.max(1, parser.column) }, reason);
  };
  parser.on('doctype', () => fail('Document type declarations are not allowed in CSDL.'));
  parser.on('opentagstart', (tag) => {
    if (open.length >= MAX_DEPTH) fail(`Elements are nested deeper than ${MAX_DEPTH} levels.`);
    const column = Math.max(1, parser.column - tag.name.length - 1);
    next = { attributes: {}, prefixes: undefined, line: parser.line, column };
  });
  parser.on('attribute', ({ name, value }) => {
    if (name.startsWith('xmlns') && (name.length === 5 || name[5] === ':'))
      next.prefixes = { ...next.prefixes, [name.slice(6)]: value };
    else next.attributes[name] = value;
  });
  parser.on('opentag', (tag) => {
    const parent = open.at(-1);
    const outer = parent?.scope ?? NO_PREFIXES;
    const scope = next.prefixes ? { ...outer, ...next.prefixes } : outer;
    const colon = tag.name.indexOf(':');
    const prefix = colon < 0 ? '' : tag.name.slice(0, colon);
    const namespace = scope[prefix] ?? fail(`Malformed XML: the namespace prefix '${prefix}' is not declared.`);
    const { attributes, line, column } = next;
    const name = colon < 0 ? tag.name : tag.name.slice(colon + 1);
    const element: OpenElement = { name, namespace, attributes, children: [], text: '', line, column, scope };
    if (parent) parent.children.push(element);
    else root = element;
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  const addText = (part: string): void => {
    const parent = open.at(-1);
    if (parent?.children.length === 0) parent.text += part;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  // Without an error handler the parser throws. It keeps handlers as properties, and an eighth one makes it 2.5 times slower.
  try {
    parser.write(text.startsWith('\uFEFF') ? text.slice(1) : text).close();
  } catch (error) {
    if (error instanceof CsdlError) throw error;
    fail(`Malformed XML: ${(error as Error).message.replace(/^\d+:\d+: /, '')}`);
  }
  return root ?? fail('The document has no root element.');
}
