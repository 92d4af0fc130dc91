import { leaveNullableOpen } from '../../edm/index.js';

import { readAnnotations } from './annotation.js';
import type { XmlElement } from './element.js';
import type { Draft, Reading } from './reading.js';
import { isNullable, readTypeAndFacets } from './type-and-facets.js';

/** One overload of an action or a function. [CSDL-XML 12] */
export function operation(reading: Reading, element: XmlElement): Draft {
  const children = reading.children(element);
  const json: Draft = reading.note({ $Kind: element.name }, element);
  reading.copyQualifiedName(element, 'EntitySetPath', json);
  for (const flag of ['IsBound', 'IsComposable']) if (reading.boolean(element, flag)) json[`$${flag}`] = true;
  const parameters = children.filter((child) => child.name === 'Parameter');
  if (parameters.length > 0) json['$Parameter'] = parameters.map((child) => parameter(reading, child));
  for (const child of children)
    if (child.name === 'ReturnType') reading.declare(json, '$ReturnType', typed(reading, child, {}), child);
  readAnnotations(reading, children, json);
  return json;
}

function parameter(reading: Reading, element: XmlElement): Draft {
  const json = typed(reading, element, { $Name: reading.name(element) });
  if (json['$Collection'] === true && element.attributes['Nullable'] === undefined) leaveNullableOpen(json);
  return json;
}

function typed(reading: Reading, element: XmlElement, json: Draft): Draft {
  const children = reading.children(element);
  readTypeAndFacets(reading, element, json, { isNullable: isNullable(reading, element) });
  readAnnotations(reading, children, json);
  return reading.note(json, element);
}
