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
  if (element.attributes['Alias'] !== undefined) json['$Alias'] = reading.name(element, 'Alias');
  for (const child of children) {
    switch (child.name) {
      case 'EntityType':
      case 'ComplexType':
        declare(reading, child, json, structuredType(reading, child));
        break;
      case 'EnumType':
        declare(reading, child, json, enumType(reading, child));
        break;
      case 'TypeDefinition':
        declare(reading, child, json, typeDefinition(reading, child));
        break;
      case 'Term':
        declare(reading, child, json, term(reading, child));
        break;
      case 'Action':
      case 'Function':
        declareOverload(reading, child, json, operation(reading, child));
        break;
      case 'EntityContainer':
        declare(reading, child, json, entityContainer(reading, child, namespace));
        document['$EntityContainer'] ??= `${namespace}.${reading.name(child)}`;
        break;
      case 'Annotations':
        annotationGroup(reading, child, json);
        break;
    }
  }
  readAnnotations(reading, children, json);
}

/**
 * Names are unique in a schema, but Microsoft Graph has a type `image` beside functions `image`. Both are kept,
 * in the array of the overloads. [CSDL-XML 5]
 */
function declare(reading: Reading, element: XmlElement, json: Draft, declaration: Draft): void {
  const name = reading.name(element);
  const known = json[name];
  if (!Array.isArray(known) || known.some((other: Draft) => !isOperation(other)))
    return reading.declare(json, name, declaration, element);
  known.unshift(declaration);
  reportSharedName(reading, element, name);
}

/** Overloads of one name share an array. [CSDL-JSON 12.1, 12.3] */
function declareOverload(reading: Reading, element: XmlElement, json: Draft, overload: Draft): void {
  const name = reading.name(element);
  const known = json[name];
  if (Array.isArray(known)) known.push(overload);
  else if (known === undefined) json[name] = [overload];
  else {
    json[name] = [known, overload];
    reportSharedName(reading, element, name);
  }
}

function isOperation(json: Draft): boolean {
  return json['$Kind'] === 'Action' || json['$Kind'] === 'Function';
}

function reportSharedName(reading: Reading, element: XmlElement, name: string): void {
  reading.report(element, 'warning', `'${name}' is the name of an operation and of something else in the schema.`);
}

/** Annotations of one target may be spread over several groups. [CSDL-XML 14.2.1] */
function annotationGroup(reading: Reading, element: XmlElement, json: Draft): void {
  const children = reading.children(element);
  const groups = (json['$Annotations'] ??= {}) as Draft;
  const target = reading.qualifiedName(element, 'Target');
  const group = (groups[target] ??= reading.note({}, element)) as Draft;
  readAnnotations(reading, children, group, '', element.attributes['Qualifier']);
}
