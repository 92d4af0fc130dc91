import { identifierEnd, isWordCharacter, qualifiedNameEnd } from './characters.js';
import { parseAggregateFunction } from './aggregate.js';
import { parseArguments } from './arguments.js';
import { type Cursor, type Rule } from './cursor.js';
import { parseSearch } from './search.js';
import { type Argument, type Expression, type PathStep, type SearchExpression } from './tree.js';

/**
 * The steps behind a first one, each with its slash. Example: `/Items/any(i:i/Price gt 5)` behind `Orders('x')`.
 * [OData-ABNF memberExpr, collectionPathExpr]
 */
export function parseSteps(cursor: Cursor, steps: PathStep[], expression: Rule<Expression>): void {
  while (cursor.skip(47)) {
    cursor.countNode();
    steps.push(parseStep(cursor, expression));
  }
}

function parseStep(cursor: Cursor, expression: Rule<Expression>): PathStep {
  const { code, text, index: start } = cursor;
  if (code === 36) return parseDollarStep(cursor, expression);
  if (code === 64) return parseAnnotation(cursor);
  const end = qualifiedNameEnd(text, start);
  if (end === start || isKeyCharacter(text.charCodeAt(end))) return parseKeyText(cursor);
  cursor.index = end;
  const name = text.slice(start, end);
  if (cursor.code !== 40) return { kind: 'name', name, at: cursor.at(start) };
  if (name === 'aggregate')
    return { kind: name, item: parseAggregateFunction(cursor, expression), at: cursor.at(start) };
  const lower = end - start === 3 ? name.toLowerCase() : '';
  if (lower === 'any' || lower === 'all') return parseLambda(cursor, lower, start, expression);
  return parseArgumentsStep(cursor, name, start, expression);
}

/** `name(…)` with the cursor at the parenthesis, perhaps with a key behind it: `ProductsByColor(color='red')(1)`. */
export function parseArgumentsStep(
  cursor: Cursor,
  name: string,
  start: number,
  expression: Rule<Expression>,
): PathStep & { readonly kind: 'arguments' } {
  cursor.enter();
  cursor.index++;
  const items = parseArguments(cursor, expression);
  const key = parseKey(cursor, expression);
  cursor.leave();
  return { kind: 'arguments', name, arguments: items, ...key, at: cursor.at(start) };
}

function parseKey(cursor: Cursor, expression: Rule<Expression>): { readonly key?: readonly Argument[] } {
  return cursor.skip(40) ? { key: parseArguments(cursor, expression) } : {};
}

/** `$count`, `$filter(…)`, `$ref`, `$value`, `$it`, `$this`; `$root` can only stand first. */
function parseDollarStep(cursor: Cursor, expression: Rule<Expression>): PathStep {
  const start = cursor.index;
  cursor.index = identifierEnd(cursor.text, start + 1);
  const kind = cursor.text.slice(start, cursor.index);
  switch (kind) {
    case '$count':
      return parseCount(cursor, start, expression);
    case '$filter':
      return parseFilter(cursor, start, expression);
    case '$ref':
    case '$value':
      return { kind, at: cursor.at(start) };
    default:
      return cursor.fail('a property, $count, $filter(…), $ref or $value', start);
  }
}

/** `$count`, `$count($filter=Price gt 5;$search=red)`, with the cursor behind the word. [OData-ABNF count] */
export function parseCount(cursor: Cursor, start: number, expression: Rule<Expression>): PathStep {
  const at = cursor.at(start);
  if (!cursor.skip(40)) return { kind: '$count', at };
  const options: { filter?: Expression; search?: SearchExpression } = {};
  cursor.enter();
  cursor.optionDepth++;
  do {
    cursor.skipSpace();
    const optionStart = cursor.index;
    cursor.skip(36);
    const name = cursor.identifier('$filter or $search').toLowerCase();
    if ((name !== 'filter' && name !== 'search') || options[name] !== undefined)
      cursor.fail('$filter or $search, each at most once', optionStart);
    cursor.expect(61, "'='");
    if (name === 'filter') options.filter = expression(cursor);
    else options.search = parseSearch(cursor);
  } while (cursor.skipSpaced(59));
  cursor.close();
  cursor.optionDepth--;
  cursor.leave();
  return { kind: '$count', ...options, at };
}

/** `$filter(Age gt 3)`, `$filter(@p)(1)`. [OData-ABNF filterExpr] [OData-URL 4.12] */
function parseFilter(cursor: Cursor, start: number, expression: Rule<Expression>): PathStep {
  cursor.expect(40, 'an opening parenthesis');
  cursor.skipSpace();
  const condition = expression(cursor);
  cursor.close();
  return { kind: 'filter', expression: condition, ...parseKey(cursor, expression), at: cursor.at(start) };
}

/** `any()`, `any(x:x/Price gt 5)`, `all(x:x/Price gt 5)`. [OData-ABNF anyExpr, allExpr] [OData-URL 5.1.1.13] */
function parseLambda(cursor: Cursor, kind: 'any' | 'all', start: number, expression: Rule<Expression>): PathStep {
  const at = cursor.at(start);
  cursor.index++;
  cursor.skipSpace();
  if (kind === 'any' && cursor.skip(41)) return { kind, at };
  cursor.enter();
  const variable = cursor.identifier('a lambda variable');
  if (!cursor.skipSpaced(58)) cursor.fail("':' behind the lambda variable");
  cursor.skipSpace();
  const condition = expression(cursor);
  cursor.close();
  cursor.leave();
  return { kind, variable, condition, at };
}

/** `@Core.Messages`, `@Measures.Currency#Reporting`. [OData-ABNF annotationInQuery] */
export function parseAnnotation(cursor: Cursor): PathStep & { readonly kind: 'annotation' } {
  const start = cursor.index++;
  let term = cursor.qualifiedName('a term name');
  if (cursor.skip(35)) term += `#${cursor.identifier('a qualifier')}`;
  return { kind: 'annotation', term, at: cursor.at(start) };
}

/** A key as a segment, such as `A-17` or `0`. */
function parseKeyText(cursor: Cursor): PathStep {
  const { text, index: start } = cursor;
  let end = start;
  while (isWordCharacter(text.charCodeAt(end)) || isKeyCharacter(text.charCodeAt(end))) end++;
  if (end === start) cursor.fail('a property name');
  cursor.index = end;
  return { kind: 'text', text: text.slice(start, end), at: cursor.at(start) };
}

/** `-`, `.` or `~`: what no name contains, but a key may. */
function isKeyCharacter(code: number): boolean {
  return code === 45 || code === 46 || code === 126;
}
