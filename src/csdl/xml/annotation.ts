import type { CsdlValue } from '../../edm/index.js';

import { isJsonMedia } from '../json-media.js';
import { attributeExpression, constant, CONSTANTS } from './constant.js';
import type { XmlElement } from './element.js';
import type { Draft, Reading } from './reading.js';
import { readTypeAndFacets } from './type-and-facets.js';

/**
 * Adds the annotations of an element to its JSON object; those of a member carry the member's name in front:
 * `Red@Core.Description`. Annotations of annotations follow the same rule. [CSDL-JSON 14.2]
 */
export function readAnnotations(
  reading: Reading,
  children: readonly XmlElement[],
  json: Draft,
  member = '',
  groupQualifier?: string,
): void {
  for (const child of children) {
    if (child.name !== 'Annotation') continue;
    const inner = reading.children(child);
    const qualifier = child.attributes['Qualifier'] ?? groupQualifier;
    const term = reading.qualifiedName(child, 'Term');
    const key = `${member}@${term}${qualifier === undefined ? '' : `#${qualifier}`}`;
    if (inner.length > 0) readAnnotations(reading, inner, json, key);
    const value = annotationValue(reading, child, inner);
    if (!Object.hasOwn(json, key))
      json[key] = inner.length > 0 && isJsonMedia(json, key) ? parsedMedia(reading, child, value) : value;
    else reading.report(child, 'warning', `${key.slice(member.length)} is given twice; the second one is ignored.`);
  }
}

/** A value that an annotation says to be JSON is JSON, and not text that holds it. [CSDL-JSON 14.3.12] */
function parsedMedia(reading: Reading, element: XmlElement, value: CsdlValue): CsdlValue {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as CsdlValue;
  } catch {
    return reading.fail(element, 'The value is annotated as application/json, but it is not JSON.');
  }
}

/**
 * The value of an annotation, property value or labeled element: given by an attribute or by a child element.
 * Without either it is the default of the term, which is `true` for tagging terms. [CSDL-XML 14.2]
 */
function annotationValue(reading: Reading, element: XmlElement, children: readonly XmlElement[]): CsdlValue {
  const written = attributeExpression(reading, element, false);
  const nested = children.filter((child) => child.name !== 'Annotation');
  if (nested.length + (written === undefined ? 0 : 1) > 1)
    reading.fail(element, `<${element.name}> has more than one value.`);
  if (written !== undefined) return written;
  return nested.length === 0 ? true : expression(reading, nested[0]!, false);
}

/**
 * An expression element in its JSON form. Operands of other expressions have no type from their place,
 * so enumeration members there carry it along. [CSDL-JSON 14.3, 14.4]
 */
function expression(reading: Reading, element: XmlElement, isOperand: boolean): CsdlValue {
  const children = reading.children(element);
  if (CONSTANTS.has(element.name)) return constant(reading, element, element.name, element.text, isOperand);
  const operands = children.filter((child) => child.name !== 'Annotation');
  const annotations = annotationsOf(reading, children);
  const each = (areOperands: boolean): CsdlValue[] => operands.map((child) => expression(reading, child, areOperands));
  switch (element.name) {
    case 'And':
    case 'Or':
    case 'Eq':
    case 'Ne':
    case 'Gt':
    case 'Ge':
    case 'Lt':
    case 'Le':
    case 'Has':
    case 'In':
    case 'Add':
    case 'Sub':
    case 'Mul':
    case 'Div':
    case 'DivBy':
    case 'Mod':
      expectOperands(reading, element, operands, 2, 2);
      return { ...annotations, [`$${element.name}`]: each(true) };
    case 'Not':
    case 'Neg':
      expectOperands(reading, element, operands, 1, 1);
      return { ...annotations, [`$${element.name}`]: expression(reading, operands[0]!, true) };
    case 'If':
      expectOperands(reading, element, operands, 2, 3);
      return { ...annotations, $If: each(isOperand) };
    case 'Apply':
      return { $Function: reading.qualifiedName(element, 'Function'), ...annotations, $Apply: each(true) };
    case 'Cast':
    case 'IsOf':
      return castOrTest(reading, element, operands, annotations);
    case 'Collection':
      return each(isOperand);
    case 'LabeledElement':
      return {
        ...annotations,
        $LabeledElement: annotationValue(reading, element, children),
        $Name: reading.required(element, 'Name'),
      };
    case 'LabeledElementReference':
      return { $LabeledElementReference: reading.aliases.shorten(element.text.trim()) };
    case 'Null':
      return Object.keys(annotations).length === 0 ? null : { ...annotations, $Null: null };
    case 'Record':
      return record(reading, element, children);
    case 'UrlRef':
      return { ...annotations, $UrlRef: annotationValue(reading, element, children) };
    default:
      return reading.fail(element, `<${element.name}> is no expression.`);
  }
}

function castOrTest(
  reading: Reading,
  element: XmlElement,
  operands: readonly XmlElement[],
  annotations: Draft,
): CsdlValue {
  const json: Draft = { ...annotations };
  readTypeAndFacets(reading, element, json, { defaultFacets: false });
  const written = attributeExpression(reading, element, true);
  if (operands.length + (written === undefined ? 0 : 1) !== 1)
    reading.fail(element, `<${element.name}> must have exactly one operand.`);
  json[`$${element.name}`] = written ?? expression(reading, operands[0]!, true);
  return json;
}

/** A record; its type becomes control information with the URI of the declaring document. [CSDL-JSON 14.4.12] */
function record(reading: Reading, element: XmlElement, children: readonly XmlElement[]): CsdlValue {
  const json: Draft = {};
  const type = element.attributes['Type'];
  if (type !== undefined) {
    const short = reading.aliases.shorten(type);
    const uri = reading.uriOfNamespace.get(type.slice(0, type.lastIndexOf('.'))) ?? '';
    json[reading.version === '4.0' ? '@odata.type' : '@type'] = `${uri}#${short}`;
  }
  readAnnotations(reading, children, json);
  for (const child of children) {
    if (child.name !== 'PropertyValue') continue;
    const inner = reading.children(child);
    const property = reading.required(child, 'Property');
    readAnnotations(reading, inner, json, property);
    reading.declare(json, property, annotationValue(reading, child, inner), child);
  }
  return json;
}

function annotationsOf(reading: Reading, children: readonly XmlElement[]): Draft {
  const json: Draft = {};
  readAnnotations(reading, children, json);
  return json;
}

function expectOperands(
  reading: Reading,
  element: XmlElement,
  operands: readonly XmlElement[],
  least: number,
  most: number,
): void {
  if (operands.length >= least && operands.length <= most) return;
  const expected = least === most ? `${least}` : `${least} or ${most}`;
  reading.fail(element, `<${element.name}> takes ${expected} operands, not ${operands.length}.`);
}
