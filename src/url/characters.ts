/** Character classes by code unit, and the identifiers made of them. */

const enum Class {
  digit = 1,
  identifierStart = 2,
  identifierPart = 4,
}

const classes = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code);
  if (/\d/.test(character)) classes[code] = Class.digit | Class.identifierPart;
  if (/[A-Za-z_]/.test(character)) classes[code] = Class.identifierStart | Class.identifierPart;
}

const unicodeIdentifier = /[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}\p{Cf}]*/uy;
const longestIdentifier = 128;

export function isDigit(code: number): boolean {
  return code < 128 && (classes[code]! & Class.digit) !== 0;
}

/** A letter, digit or underscore; every character beyond ASCII counts as a letter here. */
export function isWordCharacter(code: number): boolean {
  return code >= 128 || (classes[code]! & Class.identifierPart) !== 0;
}

/** Space or horizontal tab: all that the grammar knows as whitespace. [OData-ABNF BWS, RWS] */
export function isSpace(code: number): boolean {
  return code === 32 || code === 9;
}

export function hasControlCharacter(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 32 || code === 127) return true;
  }
  return false;
}

/** The end of the identifier that begins at `start`, or `start` where none begins. [OData-ABNF odataIdentifier] */
export function identifierEnd(text: string, start: number): number {
  let index = start;
  let code = text.charCodeAt(index);
  if (code < 128 && (classes[code]! & Class.identifierStart) === 0) return start;
  while (code < 128 && (classes[code]! & Class.identifierPart) !== 0) code = text.charCodeAt(++index);
  if (code >= 128) {
    unicodeIdentifier.lastIndex = start;
    index = unicodeIdentifier.test(text) ? unicodeIdentifier.lastIndex : start;
  }
  return index - start > longestIdentifier ? start : index;
}

/** The end of `namespace.name`, of which the namespace may be missing. A dot belongs to it only in front of a name. */
export function qualifiedNameEnd(text: string, start: number): number {
  let end = identifierEnd(text, start);
  while (end > start && text.charCodeAt(end) === 46) {
    const next = identifierEnd(text, end + 1);
    if (next === end + 1) break;
    end = next;
  }
  return end;
}
