import type { CsdlObject, CsdlValue } from '../../edm/index.js';

import type { Declarations } from './declarations.js';
import type { Attributes } from './xml-text.js';

/** The precision that means "any" for times, which XML cannot leave open. [CSDL-XML 7.2.3] */
const HIGHEST_PRECISION = 12;
const TEMPORAL = new Set(['Edm.DateTimeOffset', 'Edm.Duration', 'Edm.TimeOfDay']);

/** `Collection(self.Product)`, `Edm.String`. */
export function typeName(json: CsdlObject): string {
  const type = typeof json['$Type'] === 'string' ? json['$Type'] : 'Edm.String';
  return json['$Collection'] === true ? `Collection(${type})` : type;
}

/** `Type`, `Nullable` and facets, with the defaults that XML and JSON do not share turned around. [CSDL-XML 7.1, 7.2] */
export function typedAttributes(json: CsdlObject, declarations: Declarations): Attributes {
  const type = typeof json['$Type'] === 'string' ? json['$Type'] : 'Edm.String';
  return [['Type', typeName(json)], ['Nullable', nullable(json, type, declarations)], ...facetAttributes(json, type)];
}

/** Collections of entities must not say it; null is the default for single values only. [CSDL-XML 7.2.1, 8.2] */
function nullable(json: CsdlObject, type: string, declarations: Declarations): boolean | undefined {
  if (json['$Nullable'] === true) return json['$Collection'] === true ? true : undefined;
  if (json['$Collection'] !== true) return false;
  const isEntity =
    json['$Kind'] === 'NavigationProperty' || type === 'Edm.EntityType' || declarations.kindOf(type) === 'EntityType';
  return isEntity ? undefined : false;
}

/** `typeForDefaults` is absent in expressions, which have no defaults. */
export function facetAttributes(json: CsdlObject, typeForDefaults?: string): Attributes {
  return [
    ['MaxLength', simple(json['$MaxLength'])],
    ['Precision', precision(json, typeForDefaults)],
    ['Scale', scale(json, typeForDefaults)],
    ['SRID', simple(json['$SRID'])],
    ['Unicode', json['$Unicode'] === false ? false : undefined],
  ];
}

function precision(json: CsdlObject, type: string | undefined): string | number | undefined {
  const written = simple(json['$Precision']);
  if (type === undefined || !TEMPORAL.has(type)) return written;
  return written === 0 ? undefined : (written ?? HIGHEST_PRECISION);
}

function scale(json: CsdlObject, type: string | undefined): string | number | undefined {
  const written = simple(json['$Scale']);
  if (type !== 'Edm.Decimal') return written;
  return written === 0 ? undefined : (written ?? 'variable');
}

function simple(value: CsdlValue | undefined): string | number | undefined {
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

/** A default value as text; null is a word. */
export function defaultText(json: CsdlObject): string | undefined {
  const value = json['$DefaultValue'];
  return value === undefined ? undefined : String(value as string | number | boolean | null);
}
