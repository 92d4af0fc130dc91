import { readAnnotations } from './annotation.js';
import type { XmlElement } from './element.js';
import { entityContainer } from './entity-container.js';
import { operation } from './operation.js';
import type { Draft, Reading } from './reading.js';
import { enumType, term, typeDefinition } from './simple-declarations.js';
import { structuredType } from './structured-type.js';

/** Adds what a `Schema` element declares to the schema's JSON object. [CSDL-XML 5] */
export function readSchema(reading: Reading, element: XmlElement, json: Draft, document: Draft): void {
  const children = reading.children(element);
  const namespace = reading.required(element, 'Namespace');
  if (element.attributes.has('Alias')) json['$Alias'] = reading.name(element, 'Alias');
  for (const child of children) {
    switch (child.name) {
      case 'EntityType':
      case 'ComplexType':
        reading.declare(json, reading.name(child), structuredType(reading, child), child);
        break;
      case 'EnumType':
        reading.declare(json, reading.name(child), enumType(reading, child), child);
        break;
      case 'TypeDefinition':
        reading.declare(json, reading.name(child), typeDefinition(reading, child), child);
        break;
      case 'Term':
        reading.declare(json, reading.name(child), term(reading, child), child);
        break;
      case 'Action':
      case 'Function':
        declareOverload(reading, child, json);
        break;
      case 'EntityContainer':
        reading.declare(json, reading.name(child), entityContainer(reading, child, namespace), child);
        document['$EntityContainer'] ??= `${namespace}.${reading.name(child)}`;
        break;
      case 'Annotations':
        annotationGroup(reading, child, json);
        break;
    }
  }
  readAnnotations(reading, children, json);
}

/** Overloads of one name share an array. [CSDL-JSON 12.1, 12.3] */
function declareOverload(reading: Reading, element: XmlElement, json: Draft): void {
  const name = reading.name(element);
  const overload = operation(reading, element);
  const known = json[name];
  if (Array.isArray(known)) known.push(overload);
  else reading.declare(json, name, [overload], element);
}

/** Annotations of one target may be spread over several groups. [CSDL-XML 14.2.1] */
function annotationGroup(reading: Reading, element: XmlElement, json: Draft): void {
  const children = reading.children(element);
  const groups = (json['$Annotations'] ??= {}) as Draft;
  const target = reading.qualifiedName(element, 'Target');
  const group = (groups[target] ??= reading.note({}, element)) as Draft;
  readAnnotations(reading, children, group, '', element.attributes.get('Qualifier'));
}
