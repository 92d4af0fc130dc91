import { badRequest, ServiceError, suggestion } from '../error/index.js';
import { parseArguments } from './arguments.js';
import { hasControlCharacter, identifierEnd, qualifiedNameEnd } from './characters.js';
import { Cursor } from './cursor.js';
import { parseCommonExpression } from './expression.js';
import { parseArrayOrObject } from './json-value.js';
import { type UrlLimits } from './limits.js';
import { parseLiteral } from './literal.js';
import { type RawSegment, splitPath } from './path-segments.js';
import { decode, type DecodedText } from './percent-decoding.js';
import { type Argument, type Expression, type NameSegment, type ResourcePath, type Segment } from './tree.js';

const subject = 'resource path';
const words = ['count', 'value', 'ref', 'each', 'all', 'batch', 'metadata', 'entity', 'query'] as const;
const wordsByText: ReadonlyMap<string, (typeof words)[number]> = new Map(words.map((word) => [`$${word}`, word]));

/**
 * The path of a raw URL. `Products(1)/Category` becomes two segments, the root of the service none; one slash at the
 * end is ignored. [OData-ABNF resourcePath] [OData-URL 4]
 */
export function parseResourcePath(raw: string, start: number, end: number, limits: UrlLimits): ResourcePath {
  const segments: Segment[] = [];
  for (const part of splitPath(raw, start, end)) {
    if (part.start === part.end)
      throw invalid(`empty segment at position ${part.start} of '${raw.slice(start, end)}'`, part.start);
    const segment = parseSegment(raw, part, segments.length === 0, limits);
    checkOrder(segments.at(-1), segment);
    segments.push(segment);
  }
  checkRoot(segments);
  return segments;
}

function parseSegment(raw: string, { start, end }: RawSegment, isFirst: boolean, limits: UrlLimits): Segment {
  const source = decode(raw, start, end, false);
  const { text } = source;
  if (text.charCodeAt(0) === 36) return parseDollarSegment(new Cursor(source, subject, limits));
  const nameEnd = qualifiedNameEnd(text, 0);
  if (nameEnd > 0) {
    if (nameEnd === text.length) return { kind: 'name', name: text, text, at: start };
    if (text.charCodeAt(nameEnd) === 40) return parseNamedSegment(source, nameEnd, isFirst, limits);
  }
  if (isFirst) new Cursor(source, subject, limits).fail(nameEnd > 0 ? "'(' or '/'" : 'a name', nameEnd);
  return textSegment(source);
}

function textSegment({ text, start }: DecodedText): Segment {
  if (hasControlCharacter(text)) throw invalid(`control character in the segment at position ${start}`, start);
  return { kind: 'text', text, at: start };
}

/**
 * `Products(1)`, `f(a=@p)`. Behind the first segment `a(b)` and `notes(1).txt` can only be keys; with quotes or equals
 * signs up to a closing parenthesis, or without one, a call is meant. [OData-ABNF keyPredicate, functionParameters]
 */
function parseNamedSegment(source: DecodedText, nameEnd: number, isFirst: boolean, limits: UrlLimits): Segment {
  const behind = source.text.slice(nameEnd);
  const isCall = /['=]/.test(behind) && (behind.endsWith(')') || !behind.includes(')'));
  if (isFirst || isCall) return parseCall(source, nameEnd, limits);
  try {
    return parseCall(source, nameEnd, limits);
  } catch (error) {
    if (error instanceof ServiceError) return textSegment(source);
    throw error;
  }
}

/** `f(a='x')`, perhaps with a key behind it: `f(a='x')(1)`. */
function parseCall(source: DecodedText, nameEnd: number, limits: UrlLimits): NameSegment {
  const cursor = new Cursor(source, subject, limits);
  cursor.index = nameEnd + 1;
  const items = parseArguments(cursor, parseArgumentValue);
  const key = parseKey(cursor);
  if (!cursor.atEnd) cursor.fail("'/' or the end");
  const { text, start } = source;
  return { kind: 'name', name: text.slice(0, nameEnd), text, arguments: items, ...key, at: start };
}

