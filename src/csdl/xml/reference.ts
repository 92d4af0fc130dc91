import { isDeepStrictEqual } from 'node:util';

import { readAnnotations } from './annotation.js';
import type { XmlElement } from './element.js';
import type { Draft, Reading } from './reading.js';

/** The OASIS vocabularies lie beside each other in both formats; a JSON document refers to JSON ones. [CSDL-JSON 4.1] */
const OASIS_VOCABULARY = /^(https:\/\/oasis-tcs\.github\.io\/odata-vocabularies\/vocabularies\/[^/]+)\.(xml|json)$/;

export function uriInFormat(uri: string, format: 'xml' | 'json'): string {
  return uri.replace(OASIS_VOCABULARY, `$1.${format}`);
}

/** [CSDL-XML 4.1] */
export function readReferences(reading: Reading, elements: readonly XmlElement[]): Draft | undefined {
  const references: Draft = {};
  for (const element of elements) {
    const uri = uriInFormat(reading.required(element, 'Uri'), 'json');
    const reference = (references[uri] ??= reading.note({}, element)) as Draft;
    const children = reading.children(element);
    for (const child of children) {
      if (child.name === 'Include') push(reference, '$Include', include(reading, child));
      if (child.name === 'IncludeAnnotations')
        push(reference, '$IncludeAnnotations', includeAnnotations(reading, child));
    }
    readAnnotations(reading, children, reference);
  }
  return elements.length === 0 ? undefined : references;
}

/** [CSDL-XML 4.2] */
function include(reading: Reading, element: XmlElement): Draft {
  const children = reading.children(element);
  const json: Draft = { $Namespace: reading.required(element, 'Namespace') };
  if (element.attributes['Alias'] !== undefined) json['$Alias'] = reading.name(element, 'Alias');
  readAnnotations(reading, children, json);
  return reading.note(json, element);
}

/** [CSDL-XML 4.3] */
function includeAnnotations(reading: Reading, element: XmlElement): Draft {
  reading.children(element);
  const json: Draft = {};
  for (const attribute of ['TargetNamespace', 'TermNamespace', 'Qualifier']) {
    const value = element.attributes[attribute];
    if (value !== undefined) json[`$${attribute}`] = value;
  }
  return json;
}

/** The same namespace may be included by several `Reference` elements with one URI. */
function push(json: Draft, member: string, item: Draft): void {
  const list = json[member];
  if (!Array.isArray(list)) json[member] = [item];
  else if (!list.some((known) => isDeepStrictEqual(known, item))) list.push(item);
}
