import { pathOfRelation, type Relation } from '../../plan/index.js';
import { memberOf, stepInto, type JsonPlace } from './json-place.js';
import { pointerTo } from './pointer.js';
import { kindOf } from './kind.js';
import { jsonOf, type Joined, type Located, type Scope } from './scope.js';
import { constant, sql, type Sql } from './sql.js';

/** The rows that a relation leads to from where its navigation property stands; none from a complex value that is null. */
export function joinRelation(relation: Relation, from: Located, target: Sql, scope: Scope): Joined {
  const joined = joinTarget(relation, from, target, scope);
  if (relation.within === undefined) return joined;
  const isThere = scope.dialect.json.isPresent(whereItStands(relation, from));
  return { ...joined, conditions: [...joined.conditions, isThere] };
}

function joinTarget(relation: Relation, from: Located, target: Sql, scope: Scope): Joined {
  const inSpace = sql`${target}.space = ${scope.space}`;
  const tables = [sql`entity AS ${target}`];
  switch (relation.kind) {
    case 'contained': {
      const path = sql`${pathOf(from.row)} || ${keptAs(`/${pathOfRelation(relation)}`, relation, from, scope)}`;
      const conditions = [inSpace, sql`${target}.collection = ${path}`];
      if (relation.nestedBy !== undefined) conditions.push(isHeldByNone(target, relation.nestedBy, scope));
      return { tables, conditions };
    }
    case 'linked': {
      if (relation.isTransitive) return joinReached(relation, from, target, scope);
      const reference = scope.newAlias();
      const [near, far] = relation.inverse ? [TARGET, SOURCE] : [SOURCE, TARGET];
      const conditions = [
        sql`${reference}.${near} = ${from.row}.sequence`,
        sql`${reference}.property = ${keptAs(relation.storedAs, relation, from, scope)}`,
        sql`${target}.sequence = ${reference}.${far}`,
      ];
      return { tables: [sql`reference AS ${reference}`, ...tables], conditions };
    }
    case 'constrained': {
      const { values, json } = scope.dialect;
      const pairs = relation.pairs.map(({ here, there, type }) => {
        const kind = kindOf(type);
        const left = json.valueAt(here.reduce(memberOf, whereItStands(relation, from)), kind);
        const right = json.valueAt(there.reduce(memberOf, jsonOf({ kind: 'row', row: target })), kind);
        return sql`${values.key(right, kind)} = ${values.key(left, kind)}`;
      });
      const inCollection = sql`${target}.collection = ${values.text(relation.collection)}`;
      return { tables, conditions: [inSpace, inCollection, ...pairs] };
    }
    default:
      throw new Error(`Unknown relation ${JSON.stringify(relation satisfies never)}.`);
  }
}

/** Whether no reference of this name leads to a row. */
export function isHeldByNone(row: Sql, storedAs: string, scope: Scope): Sql {
  const reference = scope.newAlias();
  return sql`NOT EXISTS (SELECT 1 FROM reference AS ${reference} WHERE ${reference}.target_sequence = ${row}.sequence AND ${reference}.property = ${constant(storedAs)})`;
}

/** Whatever the references lead to in any number of steps; each row once, so that circles end. */
function joinReached(
  { inverse, storedAs }: Extract<Relation, { kind: 'linked' }>,
  from: Located,
  target: Sql,
  scope: Scope,
): Joined {
  const [near, far] = inverse ? [TARGET, SOURCE] : [SOURCE, TARGET];
  const [reached, first, next] = [scope.newAlias(), scope.newAlias(), scope.newAlias()];
  const link = constant(storedAs);
  const steps = sql`SELECT ${first}.${far} AS sequence FROM reference AS ${first} WHERE ${first}.${near} = ${from.row}.sequence AND ${first}.property = ${link} UNION SELECT ${next}.${far} FROM reached JOIN reference AS ${next} ON ${next}.${near} = reached.sequence AND ${next}.property = ${link}`;
  return {
    tables: [scope.dialect.reachedRows(steps, reached), sql`entity AS ${target}`],
    conditions: [sql`${target}.sequence = ${reached}.value`],
  };
}

/** The navigation property's own place: within complex values of the row, unless they are followed already. */
function whereItStands({ within = [] }: Relation, from: Located): JsonPlace {
  return from.kind === 'row' ? within.reduce(stepInto, jsonOf(from)) : from.json;
}

/** The path under which something is kept: what hangs on an item has its ordinal in it, which the row tells. */
function keptAs(path: string, { within = [] }: Relation, from: Located, scope: Scope): Sql {
  const names = within.join('/');
  const start = names === '' ? -1 : path.indexOf(names);
  const isOfItem = from.kind === 'json' && !from.json.isOpen && mayBeOfItem(from.json);
  // A name that a profile gives a relation says nothing of where it stands.
  if (!isOfItem || start < 0 || start > 1) return constant(path);
  const pointer = pointerTo(from.json, scope);
  return sql`${start === 1 ? pointer : sql`substr(${pointer}, 2)`} || ${constant(path.slice(start + names.length))}`;
}

function mayBeOfItem({ pointer, steps }: JsonPlace): boolean {
  return pointer !== undefined || steps.some((step) => 'index' in step);
}

const SOURCE = sql`source_sequence`;
const TARGET = sql`target_sequence`;

/** Contained children stand below this path. */
function pathOf(row: Sql): Sql {
  return sql`CASE ${row}.key WHEN '' THEN ${row}.collection ELSE ${row}.collection || '/' || ${row}.key END`;
}
