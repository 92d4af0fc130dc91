import { badRequest, uriTooLong } from '../error/index.js';
import { Cursor, type Rule } from './cursor.js';
import { parseCommonExpression } from './expression.js';
import { defaultUrlLimits, type UrlLimits } from './limits.js';
import { decoded } from './percent-decoding.js';
import { parseOptions } from './query-options.js';
import { parseResourcePath } from './resource-path.js';
import { type Expression, type QueryOptions, type ResourcePath, type UrlTree } from './tree.js';

/**
 * A URL relative to the service root, still percent-encoded, such as `Products(1)/Category?$select=Name`.
 * [OData-ABNF odataRelativeUri]
 */
export function parseUrl(relativeUrl: string, limits: UrlLimits = defaultUrlLimits): UrlTree {
  checkText(relativeUrl, limits);
  const mark = relativeUrl.indexOf('?');
  const pathEnd = mark < 0 ? relativeUrl.length : mark;
  const path = parseResourcePath(relativeUrl, 0, pathEnd, limits);
  const options = parseOptions(relativeUrl, pathEnd + 1, limits);
  checkEntityOptions(path, options);
  return { path, options };
}

/** A path alone, still percent-encoded. */
export function parsePath(text: string, limits: UrlLimits = defaultUrlLimits): ResourcePath {
  checkText(text, limits);
  if (text.includes('?'))
    throw badRequest("invalid resource path: '?' must be percent-encoded", { position: text.indexOf('?') });
  return parseResourcePath(text, 0, text.length, limits);
}

/** A query without its question mark, still percent-encoded. */
export function parseQuery(text: string, limits: UrlLimits = defaultUrlLimits): QueryOptions {
  checkText(text, limits);
  return parseOptions(text, 0, limits);
}

/** A decoded expression, such as `Price gt 5`. */
export function parseExpression(text: string, limits: UrlLimits = defaultUrlLimits): Expression {
  return parseWhole(text, 'expression', parseCommonExpression, limits);
}

/** Reads decoded text from its first to its last character. */
export function parseWhole<T>(text: string, subject: string, rule: Rule<T>, limits: UrlLimits): T {
  checkLength(text, limits);
  const cursor = new Cursor(decoded(text), subject, limits);
  const value = rule(cursor);
  if (!cursor.atEnd) cursor.fail('an operator or the end');
  return value;
}

function checkText(text: string, limits: UrlLimits): void {
  checkLength(text, limits);
  const hash = text.indexOf('#');
  if (hash >= 0) throw badRequest(`invalid URL: '#' must be percent-encoded, at position ${hash}`, { position: hash });
}

function checkLength(text: string, limits: UrlLimits): void {
  if (text.length > limits.maxLength)
    throw uriTooLong(`the URL has ${text.length} characters, more than the ${limits.maxLength} that are allowed`);
}

/** `$entity` needs `$id`, and a type cast for `$select` and `$expand`. [OData-ABNF entityOptions, entityCastOptions] [OData-URL 4.3.4] */
function checkEntityOptions(path: ResourcePath, options: QueryOptions): void {
  if (path[0]?.kind !== 'entity') return;
  if (options.id === undefined) throw badRequest("'$entity' needs the query option '$id'", { target: '$id' });
  const option = options.select ?? options.expand;
  if (path.length === 1 && option !== undefined)
    throw badRequest("'$entity' needs a type cast behind it for $select and $expand", { position: option.at });
}
