import { badRequest } from '../error/index.js';
import { hasControlCharacter, identifierEnd } from './characters.js';
import { Cursor } from './cursor.js';
import { type UrlLimits } from './limits.js';
import { addCustom, newOptions, noOptions, type OptionBuilder } from './option-builder.js';
import { decode } from './percent-decoding.js';
import {
  parseAlias,
  parseSystemOption,
  systemOptionName,
  type SystemOptionName,
  unknownOption,
} from './system-options.js';
import { type QueryOptions } from './tree.js';

/**
 * The query of a raw URL, from the character behind the question mark up to the end.
 * Split at `&` and at the first `=` first, then each part is decoded. [OData-ABNF queryOptions] [OData-URL 2]
 */
export function parseOptions(raw: string, start: number, limits: UrlLimits): QueryOptions {
  if (start >= raw.length) return noOptions;
  const builder = newOptions();
  for (let index = start; index <= raw.length;) {
    let end = raw.indexOf('&', index);
    if (end < 0) end = raw.length;
    if (end > index) parseOption(raw, index, end, limits, builder);
    index = end + 1;
  }
  return builder;
}

function parseOption(raw: string, start: number, end: number, limits: UrlLimits, builder: OptionBuilder): void {
  let nameEnd = start;
  while (nameEnd < end && raw.charCodeAt(nameEnd) !== 61) nameEnd++;
  const written = decode(raw, start, nameEnd, true).text;
  const valueStart = Math.min(nameEnd + 1, end);
  const name = optionName(written, raw.slice(valueStart, end));
  if (name !== undefined) {
    const cursor = new Cursor(decode(raw, valueStart, end, true), written, limits);
    parseSystemOption(cursor, name, builder);
    if (!cursor.atEnd) cursor.fail('an operator or the end');
    return;
  }
  if (written.startsWith('$')) throw unknownOption(written, start);
  if (hasControlCharacter(written))
    throw badRequest('invalid query option: a name must not contain control characters', { position: start });
  if (written.startsWith('@'))
    return parseAliasOption(written, new Cursor(decode(raw, valueStart, end, true), written, limits), start, builder);
  const value = decode(raw, valueStart, end, true).text;
  addCustom(builder, { name: written, value, at: start });
}

/**
 * `$levels` exists only within `$expand`; `count=5` can be no `$count`, but is the parameter of a function.
 * [OData-URL 5.1.3.1, 5.3]
 */
function optionName(written: string, value: string): SystemOptionName | undefined {
  const name = systemOptionName(written);
  const isParameter = name === 'count' && !written.startsWith('$') && /^\d+$/.test(value);
  return isParameter || name === 'levels' ? undefined : name;
}

function parseAliasOption(written: string, cursor: Cursor, at: number, builder: OptionBuilder): void {
  if (identifierEnd(written, 1) !== written.length || written.length === 1)
    throw badRequest(`invalid parameter alias '${written}'`, { position: at, target: written });
  parseAlias(cursor, written.slice(1), at, builder);
  if (!cursor.atEnd) cursor.fail('an operator or the end');
}
