import { isCsdlObject, type CsdlObject, type CsdlValue } from '../../edm/index.js';

import { isJsonMedia } from '../json-media.js';
import type { Declarations } from './declarations.js';
import { facetAttributes, typeName } from './type-and-facets.js';
import { meaningsOf, NO_MEANINGS, stringExpression, type Meanings } from './vocabulary-meanings.js';
import type { Attributes, XmlText } from './xml-text.js';

const CONTROL_INFORMATION = new Set(['@type', '@odata.type']);

/** Operators with two operands or more, and those with one. [CSDL-XML 14.4.2, 14.4.3] */
const OPERATORS = 'And Or Eq Ne Gt Ge Lt Le Has In Add Sub Mul Div DivBy Mod If'.split(' ');
const UNARY_OPERATORS = ['Not', 'Neg'];

/** Writes annotations and the expressions in them. [CSDL-XML 14] */
export class AnnotationWriter {
  readonly #xml: XmlText;
  readonly #declarations: Declarations;

  constructor(xml: XmlText, declarations: Declarations) {
    this.#xml = xml;
    this.#declarations = declarations;
  }

  /** The annotations of an element (`@Core.Description`) or of a member (`Red@Core.Description`). [CSDL-XML 14.2] */
  annotations(json: CsdlObject, member = ''): void {
    const prefix = `${member}@`;
    for (const [key, value] of Object.entries(json)) {
      if (!key.startsWith(prefix) || CONTROL_INFORMATION.has(key)) continue;
      const written = key.slice(prefix.length);
      if (written.includes('@')) continue;
      const [term = '', qualifier] = written.split('#');
      this.#valued(
        'Annotation',
        [
          ['Term', term],
          ['Qualifier', qualifier],
        ],
        mediaText(json, key, value),
        meaningsOf(this.#declarations.expand(term)),
        () => this.annotations(json, key),
      );
    }
  }

  /** Whether there is anything for `annotations` to write. */
  static has(json: CsdlObject, member = ''): boolean {
    return Object.keys(json).some((key) => key.startsWith(`${member}@`) && !CONTROL_INFORMATION.has(key));
  }

