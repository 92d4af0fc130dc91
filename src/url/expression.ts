import { identifierEnd, isDigit, isSpace, isWordCharacter, qualifiedNameEnd } from './characters.js';
import { canonicalFunctions } from './canonical-functions.js';
import { type Cursor } from './cursor.js';
import { parseArrayOrObject } from './json-value.js';
import { isNegativeInfinity, parseLiteral } from './literal.js';
import { parseAnnotation, parseArgumentsStep, parseCount, parseSteps } from './path-expression.js';
import { binaryOperators, type OperatorWord, precedences } from './operators.js';
import { type Expression, type PathStep } from './tree.js';

/**
 * Any expression, up to the first character that cannot continue it.
 * [OData-ABNF commonExpr, boolCommonExpr] [OData-URL 5.1.1]
 */
export function parseCommonExpression(cursor: Cursor): Expression {
  cursor.enter();
  const expression = parseBinary(cursor, precedences.or);
  cursor.leave();
  return expression;
}

/**
 * Operators of at least the given precedence, left-associative. The grammar leaves precedence to the text of the
 * specification. [OData-ABNF andExpr, eqExpr, addExpr, hasExpr, inExpr] [OData-URL 5.1.1.17]
 */
function parseBinary(cursor: Cursor, minimum: number): Expression {
  let left = parseUnary(cursor);
  for (;;) {
    const start = cursor.index;
    const word = skipOperator(cursor);
    if (word === undefined || word.precedence < minimum) {
      cursor.index = start;
      return left;
    }
    const { operator, precedence } = word;
    const right = operator === 'in' ? parseMembers(cursor) : parseBinary(cursor, precedence + 1);
    left = { kind: 'binary', operator, left, right, at: left.at };
  }
}

/** An operator with whitespace around it; a bracket or quote beside it will do as well, as in `(a)and(b)`. */
function skipOperator(cursor: Cursor): OperatorWord | undefined {
  const { text, index } = cursor;
  if (index >= text.length) return undefined;
  if (!cursor.skipSpace() && !isBracket(text.charCodeAt(index - 1))) return undefined;
  const start = cursor.index;
  const end = identifierEnd(text, start);
  if (end - start < 2 || end - start > 5) return undefined;
  const word = text.slice(start, end);
  const found = binaryOperators.get(word) ?? binaryOperators.get(word.toLowerCase());
  if (found === undefined) return undefined;
  cursor.index = end;
  if (!cursor.skipSpace() && !cursor.atEnd && !isBracket(text.charCodeAt(end))) return undefined;
  return found;
}

function isBracket(code: number): boolean {
  return code === 40 || code === 41 || code === 91 || code === 93 || code === 123 || code === 125;
}

/** `not x`, `-x`; both bind weaker than `in` and `has`. [OData-ABNF notExpr, negateExpr] */
function parseUnary(cursor: Cursor): Expression {
  const { code, text, index: start } = cursor;
  cursor.countNode();
  if (code === 45 && !isDigit(text.charCodeAt(start + 1)) && !isNegativeInfinity(text, start)) {
    cursor.index++;
    cursor.skipSpace();
    return parseOperand(cursor, 'negate', start);
  }
  if ((code | 32) === 110 && isNot(text, start)) {
    cursor.index += 3;
    cursor.skipSpace();
    return parseOperand(cursor, 'not', start);
  }
  return parsePrimary(cursor);
}

function isNot(text: string, start: number): boolean {
  const next = text.charCodeAt(start + 3);
  return (isSpace(next) || next === 40) && text.slice(start, start + 3).toLowerCase() === 'not';
}

function parseOperand(cursor: Cursor, operator: 'not' | 'negate', start: number): Expression {
  cursor.enter();
  const operand = parseBinary(cursor, precedences.in);
  cursor.leave();
  return { kind: 'unary', operator, operand, at: cursor.at(start) };
}

/** Literals, paths, calls and everything in brackets. */
function parsePrimary(cursor: Cursor): Expression {
  switch (cursor.code) {
    case 40:
      return parseGroup(cursor);
    case 91:
    case 123:
      return parseArrayOrObject(cursor, parseCommonExpression);
    case 36:
      return parseDollar(cursor);
    case 64:
      return parseAt(cursor);
    default:
      return parseLiteral(cursor) ?? parseNamed(cursor);
  }
}

