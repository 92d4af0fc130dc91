import { identifierEnd, isDigit, isWordCharacter, qualifiedNameEnd } from './characters.js';
import { type Cursor } from './cursor.js';
import { isGeoText } from './geo-literal.js';
import { type Literal } from './tree.js';

const guidPattern = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/iy;
const datePattern = /-?(?:0\d{3}|[1-9]\d{3,})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])/y;
const timePattern = /(?:[01]\d|2[0-3]):[0-5]\d(?::(?:[0-5]\d|60)(?:\.\d{1,12})?)?/y;
const offsetPattern = /z|[+ -](?:[01]\d|2[0-3]):[0-5]\d/iy;
const numberPattern = /[+-]?\d+(\.\d+)?(e[+-]?\d+)?/iy;
const durationPattern = /^-?P(?=\d|T\d)(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?$/i;
const binaryPattern = /^(?:[\w-]{4})*(?:[\w-]{2}[AEIMQUYcgkosw048]=?|[\w-][AQgw](?:==)?)?$/;
const booleanPattern = /^(?:true|false)$/i;
const enumPattern =
  /^ *(?:[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}\p{Cf}]*|[+-]?\d{1,19})(?: *, *(?:[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}\p{Cf}]*|[+-]?\d{1,19}))* *$/u;

/** Case-sensitive, unlike the Boolean values. */
const words: ReadonlyMap<string, Literal['type']> = new Map([
  ['null', 'null'],
  ['NaN', 'double'],
  ['INF', 'double'],
]);

/**
 * A literal, if one begins at the cursor. Names are left alone: `Name`, `null/x`, `ns.f(…)`.
 * [OData-ABNF primitiveLiteral] [OData-URL 5.1.1.14.1]
 */
export function parseLiteral(cursor: Cursor): Literal | undefined {
  const code = cursor.code;
  if (code === 39) return literal(cursor, 'string', cursor.index, parseQuoted(cursor));
  if (isDigit(code)) return parseDigits(cursor);
  if (code === 43 || code === 45) return parseSigned(cursor);
  return parseWord(cursor);
}

/** `'O''Neil'`, of which the text is `O'Neil`. [OData-ABNF stringLiteral] */
function parseQuoted(cursor: Cursor): string {
  const { text } = cursor;
  const start = cursor.index + 1;
  let end = text.indexOf("'", start);
  let doubled = false;
  while (end >= 0 && text.charCodeAt(end + 1) === 39) {
    doubled = true;
    end = text.indexOf("'", end + 2);
  }
  if (end < 0) cursor.fail('a closing quote', text.length);
  cursor.index = end + 1;
  const content = text.slice(start, end);
  return doubled ? content.replaceAll("''", "'") : content;
}

/** Dates, times, GUIDs and numbers all may begin with a digit; the character behind the digits tells most of them apart. */
function parseDigits(cursor: Cursor): Literal {
  const { text, index: start } = cursor;
  let end = start + 1;
  while (isDigit(text.charCodeAt(end))) end++;
  const next = text.charCodeAt(end);
  if (end === start + 2 && next === 58) {
    const time = match(timePattern, text, start);
    if (time > start) return finish(cursor, 'timeOfDay', start, time);
  }
  if (end - start <= 8 && (next === 45 || isWordCharacter(next))) {
    const guid = match(guidPattern, text, start);
    if (guid > start) return finish(cursor, 'guid', start, guid);
  }
  return (next === 45 ? parseDate(cursor) : undefined) ?? parseNumber(cursor);
}

function parseSigned(cursor: Cursor): Literal | undefined {
  const { text, index } = cursor;
  if (isDigit(text.charCodeAt(index + 1))) return parseDate(cursor) ?? parseNumber(cursor);
  if (isNegativeInfinity(text, index)) return finish(cursor, 'double', index, index + 4);
  return undefined;
}

export function isNegativeInfinity(text: string, index: number): boolean {
  return text.startsWith('-INF', index) && !isWordCharacter(text.charCodeAt(index + 4));
}

/**
 * `2012-09-03`, `2012-09-03T14:53+02:00`. A raw `+` in a query arrives as a space; in front of an offset
 * nothing else can be meant. [OData-ABNF dateValue, dateTimeOffsetLiteral]
 */
function parseDate(cursor: Cursor): Literal | undefined {
  const { text, index: start } = cursor;
  const date = match(datePattern, text, start);
  if (date === start) return undefined;
  if ((text.charCodeAt(date) | 32) !== 116) return finish(cursor, 'date', start, date);
  const time = match(timePattern, text, date + 1);
  if (time === date + 1) cursor.fail('a time of day', date + 1);
  const offset = match(offsetPattern, text, time);
  if (offset === time) cursor.fail("'Z' or an offset such as '+02:00'", time);
  const value = finish(cursor, 'dateTimeOffset', start, offset);
  return text.charCodeAt(time) === 32 ? { ...value, text: value.text.replace(' ', '+') } : value;
}

