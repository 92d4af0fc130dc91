import type { CsdlValue } from '../../edm/index.js';

import type { XmlElement } from './element.js';
import { exactNumber } from './exact-number.js';
import { EXPRESSION_ATTRIBUTES } from './grammar.js';
import type { Reading } from './reading.js';

const ATTRIBUTES: ReadonlySet<string> = new Set(EXPRESSION_ATTRIBUTES.split(' '));

/** Elements that hold nothing but the text of a constant or a path. */
export const CONSTANTS: ReadonlySet<string> = new Set(
  EXPRESSION_ATTRIBUTES.split(' ').filter((name) => name !== 'UrlRef'),
);

/** The expression that an attribute such as `String="…"` gives, if there is one. [CSDL-XML 14.3] */
export function attributeExpression(reading: Reading, element: XmlElement, isOperand: boolean): CsdlValue | undefined {
  let found: CsdlValue | undefined;
  for (const name in element.attributes) {
    if (!ATTRIBUTES.has(name)) continue;
    const text = element.attributes[name]!;
    if (found !== undefined) reading.fail(element, `<${element.name}> has more than one value.`);
    found = name === 'UrlRef' ? { $UrlRef: text } : constant(reading, element, name, text, isOperand);
  }
  return found;
}

/** Constants and paths, which have the same text as an attribute and as an element. [CSDL-XML 14.3, 14.4.1] */
export function constant(
  reading: Reading,
  element: XmlElement,
  name: string,
  text: string,
  isOperand: boolean,
): CsdlValue {
  switch (name) {
    case 'String':
      return text;
    case 'Bool':
      if (!/^\s*(true|false)\s*$/.test(text)) reading.fail(element, `Bool '${text}' must be true or false.`);
      return text.trim() === 'true';
    case 'Int':
    case 'Decimal':
    case 'Float':
      return number(reading, element, name, text.trim());
    case 'EnumMember':
      return enumMember(reading, element, text.trim(), isOperand);
    case 'Path':
      return { $Path: reading.aliases.shorten(text) };
    case 'AnnotationPath':
    case 'ModelElementPath':
    case 'NavigationPropertyPath':
    case 'PropertyPath':
      return reading.aliases.shorten(text.trim());
    default:
      return text.trim();
  }
}

const NUMBER: Readonly<Record<string, RegExp>> = {
  Int: /^[-+]?\d+$/,
  Decimal: /^([-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?|-?INF|NaN)$/,
  Float: /^([-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?|-?INF|NaN)$/,
};

/** Special values and integers that no double holds stay text. [CSDL-JSON 14.3.5, 14.3.8, 14.3.10] */
function number(reading: Reading, element: XmlElement, name: string, text: string): number | string {
  if (!NUMBER[name]!.test(text)) reading.fail(element, `${name} '${text}' is not a number.`);
  return exactNumber(text);
}

/** `org.example.Pattern/Red org.example.Pattern/Striped` becomes `Red,Striped`. [CSDL-JSON 14.3.7] */
function enumMember(reading: Reading, element: XmlElement, text: string, isOperand: boolean): CsdlValue {
  const members = text.split(/\s+/).map((member) => {
    const slash = member.lastIndexOf('/');
    if (slash < 1) reading.fail(element, `EnumMember '${member}' must be a type, a slash and a member name.`);
    return { type: member.slice(0, slash), name: member.slice(slash + 1) };
  });
  const names = members.map((member) => member.name).join(',');
  return isOperand ? { $Cast: names, $Type: members[0]!.type } : names;
}