/** [OData-ABNF parenExpr] */
function parseGroup(cursor: Cursor): Expression {
  cursor.index++;
  cursor.skipSpace();
  const expression = parseCommonExpression(cursor);
  cursor.close();
  return expression;
}

/**
 * The right side of `in`: `('a','b')`, `["a","b"]`, or any expression, also in parentheses: `(Names)`.
 * [OData-ABNF listExpr] [OData-URL 5.1.1.1.11]
 */
function parseMembers(cursor: Cursor): Expression {
  if (cursor.code !== 40) return parseBinary(cursor, precedences.in + 1);
  const at = cursor.at();
  const items: Expression[] = [];
  cursor.index++;
  cursor.skipSpace();
  if (cursor.skip(41)) return { kind: 'list', items, at };
  do {
    cursor.countItem(items);
    const item = parseCommonExpression(cursor);
    if (item.kind !== 'literal' && item.kind !== 'alias') {
      if (items.length === 0) return closeGroup(cursor, item);
      cursor.fail('a literal in the list');
    }
    items.push(item);
  } while (cursor.skipComma());
  cursor.close();
  return items.length === 1 && items[0]!.kind === 'alias' ? items[0]! : { kind: 'list', items, at };
}

function closeGroup(cursor: Cursor, expression: Expression): Expression {
  cursor.close();
  return expression;
}

/** `$it/Name`, `$this`, `$these/$count`, `$root/Customers('A')/Name`, a leading `$count`. [OData-ABNF rootExpr, implicitVariableExpr] */
function parseDollar(cursor: Cursor): Expression {
  const { text, index: start } = cursor;
  cursor.index = identifierEnd(text, start + 1);
  const kind = text.slice(start, cursor.index);
  const at = cursor.at(start);
  if (kind === '$count') return parsePath(cursor, parseCount(cursor, start, parseCommonExpression));
  if (kind === '$root' && cursor.code !== 47) cursor.fail("'/' and a resource behind $root");
  if (kind === '$these' && cursor.code !== 47) cursor.fail("'/' and $count or aggregate(…) behind $these");
  if (kind === '$it' || kind === '$this' || kind === '$these' || kind === '$root')
    return parsePath(cursor, { kind, at });
  return cursor.fail('$it, $this, $these, $root or $count', start);
}

/** `@p`, `@p/Name`, `@Core.Messages/…`: without a dot or a qualifier it is an alias. [OData-ABNF parameterAlias, annotationExpr] */
function parseAt(cursor: Cursor): Expression {
  const start = cursor.index;
  const first = parseAnnotation(cursor);
  if (first.term.includes('.') || first.term.includes('#')) return parsePath(cursor, first);
  const alias = { kind: 'alias', name: first.term, at: cursor.at(start) } as const;
  return cursor.code === 47 ? parsePath(cursor, alias) : alias;
}

function parsePath(cursor: Cursor, first: PathStep): Expression {
  const steps: PathStep[] = [first];
  parseSteps(cursor, steps, parseCommonExpression);
  return { kind: 'path', steps, at: first.at };
}

/** `Name`, `Address/City`, `contains(…)`, `ns.function(a=1)/Name`, `Items(1)/Price`. [OData-ABNF firstMemberExpr, functionExpr] */
function parseNamed(cursor: Cursor): Expression {
  const { text, index: start } = cursor;
  const end = qualifiedNameEnd(text, start);
  if (end === start) cursor.fail(cursor.atEnd ? 'an expression' : 'an expression, not ' + describe(text, start));
  cursor.index = end;
  const name = text.slice(start, end);
  if (cursor.code === 40) return parseCall(cursor, name, start);
  if (cursor.code !== 47 && name.includes('.')) cursor.fail(`'(' or '/' behind the qualified name '${name}'`);
  return parsePath(cursor, { kind: 'name', name, at: cursor.at(start) });
}

function describe(text: string, index: number): string {
  const code = text.charCodeAt(index);
  return isSpace(code) ? 'whitespace' : isWordCharacter(code) ? 'this' : `'${text[index]}'`;
}

