import type { EnumType, ScalarType } from '../../edm/index.js';
import type { Expression } from '../../plan/index.js';
import { memberOfNumber, numberOfMember } from './enumeration.js';
import { shapeText } from './geo.js';
import { isNumberKind, kindOf, typeOf, underlyingType } from './kind.js';
import { localTime } from './offset.js';
import { convert, operandAs } from './operand.js';
import type { Operand, Scope } from './scope.js';
import { constant, integer, join, bothOnce, once, sql, type Sql } from './sql.js';
import { wellKnownText } from './well-known-text.js';

/** Null where the value does not become one of the type. [OData-URL 5.1.1.10.1] */
export function compileCast(cast: Extract<Expression, { kind: 'cast' }>, scope: Scope): Operand {
  const to = kindOf(cast.type);
  if (cast.operand.kind === 'literal' && cast.operand.value === null)
    return { sql: scope.dialect.values.null(to), kind: to };
  const from = typeOf(cast.operand);
  if (from !== undefined && kindOf(from) === 'dateTime' && (to === 'date' || to === 'timeOfDay')) {
    const local = localTime(cast.operand, scope);
    return { sql: to === 'date' ? sql`substr(${local}, 1, 10)` : sql`substr(${local}, 12)`, kind: to };
  }
  if (from !== undefined && to === 'string' && isShapeType(from))
    return { sql: wellKnownText(shapeText(cast.operand, from, scope), from, scope), kind: to };
  const operand =
    from !== undefined && kindOf(from) === 'untyped'
      ? { sql: operandAs(cast.operand, to, scope), kind: to }
      : scope.compile(cast.operand, scope);
  return { sql: castTo(cast.type, operand, from, scope), kind: to };
}

function isShapeType({ qualifiedName }: ScalarType): boolean {
  return qualifiedName.startsWith('Edm.Geo');
}

function castTo(type: ScalarType, operand: Operand, from: ScalarType | undefined, scope: Scope): Sql {
  const to = kindOf(type);
  if (operand.kind === 'string' && to !== 'string') return fromText(type, operand.sql, scope);
  if (to === 'string') return toText(operand, scope);
  if (operand.kind === 'enum' && isNumberKind(to)) {
    const number = { sql: numberOfMember(operand.sql, from as EnumType), kind: 'integer' } as const;
    return withinRange(type, undefined, convert(number, to, scope));
  }
  if (isNumberKind(operand.kind) && to === 'enum')
    return memberOfNumber(scope.dialect.numbers.convert(operand.sql, operand.kind, 'integer'), type as EnumType);
  if (to === 'integer') return withinRange(type, from, convert(operand, to, scope));
  return convert(operand, to, scope);
}

function toText({ sql: value, kind }: Operand, scope: Scope): Sql {
  if (isNumberKind(kind)) return scope.dialect.numbers.toText(value, kind);
  switch (kind) {
    case 'boolean':
      return once(value, (v) => sql`CASE WHEN ${v} THEN 'true' ELSE 'false' END`);
    case 'dateTime':
      return sql`(${value} || 'Z')`;
    case 'duration':
      return scope.dialect.times.secondsToDuration(value);
    case 'untyped':
      throw new Error('A value of an abstract type is cast by what it is.');
    default:
      return value;
  }
}

function fromText(type: ScalarType, text: Sql, scope: Scope): Sql {
  const { numbers, strings, times } = scope.dialect;
  const kind = kindOf(type);
  if (isNumberKind(kind)) return withinRange(type, undefined, numbers.fromText(text, kind));
  switch (kind) {
    case 'boolean':
      return sql`CASE ${strings.lower(text)} WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END`;
    case 'date':
    case 'timeOfDay':
      return once(text, (v) => sql`CASE WHEN ${times.isCanonical(v, kind)} THEN ${v} END`);
    case 'dateTime':
      return once(text, (v) => sql`CASE WHEN ${times.isCanonical(v, kind)} THEN rtrim(${v}, 'Z') END`);
    case 'duration':
      return once(text, (v) => sql`CASE WHEN ${times.isCanonical(v, kind)} THEN ${times.durationToSeconds(v)} END`);
    case 'enum': {
      const names = (type as EnumType).members.map((member) => constant(member.name));
      return names.length === 0
        ? sql`NULL`
        : once(text, (v) => sql`CASE WHEN ${v} IN (${join(names, ', ')}) THEN ${v} END`);
    }
    case 'text':
      return opaqueFromText(type, text, scope);
    default:
      throw new Error(`No string becomes a value of type '${type.qualifiedName}'.`);
  }
}

