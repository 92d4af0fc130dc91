import { readAnnotations } from './annotation.js';
import type { XmlElement } from './element.js';
import type { Draft, Reading } from './reading.js';
import { defaultValue, isNullable, readTypeAndFacets } from './type-and-facets.js';

/** An entity type or a complex type. [CSDL-XML 6, 9] */
export function structuredType(reading: Reading, element: XmlElement): Draft {
  const children = reading.children(element);
  const json: Draft = reading.note({ $Kind: element.name }, element);
  reading.copyQualifiedName(element, 'BaseType', json);
  for (const flag of ['Abstract', 'OpenType', 'HasStream']) if (reading.boolean(element, flag)) json[`$${flag}`] = true;
  for (const child of children) {
    switch (child.name) {
      case 'Key':
        reading.declare(json, '$Key', key(reading, child), child);
        reading.noteMember(json, '$Key', child);
        break;
      case 'Property':
        reading.declare(json, reading.name(child), property(reading, child), child);
        break;
      case 'NavigationProperty':
        reading.declare(json, reading.name(child), navigationProperty(reading, child), child);
        break;
    }
  }
  readAnnotations(reading, children, json);
  return json;
}

/** `["ID", { "EntityInfoID": "Info/ID" }]`. [CSDL-JSON 6.5] */
function key(reading: Reading, element: XmlElement): (string | Draft)[] {
  return reading.children(element).map((child) => {
    reading.children(child);
    const name = reading.required(child, 'Name');
    return child.attributes['Alias'] !== undefined ? { [reading.name(child, 'Alias')]: name } : name;
  });
}

/** [CSDL-XML 7] */
function property(reading: Reading, element: XmlElement): Draft {
  const children = reading.children(element);
  const json: Draft = reading.note({}, element);
  readTypeAndFacets(reading, element, json, { isNullable: isNullable(reading, element) });
  const text = element.attributes['DefaultValue'];
  if (text !== undefined) json['$DefaultValue'] = defaultValue(String(json['$Type'] ?? 'Edm.String'), text);
  readAnnotations(reading, children, json);
  return json;
}

/** [CSDL-XML 8] */
function navigationProperty(reading: Reading, element: XmlElement): Draft {
  const children = reading.children(element);
  const json: Draft = reading.note({ $Kind: element.name }, element);
  readTypeAndFacets(reading, element, json, { isNullable: isNullable(reading, element) });
  reading.copyQualifiedName(element, 'Partner', json);
  if (reading.boolean(element, 'ContainsTarget')) json['$ContainsTarget'] = true;
  const constraints: Draft = {};
  for (const child of children) {
    if (child.name === 'OnDelete') onDelete(reading, child, json);
    if (child.name === 'ReferentialConstraint') referentialConstraint(reading, child, constraints);
  }
  if (Object.keys(constraints).length > 0) json['$ReferentialConstraint'] = constraints;
  readAnnotations(reading, children, json);
  return json;
}

/** [CSDL-XML 8.6] */
function onDelete(reading: Reading, element: XmlElement, json: Draft): void {
  const children = reading.children(element);
  const action = reading.required(element, 'Action');
  if (!['Cascade', 'None', 'SetNull', 'SetDefault'].includes(action))
    reading.fail(element, `OnDelete Action="${action}" must be Cascade, None, SetNull or SetDefault.`);
  json['$OnDelete'] = action;
  readAnnotations(reading, children, json, '$OnDelete');
}

/** [CSDL-XML 8.5] */
function referentialConstraint(reading: Reading, element: XmlElement, constraints: Draft): void {
  const children = reading.children(element);
  const dependent = reading.required(element, 'Property');
  reading.declare(constraints, dependent, reading.required(element, 'ReferencedProperty'), element);
  readAnnotations(reading, children, constraints, dependent);
}