function parseCall(cursor: Cursor, name: string, start: number): Expression {
  const lower = name.toLowerCase();
  switch (lower) {
    case 'cast':
    case 'isof':
      return parseTypeFunction(cursor, lower, start);
    case 'case':
      return parseCase(cursor, start);
    case 'any':
    case 'all':
      return cursor.reject(`'${name}' needs a collection in front of it`);
    default:
      return canonicalFunctions.has(lower)
        ? parseCanonical(cursor, name, start)
        : parseFunctionOrKey(cursor, name, start);
  }
}

/** `contains(Name,'a')`, `now()`. [OData-ABNF methodCallExpr] [OData-URL 5.1.1.5] */
function parseCanonical(cursor: Cursor, name: string, start: number): Expression {
  const items: Expression[] = [];
  cursor.index++;
  cursor.skipSpace();
  if (!cursor.skip(41)) {
    do {
      cursor.countItem(items);
      items.push(parseCommonExpression(cursor));
    } while (cursor.skipComma());
    cursor.close();
  }
  return { kind: 'call', name, arguments: items, at: cursor.at(start) };
}

/** A function with named parameters or a key predicate begins a path; other positional arguments make it a call. */
function parseFunctionOrKey(cursor: Cursor, name: string, start: number): Expression {
  const step = parseArgumentsStep(cursor, name, start, parseCommonExpression);
  const items = step.arguments;
  const isKey = items.length === 1 && (items[0]!.value.kind === 'literal' || items[0]!.value.kind === 'alias');
  if (isKey || step.key !== undefined || items.every((item) => item.name !== undefined)) return parsePath(cursor, step);
  return { kind: 'call', name, arguments: items.map((item) => item.value), at: step.at };
}

/**
 * `cast(ns.T)`, `cast(Price,Edm.Int32)`, `isof('ns.T')`: the type may stand in quotes.
 * [OData-ABNF castExpr, isofExpr] [OData-URL 5.1.1.10]
 */
function parseTypeFunction(cursor: Cursor, kind: 'cast' | 'isof', start: number): Expression {
  const at = cursor.at(start);
  cursor.index++;
  cursor.skipSpace();
  const operandStart = cursor.index;
  const only = skipType(cursor);
  if (only !== undefined && cursor.skipSpaced(41)) return { kind, type: only, at };
  cursor.index = operandStart;
  const operand = parseCommonExpression(cursor);
  if (!cursor.skipComma()) cursor.fail('a comma and a type name');
  const type = skipType(cursor);
  if (type === undefined) cursor.fail('a type name');
  cursor.close();
  return { kind, operand, type, at };
}

/** `ns.T`, `Collection(ns.T)`, `'Edm.Byte'`. [OData-ABNF optionallyQualifiedTypeName] */
function skipType(cursor: Cursor): string | undefined {
  const start = cursor.index;
  const isQuoted = cursor.skip(39);
  const nameStart = cursor.index;
  const isCollection = cursor.text.startsWith('Collection(', nameStart);
  if (isCollection) cursor.index += 11;
  const end = qualifiedNameEnd(cursor.text, cursor.index);
  const isNamed = end > cursor.index;
  cursor.index = end;
  if (isNamed && (!isCollection || cursor.skip(41))) {
    const type = cursor.text.slice(nameStart, cursor.index);
    if (!isQuoted || cursor.skip(39)) return type;
  }
  cursor.index = start;
  return undefined;
}

/** `case(X gt 0:1,X lt 0:-1,true:0)` [OData-ABNF caseMethodCallExpr] [OData-URL 5.1.1.12] */
function parseCase(cursor: Cursor, start: number): Expression {
  const branches: { readonly condition: Expression; readonly value: Expression }[] = [];
  cursor.index++;
  cursor.skipSpace();
  do {
    cursor.countItem(branches);
    const condition = parseCommonExpression(cursor);
    if (!cursor.skipSpaced(58)) cursor.fail("':' behind the condition");
    cursor.skipSpace();
    branches.push({ condition, value: parseCommonExpression(cursor) });
  } while (cursor.skipComma());
  cursor.close();
  return { kind: 'case', branches, at: cursor.at(start) };
}
