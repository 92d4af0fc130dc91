import { badRequest, suggestion } from '../error/index.js';
import { isDigit } from './characters.js';
import { parseApply } from './apply.js';
import { parseComputeItems } from './compute.js';
import { type Cursor } from './cursor.js';
import { parseExpandItems } from './expand.js';
import { parseCommonExpression } from './expression.js';
import { addAlias, newOptions, type OptionBuilder } from './option-builder.js';
import { parseOrderItems } from './order-by.js';
import { parseSearch } from './search.js';
import { parseSelectItems } from './select.js';
import { type Option, type QueryOptions } from './tree.js';

const names = [
  'apply',
  'compute',
  'count',
  'deltatoken',
  'expand',
  'filter',
  'format',
  'id',
  'index',
  'levels',
  'orderby',
  'schemaversion',
  'search',
  'select',
  'skip',
  'skiptoken',
  'top',
] as const satisfies readonly (keyof QueryOptions)[];

export type SystemOptionName = (typeof names)[number];

const namesByText: ReadonlyMap<string, SystemOptionName> = new Map(
  names.flatMap((name) => [
    [name, name],
    [`$${name}`, name],
  ]),
);

/** The option that is meant: the dollar sign may be missing, case is ignored. [OData-URL 5.1] */
export function systemOptionName(written: string): SystemOptionName | undefined {
  return namesByText.get(written) ?? namesByText.get(written.toLowerCase());
}

/** `unknown query option '$fliter'. Did you mean '$filter'?`; what is known elsewhere, such as `$levels`, is no help here. */
export function unknownOption(written: string, position: number) {
  const known = names.filter((name) => name !== systemOptionName(written)).map((name) => `$${name}`);
  return badRequest(`unknown query option '${written}'.${suggestion(written, known)}`, { position, target: written });
}

/**
 * Reads the value of a system query option into the builder; the cursor stands at its first character and is left
 * behind the last one, with the option as its subject. [OData-ABNF systemQueryOption] [OData-URL 5.1]
 */
export function parseSystemOption(cursor: Cursor, name: SystemOptionName, builder: OptionBuilder): void {
  const at = cursor.at();
  cursor.subject = `$${name}`;
  if (builder[name] !== undefined) throw repeatedOption(cursor.subject, at);
  const start = cursor.index;
  const value = parseValue(cursor, name);
  const option: Option<unknown> = { value, text: cursor.text.slice(start, cursor.index), at };
  (builder as Record<SystemOptionName, Option<unknown>>)[name] = option;
}

function repeatedOption(name: string, position: number) {
  return badRequest(`query option '${name}' must not appear more than once`, { position, target: name });
}

function parseValue(cursor: Cursor, name: SystemOptionName): unknown {
  switch (name) {
    case 'filter':
      return parseCommonExpression(cursor);
    case 'orderby':
      return parseOrderItems(cursor);
    case 'select':
      return parseSelectItems(cursor, parseSelectOptions);
    case 'expand':
      return parseExpandItems(cursor, parseNestedOptions);
    case 'search':
      return parseSearch(cursor);
    case 'compute':
      return parseComputeItems(cursor);
    case 'apply':
      return parseApply(cursor, parseNestedOptions);
    case 'top':
    case 'skip':
      return parseInteger(cursor, /^\d+$/, 'a non-negative integer');
    case 'index':
      return cursor.atEnd ? undefined : parseInteger(cursor, /^-?\d+$/, 'an integer');
    case 'levels':
      return parseLevels(cursor);
    case 'count':
      return parseBoolean(cursor);
    case 'format':
    case 'id':
    case 'skiptoken':
    case 'deltatoken':
    case 'schemaversion':
      return parseText(cursor);
    default:
      return name satisfies never;
  }
}

/** [OData-ABNF top, skip, index] */
function parseInteger(cursor: Cursor, form: RegExp, expected: string): number {
  const word = parseWord(cursor);
  const value = Number(word);
  if (!form.test(word) || !Number.isSafeInteger(value)) refuse(cursor, word, expected);
  return value;
}

