import type { EntityType, KeyProperty, Property, Scalar, ScalarType } from '../edm/index.js';
import { badRequest, notFound, unknownSegment } from '../error/index.js';
import type { Argument, Expression, Literal } from '../url/index.js';

import { aliasWithoutValue } from './bind/fault.js';
import { keyText } from './key.js';

/** Values of parameter aliases, by name without `@`. */
export type Aliases = ReadonlyMap<string, Expression>;

/** The canonical key of a key predicate such as `(1)` or `(a=1,b='x')`. [OData-URL 4.3.1] */
export function keyOfPredicate(type: EntityType, predicate: readonly Argument[], aliases: Aliases): string {
  if (type.key.length === 0) throw badRequest(`The type '${type.qualifiedName}' has no key.`);
  const values = partsOfPredicate(type, type.key, predicate, aliases);
  return keyText(type, (name) => values.get(name)!);
}

/** The values of parts of a key, by name; a single one may be given without its name. */
export function partsOfPredicate(
  type: EntityType,
  parts: readonly KeyProperty[],
  predicate: readonly Argument[],
  aliases: Aliases,
): ReadonlyMap<string, Scalar> {
  const [only] = predicate;
  if (only !== undefined && only.name === undefined) {
    if (predicate.length > 1) throw badRequest('A key without names has one value.', { position: only.at });
    if (parts.length > 1)
      throw badRequest(`The key of '${type.qualifiedName}' has several parts: ${keyNames(type)}.`, {
        position: only.at,
      });
    return new Map([[parts[0]!.name, readLiteral(parts[0]!, only.value, aliases)]]);
  }
  const given = new Map(predicate.map((argument) => [argument.name ?? '', argument]));
  if (given.size !== predicate.length || given.size !== parts.length || !parts.every(({ name }) => given.has(name)))
    throw badRequest(`The key of '${type.qualifiedName}' consists of ${keyNames(type)}.`, positionOf(only));
  return new Map(parts.map((part) => [part.name, readLiteral(part, given.get(part.name)!.value, aliases)]));
}

/** The canonical key of a segment of its own: `/users/ada@contoso.com`. [OData-URL 4.3.6] */
export function keyOfSegments(type: EntityType, texts: readonly string[]): string {
  if (type.key.length === 0) throw unknownSegment(`Resource not found for the segment '${texts[0] ?? ''}'.`);
  const values = partsOfSegments(type, type.key, texts);
  return keyText(type, (name) => values.get(name)!);
}

/** The values of parts of a key, by name, a segment each. */
export function partsOfSegments(
  type: EntityType,
  parts: readonly KeyProperty[],
  texts: readonly string[],
): ReadonlyMap<string, Scalar> {
  if (texts.length < parts.length) {
    const names = parts.map(({ name }) => `'${name}'`).join(', ');
    throw unknownSegment(
      `Resource not found for the segment '${texts[0] ?? ''}': the key of '${type.qualifiedName}' is ${names}, a segment each.`,
    );
  }
  return new Map(parts.map((part, index) => [part.name, valueOfSegment(type, part, texts[index]!)]));
}

function valueOfSegment(type: EntityType, key: KeyProperty, text: string): Scalar {
  const reading = scalar(key).fromText(text, key.property.facets);
  if ('problem' in reading) throw noSuchKey(type, text);
  return reading.value;
}

function readLiteral(key: KeyProperty, expression: Expression, aliases: Aliases): Scalar {
  const value = scalarOf(key.property, expression, aliases);
  if (value === undefined) {
    throw noSuchKey(key.property.declaringType as EntityType, literalOf(expression, aliases).text);
  }
  return value;
}

/** The canonical value of a literal for a property; undefined where it is of another type. */
export function scalarOf(property: Property, expression: Expression, aliases: Aliases): Scalar | undefined {
  const literal = literalOf(expression, aliases);
  const type = property.type as ScalarType;
  if (literal.type === 'null' || !acceptsLiteral(type.qualifiedName, literal.type)) return undefined;
  const reading = type.fromText(literal.text, property.facets);
  return 'value' in reading ? reading.value : undefined;
}

/** Thrown where the value of a key is an expression, by a parameter alias: its value must be known before the path is. */
export class UnsettledKey extends Error {
  readonly alias: string;
  readonly value: Expression;

  constructor(alias: string, value: Expression) {
    super(`The value of '@${alias}' is not known.`);
    this.alias = alias;
    this.value = value;
  }
}

/** Whether the values of a key are literals, or aliases of such. */
export function isLiteralKey(predicate: readonly Argument[], aliases: Aliases): boolean {
  return predicate.every(
    ({ value }) => value.kind === 'literal' || (value.kind === 'alias' && aliases.get(value.name)?.kind === 'literal'),
  );
}

function literalOf(expression: Expression, aliases: Aliases): Literal {
  if (expression.kind === 'literal') return expression;
  if (expression.kind !== 'alias') throw badRequest('A key value must be a literal.', { position: expression.at });
  const { name, at } = expression;
  const value = aliases.get(name);
  if (value === undefined) throw aliasWithoutValue(name, at);
  if (value.kind === 'literal') return value;
  throw new UnsettledKey(name, value);
}

/** A quoted literal is a string, an enumeration member or a duration without its prefix, all others are not. */
function acceptsLiteral(typeName: string, literal: Literal['type']): boolean {
  if (typeName === 'Edm.Duration') return literal === 'duration' || literal === 'string';
  const quoted = literal === 'string' || literal === 'enum';
  return quoted === (typeName === 'Edm.String' || !typeName.startsWith('Edm.'));
}

/** A key of the wrong type names nothing, so it is answered like any other key that does not exist. */
function noSuchKey(type: EntityType, text: string): Error {
  return notFound(`Resource '${text}' does not exist: the key of '${type.qualifiedName}' is ${keyNames(type)}.`);
}

function keyNames(type: EntityType): string {
  return type.key.map((key) => `${key.name} (${key.property.type.qualifiedName})`).join(', ');
}

function scalar(key: KeyProperty): ScalarType {
  return key.property.type as ScalarType;
}

function positionOf(argument: Argument | undefined): { readonly position?: number } {
  return argument === undefined ? {} : { position: argument.at };
}
