import { pathOfRelation, type Embed, type ReadPlan, type Relation, type Source } from '../plan/index.js';

import { pathOf } from './address.js';
import type { Dialect } from './sql/index.js';
import { join, sql, type Sql } from './sql/sql.js';
import type { Address, ChangeRange } from './store.js';

/** An entity that may have changed in a plan. */
export interface ChangedAddress extends Address {
  readonly position: number;
  readonly type: string;
  readonly isDeleted: boolean;
  /** Whether it is told of when it is not among the plan's rows now, since it may have been before. */
  readonly leavesTrace: boolean;
}

export interface LogContext {
  readonly space: string;
  readonly dialect: Dialect;
  readonly limit: number;
}

type Range = Required<ChangeRange>;
type Linked = Extract<Relation, { kind: 'linked' }>;

/**
 * Which entities changed in a part of the log, each at its last position: those in the plan's collections, those that
 * were linked or unlinked where the plan follows links, and those with new or lost links that the plan embeds.
 */
export function changedAddresses(plan: ReadPlan, range: Range, context: LogContext): Sql {
  const { whole } = context.dialect.values;
  const pieces = [...ownChanges(plan, range, context), ...embeddedLinks(plan, range, context)];
  const all = pieces.reduce((left, right) => sql`${left} UNION ALL ${right}`);
  return sql`SELECT collection, key, type, kind, position, leaves_trace FROM (
    SELECT collection, key, type, kind, position,
      max(trace) OVER (PARTITION BY collection, key) AS leaves_trace,
      row_number() OVER (PARTITION BY collection, key ORDER BY position DESC, trace DESC) AS age
    FROM (${all}) AS c) AS d
    WHERE age = 1 AND position > ${whole(range.after)} ORDER BY position LIMIT ${whole(context.limit)}`;
}

function ownChanges(plan: ReadPlan, range: Range, context: LogContext): Sql[] {
  const { text } = context.dialect.values;
  const collections = collectionsOf(plan.from);
  const entities = (where: Sql, trace: Sql): Sql => sql`SELECT collection, key, type, kind, position, ${trace} AS trace
    FROM change WHERE ${within(range, context)} AND property IS NULL${where}${ofTypes(plan, context)}`;
  if (collections !== undefined) {
    const names = join(
      collections.map((collection) => text(collection)),
      ', ',
    );
    return [entities(collections.length === 0 ? sql` AND FALSE` : sql` AND collection IN (${names})`, sql`1`)];
  }
  const link = followedLink(plan.from);
  if (link === undefined) throw new Error('The changes of what is found in several steps are not known.');
  return [entities(sql``, sql`0`), linkChanges(link, range, context)];
}

/** The entities at the far end of links that an entity has got or lost. */
function linkChanges(
  { owner, relation }: { readonly owner: Address; readonly relation: Linked },
  range: Range,
  context: LogContext,
): Sql {
  const { text } = context.dialect.values;
  const property = sql`${within(range, context)} AND property = ${text(relation.storedAs)}`;
  if (relation.inverse) {
    return sql`SELECT collection, key, type, kind, position, 1 AS trace FROM change WHERE ${property}
      AND target_collection = ${text(owner.collection)} AND target_key = ${text(owner.key)}`;
  }
  return sql`SELECT target_collection AS collection, target_key AS key, target_type AS type, kind, position, 1 AS trace
    FROM change WHERE ${property} AND collection = ${text(owner.collection)} AND key = ${text(owner.key)}`;
}

/** The plan's entities whose expanded properties have got or lost entities. */
function embeddedLinks(plan: ReadPlan, range: Range, context: LogContext): Sql[] {
  const { text } = context.dialect.values;
  return plan.embed.map(relationOfEmbed).flatMap((relation) => {
    if (relation?.kind !== 'linked') return [];
    const property = sql`${within(range, context)} AND property = ${text(relation.storedAs)}`;
    const ends = relation.inverse
      ? sql`target_collection AS collection, target_key AS key, target_type AS type`
      : sql`collection, key, type`;
    return [sql`SELECT ${ends}, kind, position, 0 AS trace FROM change WHERE ${property}`];
  });
}

function relationOfEmbed({ plan }: Embed): Relation | undefined {
  return plan.from.kind === 'embedded' ? plan.from.relation : undefined;
}

function within({ since, until }: Range, { space, dialect: { values } }: LogContext): Sql {
  return sql`position > ${values.whole(since)} AND position <= ${values.whole(until)} AND space = ${values.text(space)}`;
}

/** Entities of types that a cast leaves out were never among the rows. */
function ofTypes({ typeNames }: ReadPlan, { dialect: { values } }: LogContext): Sql {
  if (typeNames === undefined || typeNames.length === 0) return sql``;
  return sql` AND type IN (${join(
    typeNames.map((name) => values.text(name)),
    ', ',
  )})`;
}

/** The collections that hold all rows a source can have; undefined where links lead anywhere. */
function collectionsOf(source: Source): readonly string[] | undefined {
  switch (source.kind) {
    case 'collections':
      return source.collections;
    case 'entity':
      return [source.collection];
    case 'keyed':
    case 'among':
    case 'matching':
    case 'outermost':
      return collectionsOf(source.of);
    case 'related':
      return collectionsBehind(source);
    case 'place':
    case 'listed':
    case 'given':
    case 'embedded':
      return undefined;
  }
}

function collectionsBehind({ of, relation }: Extract<Source, { kind: 'related' }>): readonly string[] | undefined {
  switch (relation.kind) {
    case 'constrained':
      return [relation.collection];
    case 'contained': {
      const owner = addressOf(of);
      return owner && [`${pathOf(owner)}/${pathOfRelation(relation)}`];
    }
    case 'linked':
      return undefined;
  }
}

function followedLink(source: Source): { readonly owner: Address; readonly relation: Linked } | undefined {
  if (source.kind === 'matching') return followedLink(source.of);
  if (source.kind !== 'related' || source.relation.kind !== 'linked') return undefined;
  const owner = addressOf(source.of);
  return owner && { owner, relation: source.relation };
}

/** Where a source's only row stands, where that is known without reading. */
function addressOf(source: Source): Address | undefined {
  if (source.kind === 'entity') return source;
  if (source.kind !== 'keyed' || source.of.kind !== 'collections' || source.of.collections.length !== 1)
    return undefined;
  return { collection: source.of.collections[0]!, key: source.key };
}