/** A positive integer without leading zeros, or `max`. [OData-ABNF levels] [OData-URL 5.1.3.1] */
function parseLevels(cursor: Cursor): number | 'max' {
  if (!isDigit(cursor.code)) {
    const word = parseWord(cursor);
    return word.toLowerCase() === 'max' ? 'max' : refuse(cursor, word, "a positive integer or 'max'");
  }
  return parseInteger(cursor, /^[1-9]\d*$/, "a positive integer or 'max'");
}

/** [OData-ABNF inlinecount] */
function parseBoolean(cursor: Cursor): boolean {
  const word = parseWord(cursor);
  const lower = word.toLowerCase();
  return lower === 'true' || (lower !== 'false' && refuse(cursor, word, "'true' or 'false'"));
}

function refuse(cursor: Cursor, word: string, expected: string): never {
  return cursor.fail(`${expected}, not '${word.slice(0, 40)}',`, cursor.index - word.length);
}

/** Text up to the end of a nested option. */
function parseWord(cursor: Cursor): string {
  const start = cursor.index;
  while (!cursor.atEnd && cursor.code !== 59 && cursor.code !== 41) cursor.index++;
  return cursor.text.slice(start, cursor.index);
}

function parseText(cursor: Cursor): string {
  if (cursor.atEnd) cursor.fail('a value');
  const start = cursor.index;
  cursor.index = cursor.text.length;
  return cursor.text.slice(start);
}

const selectOptions = new Set([
  'filter',
  'search',
  'count',
  'orderby',
  'skip',
  'top',
  'compute',
  'select',
  'expand',
  '@',
]);

function parseSelectOptions(cursor: Cursor): QueryOptions {
  return parseNestedOptions(cursor, selectOptions);
}

/**
 * Options within parentheses, separated by semicolons; the cursor stands behind the opening parenthesis.
 * Example: `$select=Name;@limit=5;$filter=Price gt @limit)`. [OData-ABNF expandOption, selectOption]
 */
function parseNestedOptions(cursor: Cursor, allowed: ReadonlySet<string>): QueryOptions {
  const outer = cursor.subject;
  const builder = newOptions();
  cursor.enter();
  cursor.optionDepth++;
  do {
    cursor.skipSpace();
    parseNestedOption(cursor, allowed, builder);
    cursor.skipSpace();
    if (cursor.code !== 59 && cursor.code !== 41) cursor.fail("an operator, ';' or a closing parenthesis");
    cursor.subject = outer;
  } while (cursor.skip(59));
  cursor.close();
  cursor.optionDepth--;
  cursor.leave();
  return builder;
}

function parseNestedOption(cursor: Cursor, allowed: ReadonlySet<string>, builder: OptionBuilder): void {
  const start = cursor.index;
  if (cursor.code === 64) return parseNestedAlias(cursor, allowed, builder);
  cursor.skip(36);
  cursor.identifier('a query option');
  const written = cursor.text.slice(start, cursor.index);
  const name = systemOptionName(written);
  if (name === undefined) throw unknownOption(written, cursor.at(start));
  if (!allowed.has(name)) cursor.reject(`$${name} is not allowed`, start);
  cursor.expect(61, "'='");
  parseSystemOption(cursor, name, builder);
}

function parseNestedAlias(cursor: Cursor, allowed: ReadonlySet<string>, builder: OptionBuilder): void {
  if (!allowed.has('@')) cursor.fail('a query option');
  const at = cursor.at();
  cursor.index++;
  const name = cursor.identifier('an alias');
  cursor.expect(61, "'='");
  parseAlias(cursor, name, at, builder);
}

/** `@name=expression` with the cursor at the expression. [OData-ABNF aliasAndValue] [OData-URL 5.3] */
export function parseAlias(cursor: Cursor, name: string, at: number, builder: OptionBuilder): void {
  cursor.subject = `@${name}`;
  if (builder.aliases.has(name)) throw repeatedOption(cursor.subject, at);
  addAlias(builder, name, parseCommonExpression(cursor));
}