function opaqueFromText(type: ScalarType, text: Sql, scope: Scope): Sql {
  return underlyingType(type).qualifiedName === 'Edm.Guid' ? guidFromText(text, scope) : binaryFromText(text);
}

/** The bits that no byte needs are zero, and padding may be left out. [OData-ABNF binaryValue] */
function binaryFromText(text: Sql): Sql {
  return bothOnce(text, sql`rtrim(${text}, '=')`, (v, bare) => {
    const endsWith = (letters: string) =>
      sql`substr(${bare}, length(${bare}), 1) IN (${join([...letters].map(constant), ', ')})`;
    const isWhole = sql`length(${bare}) % 4 = 0 AND ${v} = ${bare}`;
    const isOneOver = sql`length(${bare}) % 4 = 2 AND ${v} IN (${bare}, ${bare} || '==') AND ${endsWith('AQgw')}`;
    const isTwoOver = sql`length(${bare}) % 4 = 3 AND ${v} IN (${bare}, ${bare} || '=') AND ${endsWith('AEIMQUYcgkosw048')}`;
    const isBinary = sql`ltrim(${bare}, ${constant(BASE64URL)}) = '' AND (${join([isWhole, isOneOver, isTwoOver], ' OR ')})`;
    return sql`CASE WHEN ${isBinary} THEN ${bare} END`;
  });
}

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function guidFromText(text: Sql, scope: Scope): Sql {
  return once(scope.dialect.strings.lower(text), (v) => {
    const isHexadecimal = (part: Sql) => sql`ltrim(${part}, '0123456789abcdef')`;
    const groups = [
      [1, 8],
      [10, 4],
      [15, 4],
      [20, 4],
      [25, 12],
    ] as const;
    const rests = groups.map(
      ([start, length]) => sql`${isHexadecimal(sql`substr(${v}, ${integer(start)}, ${integer(length)})`)} = ''`,
    );
    const hyphens = [9, 14, 19, 24].map((start) => sql`substr(${v}, ${integer(start)}, 1) = '-'`);
    return sql`CASE WHEN length(${v}) = 36 AND ${join([...rests, ...hyphens], ' AND ')} THEN ${v} END`;
  });
}

const RANGES: ReadonlyMap<string, readonly [least: Sql, most: Sql]> = new Map([
  ['Edm.Byte', [sql`0`, sql`255`]],
  ['Edm.SByte', [sql`-128`, sql`127`]],
  ['Edm.Int16', [sql`-32768`, sql`32767`]],
  ['Edm.Int32', [sql`-2147483648`, sql`2147483647`]],
]);

const WIDENING: ReadonlySet<string> = new Set([
  'Edm.Byte Edm.Int16',
  'Edm.Byte Edm.Int32',
  'Edm.SByte Edm.Int16',
  'Edm.SByte Edm.Int32',
  'Edm.Int16 Edm.Int32',
]);

/** 64 bits is what `Edm.Int64` has and what all integers are computed with. */
function withinRange(type: ScalarType, from: ScalarType | undefined, number: Sql): Sql {
  const { qualifiedName } = underlyingType(type);
  const range = RANGES.get(qualifiedName);
  const source = from === undefined ? '' : underlyingType(from).qualifiedName;
  if (range === undefined || WIDENING.has(`${source} ${qualifiedName}`)) return number;
  return once(number, (v) => sql`CASE WHEN ${v} BETWEEN ${range[0]} AND ${range[1]} THEN ${v} END`);
}
