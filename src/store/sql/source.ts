import { pathOfRelation, type GivenRow, type Relation, type Source } from '../../plan/index.js';
import { isHeldByNone, joinRelation } from './relation.js';
import { withVariable, type Joined, type Located, type Scope } from './scope.js';
import { join, name, sql, type Sql } from './sql.js';

/** The rows of a source under an alias; `parent` is the row, or the complex value of one, that an embedded source hangs on. */
export function joinSource(source: Source, row: Sql, parent: Located | undefined, scope: Scope): Joined {
  const { text } = scope.dialect.values;
  const fixed = addressOf(source);
  if (fixed !== undefined) {
    const conditions = [inSpace(row, scope), sql`${row}.collection = ${text(fixed.collection)}`];
    if (fixed.key !== undefined) conditions.push(sql`${row}.key = ${text(fixed.key)}`);
    return { tables: [entity(row)], conditions };
  }
  switch (source.kind) {
    case 'collections': {
      const collections = source.collections.map((collection) => sql`${text(collection)}`);
      const isOneOf = collections.length === 0 ? sql`FALSE` : sql`${row}.collection IN (${join(collections, ', ')})`;
      return { tables: [entity(row)], conditions: [inSpace(row, scope), isOneOf] };
    }
    case 'keyed': {
      const of = joinSource(source.of, row, parent, scope);
      return { ...of, conditions: [...of.conditions, sql`${row}.key = ${text(source.key)}`] };
    }
    case 'matching': {
      const of = joinSource(source.of, row, parent, scope);
      const within = withVariable(scope, 0, { kind: 'row', row });
      return { ...of, conditions: [...of.conditions, scope.filter(source.condition, within)] };
    }
    case 'outermost': {
      const of = joinSource(source.of, row, parent, scope);
      return { ...of, conditions: [...of.conditions, isHeldByNone(row, source.nestedBy, scope)] };
    }
    case 'among': {
      const of = joinSource(source.of, row, parent, scope);
      const addresses = source.addresses.map(({ collection, key }) => sql`(${text(collection)}, ${text(key)})`);
      const isOneOf =
        addresses.length === 0 ? sql`FALSE` : sql`(${row}.collection, ${row}.key) IN (VALUES ${join(addresses, ', ')})`;
      return { ...of, conditions: [...of.conditions, isOneOf] };
    }
    case 'related': {
      const owner = scope.newAlias();
      const owners = joinSource(source.of, owner, parent, scope);
      return both(owners, joinRelation(source.relation, { kind: 'row', row: owner }, row, scope));
    }
    case 'place': {
      const found = scope.find(source.place, scope);
      const isThis = sql`${row}.sequence = ${found.located.row}.sequence`;
      return { tables: [...found.tables, entity(row)], conditions: [...found.conditions, isThis] };
    }
    case 'listed':
      return joinListed(source.sequences, row, scope);
    case 'given':
      return joinGiven(source.rows, row, scope);
    case 'embedded':
      if (parent === undefined) throw new Error('An embedded source needs a parent row.');
      return joinRelation(source.relation, parent, row, scope);
    case 'entity':
      throw new Error('An entity has a fixed address.');
    default:
      throw new Error(`Unknown source ${JSON.stringify(source satisfies never)}.`);
  }
}

/** Rows in the order of a list, which is one value of the statement however long it is. */
function joinListed(sequences: readonly number[], row: Sql, scope: Scope): Joined {
  const { table, position, whole } = scope.dialect.json.list(JSON.stringify(sequences), scope.newAlias());
  return {
    tables: [table, entity(row)],
    conditions: [inSpace(row, scope), sql`${row}.sequence = ${whole}`],
    rank: { value: position, of: (sequence) => sequences.indexOf(sequence) },
  };
}

/** Rows as one value of the statement, in the columns of the table. */
function joinGiven(rows: readonly GivenRow[], row: Sql, scope: Scope): Joined {
  const { tables, position, member } = scope.dialect.json.records(
    JSON.stringify(rows.map(storedColumns)),
    scope.newAlias(),
  );
  const columns = [
    sql`${member('sequence', 'whole')} AS sequence`,
    sql`${scope.space} AS space`,
    ...['collection', 'key', 'type'].map((column) => sql`${member(column, 'text')} AS ${name(column)}`),
    sql`${member('version', 'whole')} AS version`,
    sql`${member('document', 'document')} AS document`,
    sql`${member('sent', 'text')} AS sent`,
    sql`${position} AS position`,
  ];
  const positions = new Map(rows.map(({ sequence }, index) => [sequence, index]));
  return {
    tables: [sql`(SELECT ${join(columns, ', ')} FROM ${join(tables, ', ')}) AS ${row}`],
    conditions: [],
    rank: { value: sql`${row}.position`, of: (sequence) => positions.get(sequence) ?? -1 },
  };
}

/** Nothing that was read beside them. What is computed has what hangs on another entity. */
function storedColumns({ sequence, collection, key, type, version, document, sent, hangsAt }: GivenRow): GivenRow {
  return { sequence, collection, key, type, version, document, sent, ...hangsAt };
}

export function both(left: Joined, right: Joined): Joined {
  return { tables: [...left.tables, ...right.tables], conditions: [...left.conditions, ...right.conditions] };
}

export function entity(row: Sql): Sql {
  return sql`entity AS ${row}`;
}

function inSpace(row: Sql, scope: Scope): Sql {
  return sql`${row}.space = ${scope.space}`;
}

interface FixedAddress {
  readonly collection: string;
  /** Undefined for a whole collection. */
  readonly key: string | undefined;
}

/** Where a source stands that names each row on its way: no join is needed, and its rows come in the order of the index. */
function addressOf(source: Source): FixedAddress | undefined {
  switch (source.kind) {
    case 'collections':
      return source.collections.length === 1 ? { collection: source.collections[0]!, key: undefined } : undefined;
    case 'entity':
      return source;
    case 'keyed': {
      const whole = addressOf(source.of);
      return whole?.key === undefined && whole !== undefined ? { ...whole, key: source.key } : undefined;
    }
    case 'related': {
      const owner = addressOf(source.of);
      if (owner?.key === undefined || source.relation.kind !== 'contained') return undefined;
      if (source.relation.nestedBy !== undefined) return undefined;
      return containedAddress(owner.collection, owner.key, source.relation);
    }
    case 'listed':
    case 'given':
    case 'among':
    case 'matching':
    case 'outermost':
    case 'place':
    case 'embedded':
      return undefined;
  }
}

function containedAddress(
  collection: string,
  key: string,
  relation: Extract<Relation, { kind: 'contained' }>,
): FixedAddress {
  const path = key === '' ? collection : `${collection}/${key}`;
  return { collection: `${path}/${pathOfRelation(relation)}`, key: relation.property.isCollection ? undefined : '' };
}
