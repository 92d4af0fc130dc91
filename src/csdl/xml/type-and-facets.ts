import type { XmlElement } from './element.js';
import { exactNumber } from './exact-number.js';
import type { Draft, Reading } from './reading.js';

const COLLECTION = /^Collection\((.*)\)$/;

/** Types whose precision is zero where the XML gives none. [CSDL-XML 7.2.3] */
const TEMPORAL = new Set(['Edm.DateTimeOffset', 'Edm.Duration', 'Edm.TimeOfDay']);

/** Adds `$Type`, `$Collection` and the facets. `Edm.String` is the default and left out. [CSDL-JSON 7.1, 7.2] */
export function readTypeAndFacets(
  reading: Reading,
  element: XmlElement,
  json: Draft,
  { defaultFacets = true, isNullable }: { defaultFacets?: boolean; isNullable?: boolean } = {},
): void {
  const written = reading.required(element, 'Type').trim();
  const item = COLLECTION.exec(written)?.[1];
  const type = reading.aliases.shorten(item ?? written);
  if (type === '') reading.fail(element, `Type="${written}" names no type.`);
  if (item !== undefined) json['$Collection'] = true;
  if (type !== 'Edm.String') json['$Type'] = type;
  if (isNullable) json['$Nullable'] = true;
  readFacets(reading, element, json, defaultFacets ? type : undefined);
}

/** The default of `Nullable` is true, but collections have none. [CSDL-XML 7.2.1] */
export function isNullable(reading: Reading, element: XmlElement): boolean {
  return reading.boolean(element, 'Nullable') ?? !element.attributes['Type']!.startsWith('Collection(');
}

/** Facets with the defaults that XML and JSON do not share; `typeForDefaults` is absent in expressions. */
export function readFacets(reading: Reading, element: XmlElement, json: Draft, typeForDefaults?: string): void {
  const { attributes } = element;
  const maxLength = attributes['MaxLength'];
  if (maxLength !== undefined && maxLength !== 'max')
    json['$MaxLength'] = count(reading, element, 'MaxLength', maxLength);
  const precision = attributes['Precision'];
  if (precision !== undefined) json['$Precision'] = count(reading, element, 'Precision', precision);
  else if (typeForDefaults !== undefined && TEMPORAL.has(typeForDefaults)) json['$Precision'] = 0;
  readScale(reading, element, json, typeForDefaults);
  if (reading.boolean(element, 'Unicode') === false) json['$Unicode'] = false;
  const srid = attributes['SRID'];
  if (srid !== undefined) json['$SRID'] = srid === 'variable' ? srid : count(reading, element, 'SRID', srid);
}

/** Without `Scale` a decimal has none of it in XML, and any in JSON. [CSDL-XML 7.2.4] */
function readScale(reading: Reading, element: XmlElement, json: Draft, typeForDefaults: string | undefined): void {
  const scale = element.attributes['Scale']?.toLowerCase();
  if (scale === 'variable') {
    if (typeForDefaults === undefined) json['$Scale'] = scale;
  } else if (scale === 'floating') json['$Scale'] = scale;
  else if (scale !== undefined) json['$Scale'] = count(reading, element, 'Scale', scale);
  else if (typeForDefaults === 'Edm.Decimal') json['$Scale'] = 0;
}

function count(reading: Reading, element: XmlElement, attribute: string, text: string): number {
  if (!/^\d{1,10}$/.test(text)) reading.fail(element, `${attribute}="${text}" must be a non-negative integer.`);
  return Number(text);
}

/**
 * A default value in its JSON form, as far as the type tells: enumeration members and values of type
 * definitions look like numbers or Booleans, or are taken as strings. [CSDL-JSON 7.2.7]
 */
export function defaultValue(type: string, text: string): string | number | boolean | null {
  switch (type) {
    case 'Edm.Boolean':
      return text === 'null' ? null : text === 'true' ? true : text === 'false' ? false : text;
    case 'Edm.Byte':
    case 'Edm.SByte':
    case 'Edm.Int16':
    case 'Edm.Int32':
    case 'Edm.Int64':
    case 'Edm.Single':
    case 'Edm.Double':
    case 'Edm.Decimal':
      return text.trim() === '' ? text : exactNumber(text);
    default:
      if (type.startsWith('Edm.')) return text;
      if (text === 'true' || text === 'false') return text === 'true';
      return /^-?\d+(\.\d+)?$/.test(text) ? exactNumber(text) : text;
  }
}
