import type { CsdlDocument } from '../edm/index.js';
import { suggestion } from '../error/index.js';

import { CsdlError } from './csdl-error.js';
import { Positions } from './positions.js';
import { parseXml, type XmlElement } from './xml/element.js';
import { EDMX } from './xml/grammar.js';
import { Reading, type Draft } from './xml/reading.js';
import { readReferences } from './xml/reference.js';
import { readSchema } from './xml/schema.js';

/** Reads a CSDL XML document into a CSDL JSON object. [CSDL-XML 3] */
export function readXml(text: string, file = 'metadata.xml', positions: Positions = new Positions()): CsdlDocument {
  const root = parseXml(text, file);
  const reading = new Reading(file, versionOf(root, file), positions);
  const children = reading.children(root);
  const references = children.filter((child) => child.name === 'Reference');
  const services = children.filter((child) => child.name === 'DataServices');
  if (services.length !== 1) reading.fail(root, '<edmx:Edmx> must contain exactly one <edmx:DataServices>.');
  const schemas = reading.children(services[0]!);
  for (const reference of references) noteIncludes(reading, reference);
  for (const schema of schemas) noteAlias(reading, schema);

  const document: Draft = reading.note({ $Version: reading.version }, root);
  const included = readReferences(reading, references);
  if (included) document['$Reference'] = included;
  for (const schema of schemas) {
    const namespace = namespaceOf(reading, schema);
    readSchema(reading, schema, (document[namespace] ??= reading.note({}, schema)) as Draft, document);
  }
  return document as unknown as CsdlDocument;
}

/** The root must be an `Edmx` element of OData 4. [CSDL-XML 3.1] */
function versionOf(root: XmlElement, file: string): string {
  const place = { file, line: root.line, column: root.column };
  if (root.namespace.startsWith('http://schemas.microsoft.com/ado/'))
    throw new CsdlError(place, 'This is a schema of OData 3 or older; only CSDL 4.0 and 4.01 can be read.');
  if (root.name !== 'Edmx')
    throw new CsdlError(place, `This is not CSDL: the root is <${root.name}>.${suggestion(root.name, ['Edmx'])}`);
  if (root.namespace !== EDMX)
    throw new CsdlError(place, `This is not CSDL: the root's namespace is '${root.namespace}', not '${EDMX}'.`);
  const version = root.attributes['Version'];
  if (version === '4.0' || version === '4.01') return version;
  throw new CsdlError(place, `Version must be 4.0 or 4.01${version === undefined ? '.' : `, not '${version}'.`}`);
}

function noteIncludes(reading: Reading, reference: XmlElement): void {
  for (const include of reference.children) {
    const namespace = include.attributes['Namespace'];
    if (include.name !== 'Include' || namespace === undefined) continue;
    const uri = reading.required(reference, 'Uri');
    reading.uriOfNamespace.set(namespace, uri);
    const alias = include.attributes['Alias'];
    if (alias === undefined) continue;
    reading.aliases.add(namespace, alias);
    reading.uriOfNamespace.set(alias, uri);
  }
}

function noteAlias(reading: Reading, schema: XmlElement): void {
  const alias = schema.attributes['Alias'];
  if (alias !== undefined) reading.aliases.add(namespaceOf(reading, schema), alias);
}

function namespaceOf(reading: Reading, schema: XmlElement): string {
  const namespace = reading.required(schema, 'Namespace');
  if (/^[^\s.$@]+(\.[^\s.$@]+)*$/.test(namespace) && namespace !== '__proto__') return namespace;
  return reading.fail(schema, `Namespace="${namespace}" is not a dotted name.`);
}