  /** An element whose value is an attribute where it can be one, and else a child element. */
  #valued(name: string, attributes: Attributes, value: CsdlValue, meanings: Meanings, annotations: () => void): void {
    const constant = attributeOf(value, meanings);
    this.#xml.element(name, constant ? [...attributes, constant] : attributes, () => {
      annotations();
      if (!constant) this.#expression(value, false, meanings);
    });
  }

  #expression(value: CsdlValue, isOperand: boolean, meanings = NO_MEANINGS): void {
    if (value === null) this.#xml.element('Null', []);
    else if (typeof value === 'boolean') this.#xml.textElement('Bool', String(value));
    else if (typeof value === 'number') this.#xml.textElement(numberElement(value), String(value));
    else if (typeof value === 'string') this.#xml.textElement(...stringExpression(value, meanings.value));
    else if (isCsdlObject(value)) this.#dynamic(value, isOperand, meanings);
    else this.#xml.element('Collection', [], () => this.#expressions(value, isOperand, meanings));
  }

  #expressions(values: CsdlValue | undefined, isOperand: boolean, meanings = NO_MEANINGS): void {
    for (const value of Array.isArray(values) ? (values as readonly CsdlValue[]) : [])
      this.#expression(value, isOperand, meanings);
  }

  #dynamic(json: CsdlObject, isOperand: boolean, meanings: Meanings): void {
    for (const name of OPERATORS) {
      const operands = json[`$${name}`];
      if (operands !== undefined)
        return this.#annotated(name, [], json, () => this.#expressions(operands, name !== 'If' || isOperand));
    }
    for (const name of UNARY_OPERATORS) {
      const operand = json[`$${name}`];
      if (operand !== undefined) return this.#annotated(name, [], json, () => this.#expression(operand, true));
    }
    if ('$Path' in json) return this.#xml.textElement('Path', String(json['$Path']));
    if ('$Apply' in json)
      return this.#annotated('Apply', [['Function', String(json['$Function'])]], json, () =>
        this.#expressions(json['$Apply'], true),
      );
    if ('$Cast' in json) return this.#cast(json, isOperand);
    if ('$IsOf' in json) return this.#typed('IsOf', json);
    if ('$LabeledElement' in json)
      return this.#valued('LabeledElement', [['Name', String(json['$Name'])]], json['$LabeledElement']!, meanings, () =>
        this.annotations(json),
      );
    if ('$LabeledElementReference' in json)
      return this.#xml.textElement('LabeledElementReference', String(json['$LabeledElementReference']));
    if ('$Null' in json) return this.#annotated('Null', [], json);
    if ('$UrlRef' in json) return this.#annotated('UrlRef', [], json, () => this.#expression(json['$UrlRef']!, false));
    this.#record(json, meanings);
  }

  #annotated(name: string, attributes: Attributes, json: CsdlObject, content?: () => void): void {
    this.#xml.element(name, attributes, () => {
      this.annotations(json);
      content?.();
    });
  }

  /** Enumeration members among operands say their type by a cast in JSON. [CSDL-JSON 14.3.7] */
  #cast(json: CsdlObject, isOperand: boolean): void {
    const { $Cast: value, $Type: type } = json;
    const isMember =
      isOperand && typeof value === 'string' && typeof type === 'string' && Object.keys(json).length === 2;
    if (!isMember || this.#declarations.kindOf(type) !== 'EnumType') return this.#typed('Cast', json);
    const members = value.split(',').map((member) => `${type}/${member}`);
    this.#xml.textElement('EnumMember', members.join(' '));
  }

  #typed(name: 'Cast' | 'IsOf', json: CsdlObject): void {
    const attributes: Attributes = [['Type', typeName(json)], ...facetAttributes(json)];
    this.#annotated(name, attributes, json, () => this.#expression(json[`$${name}`]!, true));
  }

  #record(json: CsdlObject, { properties = {} }: Meanings): void {
    const type = json['@type'] ?? json['@odata.type'];
    const typeText = typeof type === 'string' ? type.slice(type.indexOf('#') + 1) : undefined;
    this.#xml.element('Record', [['Type', typeText]], () => {
      for (const [property, value] of Object.entries(json)) {
        if (property.includes('@')) continue;
        const meaning = Object.hasOwn(properties, property) ? { value: properties[property]! } : {};
        this.#valued(
          'PropertyValue',
          [['Property', property]],
          mediaText(json, property, value),
          { ...meaning, properties },
          () => this.annotations(json, property),
        );
      }
      this.annotations(json);
    });
  }
}

/** `String="…"` and the like, for values that fit into an attribute. */
function attributeOf(value: CsdlValue, meanings: Meanings): readonly [string, string] | undefined {
  if (typeof value === 'boolean') return ['Bool', String(value)];
  if (typeof value === 'number') return [numberElement(value), String(value)];
  if (typeof value === 'string') return stringExpression(value, meanings.value);
  if (!isCsdlObject(value) || Object.keys(value).length !== 1) return undefined;
  if (typeof value['$Path'] === 'string') return ['Path', value['$Path']];
  if (typeof value['$UrlRef'] === 'string') return ['UrlRef', value['$UrlRef']];
  return undefined;
}

function numberElement(value: number): string {
  if (Number.isSafeInteger(value)) return 'Int';
  return String(value).includes('e') ? 'Float' : 'Decimal';
}

/** JSON in an annotation of media type `application/json` is text in XML. [CSDL-XML 14.3] */
function mediaText(json: CsdlObject, member: string, value: CsdlValue): CsdlValue {
  const isJson = typeof value === 'object' && value !== null && isJsonMedia(json, member);
  return isJson ? JSON.stringify(value) : value;
}