function parseKey(cursor: Cursor): { readonly key?: readonly Argument[] } {
  return cursor.skip(40) ? { key: parseArguments(cursor, parseArgumentValue) } : {};
}

/** In a path only literals, aliases and JSON can be values. [OData-ABNF keyPropertyValue, functionParameter] */
function parseArgumentValue(cursor: Cursor): Expression {
  const at = cursor.at();
  cursor.countNode();
  if (cursor.skip(64)) return { kind: 'alias', name: cursor.identifier('an alias'), at };
  if (cursor.code === 91 || cursor.code === 123) return parseArrayOrObject(cursor, parseCommonExpression);
  return parseLiteral(cursor) ?? cursor.fail('a literal or an alias');
}

function parseDollarSegment(cursor: Cursor): Segment {
  const { text } = cursor;
  const at = cursor.at(0);
  const word = wordsByText.get(text);
  if (word !== undefined) return { kind: word, at };
  cursor.index = identifierEnd(text, 1);
  const name = text.slice(0, cursor.index);
  if (name === '$filter') return parseFilterSegment(cursor, at);
  if (name === '$crossjoin') return parseCrossjoin(cursor, at);
  const known = [...wordsByText.keys(), '$filter', '$crossjoin'];
  throw invalid(`unknown segment '${text.slice(0, 100)}'.${suggestion(name, known)}`, at);
}

/** `$filter(Age gt 3)`, `$filter(@p)(1)` [OData-ABNF filterInPath] [OData-URL 4.12] */
function parseFilterSegment(cursor: Cursor, at: number): Segment {
  cursor.subject = '$filter';
  cursor.expect(40, 'an opening parenthesis');
  cursor.skipSpace();
  const expression = parseCommonExpression(cursor);
  cursor.close();
  const key = parseKey(cursor);
  if (!cursor.atEnd) cursor.fail("'/' or the end");
  return { kind: 'filter', expression, ...key, at };
}

/** `$crossjoin(Products,Categories)` [OData-ABNF crossjoin] [OData-URL 4.15] */
function parseCrossjoin(cursor: Cursor, at: number): Segment {
  const names: string[] = [];
  cursor.expect(40, 'an opening parenthesis');
  cursor.skipSpace();
  do {
    names.push(cursor.identifier('an entity set'));
  } while (cursor.skipComma());
  cursor.close();
  if (!cursor.atEnd) cursor.fail("'/' or the end");
  return { kind: 'crossjoin', names, at };
}

/** What the grammar alone says about neighbours: nothing but `$query` follows `$count`, `$ref` and `$value`. */
function checkOrder(previous: Segment | undefined, segment: Segment): void {
  switch (previous?.kind) {
    case 'batch':
    case 'metadata':
    case 'query':
      throw invalid(`nothing may follow '$${previous.kind}', at position ${segment.at}`, segment.at);
    case 'count':
    case 'ref':
    case 'value':
      if (segment.kind === 'query') return;
      throw invalid(`nothing may follow '$${previous.kind}', at position ${segment.at}`, segment.at);
    case undefined:
      if (followsOnly(segment)) throw invalid(`'$${segment.kind}' cannot stand first`, segment.at);
      return;
    default:
      if (
        segment.kind === 'batch' ||
        segment.kind === 'metadata' ||
        segment.kind === 'entity' ||
        segment.kind === 'crossjoin'
      )
        throw invalid(`'$${segment.kind}' can only stand first, at position ${segment.at}`, segment.at);
  }
}

/** A qualified name can only stand first as the container in front of `$all`. */
function checkRoot(path: ResourcePath): void {
  const [first, second] = path;
  if (first?.kind !== 'name' || second?.kind === 'all') return;
  const dot = first.name.indexOf('.');
  if (dot >= 0) throw invalid(`'${first.name}' cannot stand first, because it is qualified`, first.at + dot);
}

function followsOnly({ kind }: Segment): boolean {
  return (
    kind === 'count' || kind === 'value' || kind === 'ref' || kind === 'each' || kind === 'filter' || kind === 'query'
  );
}

function invalid(problem: string, position: number) {
  return badRequest(`invalid ${subject}: ${problem}`, { position });
}
