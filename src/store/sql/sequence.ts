import type { Place, SequenceCall } from '../../plan/index.js';
import { arrayAt } from './array.js';
import { equalityOf } from './comparison.js';
import type { JsonItems, JsonPlace } from './json-place.js';
import { kindOf } from './kind.js';
import { where } from './lambda.js';
import type { Scope } from './scope.js';
import { given, sql, type Sql } from './sql.js';

/** What is the same for both collections of a call. */
interface Sequences {
  readonly left: JsonPlace;
  readonly right: JsonPlace;
  readonly call: SequenceCall;
  readonly scope: Scope;
}

/** Functions over two collections; null where either is. [OData-URL 5.1.1.5, 5.1.1.6] */
export function compileSequence(call: SequenceCall, scope: Scope): Sql {
  const { json } = scope.dialect;
  const arrays = [call.left, call.right].map((place: Place) => arrayAt(place, scope));
  const alias = scope.newAlias();
  const [left, right] = [sql`${alias}.a`, sql`${alias}.b`].map((base): JsonPlace => ({
    base,
    steps: [],
    isOpen: true,
  }));
  const result = compileFunction({ left: left!, right: right!, call, scope });
  const areThere = sql`${json.isArray(left!)} AND ${json.isArray(right!)}`;
  return sql`(SELECT ${result} FROM (SELECT ${arrays[0]!} AS a, ${arrays[1]!} AS b LIMIT 1) AS ${alias} WHERE ${areThere})`;
}

function compileFunction(sequences: Sequences): Sql {
  const { left, right, call, scope } = sequences;
  const count = (place: JsonPlace): Sql => countOf(place, undefined, scope);
  switch (call.function) {
    case 'startswith':
      return matchesAt(sql`0`, sequences);
    case 'endswith':
      return sql`(${count(left)} >= ${count(right)} AND ${matchesAt(sql`${count(left)} - ${count(right)}`, sequences)})`;
    case 'contains': {
      const { table, condition, index } = numbered(left, scope);
      const somewhere = sql`EXISTS (SELECT 1 FROM ${table}${where([...given(condition), matchesAt(index, sequences)])})`;
      return sql`(${count(right)} = 0 OR ${somewhere})`;
    }
    case 'indexof': {
      const { table, condition, index } = numbered(left, scope);
      const first = sql`(SELECT min(${index}) FROM ${table}${where([...given(condition), matchesAt(index, sequences)])})`;
      return sql`CASE WHEN ${count(right)} = 0 THEN 0 ELSE coalesce(${first}, -1) END`;
    }
    case 'hassubset':
      return hasSubset(sequences);
    case 'hassubsequence':
      return hasSubsequence(sequences);
    default:
      throw new Error(`Unknown function ${String(call.function satisfies never)}.`);
  }
}

/** Whether the second collection stands in the first at a position, item by item. */
function matchesAt(offset: Sql, sequences: Sequences): Sql {
  const { left, right, scope } = sequences;
  const [a, b] = [numbered(left, scope), numbered(right, scope)];
  const isThere = [...given(a.condition), sql`${a.index} = ${b.index} + ${offset}`, areSame(a.item, b.item, sequences)];
  const isMissing = sql`NOT EXISTS (SELECT 1 FROM ${a.table}${where(isThere)})`;
  return sql`NOT EXISTS (SELECT 1 FROM ${b.table}${where([...given(b.condition), isMissing])})`;
}

/** Every item must be there as often as it is asked for. */
function hasSubset(sequences: Sequences): Sql {
  const { left, right, scope } = sequences;
  const { table, condition, item } = numbered(right, scope);
  const asked = countOf(right, (other) => areSame(other, item, sequences), scope);
  const found = countOf(left, (other) => areSame(other, item, sequences), scope);
  return sql`NOT EXISTS (SELECT 1 FROM ${table}${where([...given(condition), sql`${asked} > ${found}`])})`;
}

/** Each item is taken where it comes first behind the one before. */
function hasSubsequence(sequences: Sequences): Sql {
  const { left, right, scope } = sequences;
  const { whole } = scope.dialect.values;
  const walk = scope.newAlias();
  const [a, b] = [numbered(left, scope), numbered(right, scope)];
  const conditions = [
    ...given(a.condition),
    ...given(b.condition),
    sql`${a.index} > ${walk}.p`,
    sql`${b.index} = ${walk}.k`,
    areSame(a.item, b.item, sequences),
  ];
  const next = sql`(SELECT min(${a.index}) FROM ${a.table}, ${b.table}${where(conditions)})`;
  const length = countOf(right, undefined, scope);
  const steps = sql`SELECT ${whole(0)} AS k, ${whole(-1)} AS p UNION ALL SELECT ${walk}.k + 1, ${next} FROM ${walk} WHERE ${walk}.p IS NOT NULL AND ${walk}.k < ${length}`;
  return sql`EXISTS (WITH RECURSIVE ${walk}(k, p) AS (${steps}) SELECT 1 FROM ${walk} WHERE ${walk}.k = ${length} AND ${walk}.p IS NOT NULL)`;
}

function countOf(place: JsonPlace, holds: ((item: JsonPlace) => Sql) | undefined, scope: Scope): Sql {
  const { table, condition, item } = numbered(place, scope);
  const conditions = holds === undefined ? given(condition) : [...given(condition), holds(item)];
  return sql`(SELECT count(*) FROM ${table}${where(conditions)})`;
}

/** Items are equal as values of their type; NaN equals nothing, and entities, which stand by their sequences, themselves. */
function areSame(a: JsonPlace, b: JsonPlace, { call, scope }: Sequences): Sql {
  const { itemType, declared } = call;
  const { json, strings, values } = scope.dialect;
  if (call.left.type.type.kind === 'entity') return values.isSame(json.sequenceOf(a), json.sequenceOf(b));
  if (itemType === undefined) {
    const [left, right] = [a, b].map((item) => strings.fold(json.alike(item, scope.newAlias(), declared)));
    return values.isSame(left!, right!);
  }
  const kind = kindOf(itemType);
  const [left, right] = [a, b].map((item) => json.valueAt(item, kind));
  const same = values.isSame(equalityOf(left!, kind, scope), equalityOf(right!, kind, scope));
  if (kind !== 'double') return same;
  const nan = values.literal('NaN', kind);
  return sql`${same} AND ${values.isDifferent(left!, nan)} AND ${values.isDifferent(right!, nan)}`;
}

function numbered(place: JsonPlace, scope: Scope): JsonItems {
  return scope.dialect.json.items(place, scope.newAlias());
}
