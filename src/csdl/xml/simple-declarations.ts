import { readAnnotations } from './annotation.js';
import type { XmlElement } from './element.js';
import { exactNumber } from './exact-number.js';
import type { Draft, Reading } from './reading.js';
import { defaultValue, isNullable, readFacets, readTypeAndFacets } from './type-and-facets.js';

/** Members without values are numbered from zero in their order. [CSDL-XML 10] */
export function enumType(reading: Reading, element: XmlElement): Draft {
  const children = reading.children(element);
  const json: Draft = reading.note({ $Kind: 'EnumType' }, element);
  if (element.attributes['UnderlyingType'] !== undefined)
    json['$UnderlyingType'] = reading.required(element, 'UnderlyingType');
  if (reading.boolean(element, 'IsFlags')) json['$IsFlags'] = true;
  readAnnotations(reading, children, json);
  let position = 0;
  for (const child of children) {
    if (child.name !== 'Member') continue;
    const inner = reading.children(child);
    const name = reading.name(child);
    const text = child.attributes['Value'] ?? String(position);
    if (!/^[-+]?\d+$/.test(text)) reading.fail(child, `The value '${text}' of the member '${name}' is not an integer.`);
    reading.declare(json, name, exactNumber(text), child);
    reading.noteMember(json, name, child);
    readAnnotations(reading, inner, json, name);
    position++;
  }
  return json;
}

/** [CSDL-XML 11] */
export function typeDefinition(reading: Reading, element: XmlElement): Draft {
  const children = reading.children(element);
  const underlying = reading.required(element, 'UnderlyingType');
  const json: Draft = reading.note({ $Kind: 'TypeDefinition', $UnderlyingType: underlying }, element);
  readFacets(reading, element, json, underlying);
  readAnnotations(reading, children, json);
  return json;
}

/** [CSDL-XML 14.1] */
export function term(reading: Reading, element: XmlElement): Draft {
  const children = reading.children(element);
  const json: Draft = reading.note({ $Kind: 'Term' }, element);
  readTypeAndFacets(reading, element, json, { isNullable: isNullable(reading, element) });
  const text = element.attributes['DefaultValue'];
  if (text !== undefined) json['$DefaultValue'] = defaultValue(String(json['$Type'] ?? 'Edm.String'), text);
  const appliesTo = element.attributes['AppliesTo']?.trim();
  if (appliesTo !== undefined && appliesTo !== '') json['$AppliesTo'] = appliesTo.split(/\s+/);
  reading.copyQualifiedName(element, 'BaseTerm', json);
  readAnnotations(reading, children, json);
  return json;
}