/** `42`, `-3.14`, `1e9`; the suffixes of OData 2 (`3.14f`, `5L`) are tolerated. [OData-ABNF decimalValue, doubleValue] */
function parseNumber(cursor: Cursor): Literal {
  const { text, index: start } = cursor;
  numberPattern.lastIndex = start;
  const found = numberPattern.exec(text)!;
  const end = numberPattern.lastIndex;
  const value = literal(cursor, found[2] ? 'double' : found[1] ? 'decimal' : 'integer', start, found[0]);
  const suffixed = suffixType(text.charCodeAt(end), value.type);
  cursor.index = suffixed === undefined ? end : end + 1;
  endOfLiteral(cursor);
  return suffixed === undefined ? value : { ...value, type: suffixed };
}

function suffixType(code: number, type: Literal['type']): Literal['type'] | undefined {
  const letter = code | 32;
  if (letter === 102 || letter === 100) return 'double';
  if (letter === 109) return 'decimal';
  return letter === 108 && type === 'integer' ? 'integer' : undefined;
}

/** `null`, `true`, GUIDs that begin with a letter, and everything with a prefix in front of a quote. */
function parseWord(cursor: Cursor): Literal | undefined {
  const { text, index: start } = cursor;
  const end = identifierEnd(text, start);
  if (end === start) return undefined;
  const next = text.charCodeAt(end);
  if (next === 45 || end === start + 8) {
    const guid = match(guidPattern, text, start);
    if (guid > start) return finish(cursor, 'guid', start, guid);
  }
  if (next === 39) return parsePrefixed(cursor, end);
  if (next === 46) {
    const qualified = qualifiedNameEnd(text, start);
    return text.charCodeAt(qualified) === 39 ? parseEnum(cursor, qualified) : undefined;
  }
  if (next === 40 || next === 47 || end - start > 5) return undefined;
  const written = text.slice(start, end);
  const type = words.get(written) ?? (booleanPattern.test(written) ? 'boolean' : undefined);
  if (type === undefined) return undefined;
  cursor.index = end;
  return literal(cursor, type, start, type === 'boolean' ? written.toLowerCase() : written);
}

/** `duration'P1D'`, `binary'Zm9v'`, `geography'SRID=0;Point(1 2)'`. */
function parsePrefixed(cursor: Cursor, end: number): Literal {
  const { text, index: start } = cursor;
  const prefix = text.slice(start, end).toLowerCase();
  cursor.index = end;
  const value = () => parseQuoted(cursor);
  switch (prefix) {
    case 'duration':
      return checked(cursor, 'duration', start, value(), (content) => durationPattern.test(content));
    case 'binary':
      return checked(cursor, 'binary', start, value(), (content) => binaryPattern.test(content));
    case 'geography':
    case 'geometry':
      return checked(cursor, prefix, start, value(), isGeoText);
    default:
      return cursor.reject(`unknown literal prefix '${text.slice(start, end)}'`, start);
  }
}

/** `Sales.Pattern'Solid,Yellow'` [OData-ABNF enumLiteral] */
function parseEnum(cursor: Cursor, end: number): Literal {
  const start = cursor.index;
  cursor.index = end;
  const value = checked(cursor, 'enum', start, parseQuoted(cursor), (content) => enumPattern.test(content));
  return { ...value, enumType: cursor.text.slice(start, end) };
}

function checked(
  cursor: Cursor,
  type: Literal['type'],
  start: number,
  content: string,
  isValid: (content: string) => boolean,
): Literal {
  if (!isValid(content)) cursor.fail(`a valid ${type} literal`, start);
  return literal(cursor, type, start, content);
}

function match(pattern: RegExp, text: string, index: number): number {
  pattern.lastIndex = index;
  return pattern.test(text) ? pattern.lastIndex : index;
}

function finish(cursor: Cursor, type: Literal['type'], start: number, end: number): Literal {
  cursor.index = end;
  endOfLiteral(cursor);
  return literal(cursor, type, start, cursor.text.slice(start, end));
}

function endOfLiteral(cursor: Cursor): void {
  if (isWordCharacter(cursor.code)) cursor.fail('the end of the literal');
}

function literal(cursor: Cursor, type: Literal['type'], start: number, text: string): Literal {
  return { kind: 'literal', type, text, at: cursor.at(start) };
}
