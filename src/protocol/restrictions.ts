import { EntitySet, isCsdlObject, Singleton, type CsdlValue, type Element, type EntityType } from '../edm/index.js';
import { badRequest, methodNotAllowed } from '../error/index.js';
import {
  pathOfRelation,
  schemaPath,
  type CollectionTarget,
  type EntityTarget,
  type Relation,
  type Target,
} from '../plan/index.js';
import type { Expression as Syntax, QueryOptions } from '../url/index.js';

import type { Profile } from './profile.js';

const CAPABILITIES = 'Org.OData.Capabilities.V1.';

/** Methods that a set or navigation property may rule out, by term and member. [Capabilities] */
const METHODS: Readonly<Record<string, readonly [string, string]>> = {
  GET: ['ReadRestrictions', 'Readable'],
  POST: ['InsertRestrictions', 'Insertable'],
  PATCH: ['UpdateRestrictions', 'Updatable'],
  PUT: ['UpdateRestrictions', 'Updatable'],
  DELETE: ['DeleteRestrictions', 'Deletable'],
};

/** Query options that a set or navigation property may rule out. */
const OPTIONS: readonly (readonly [keyof QueryOptions, string, string | undefined])[] = [
  ['filter', 'FilterRestrictions', 'Filterable'],
  ['orderby', 'SortRestrictions', 'Sortable'],
  ['expand', 'ExpandRestrictions', 'Expandable'],
  ['count', 'CountRestrictions', 'Countable'],
  ['search', 'SearchRestrictions', 'Searchable'],
  ['select', 'SelectSupport', 'Supported'],
  ['compute', 'ComputeSupported', undefined],
  ['top', 'TopSupported', undefined],
  ['skip', 'SkipSupported', undefined],
];

/** Refuses what the schema's annotations rule out for the place that a request names. */
export function refuseRestricted(
  target: Target,
  method: string,
  options: QueryOptions,
  { expandsAnywhere }: Pick<Profile, 'expandsAnywhere'>,
): void {
  const place = placeOf(target);
  if (place?.origin === undefined) return;
  const { origin, type } = place;
  const rule = METHODS[method === 'HEAD' ? 'GET' : method];
  if (rule !== undefined && isRuledOut(origin, rule, target) && appliesTo(target, method)) {
    const allow = Object.keys(METHODS).filter((name) => flag(origin, ...METHODS[name]!) !== false);
    throw methodNotAllowed(`'${origin.name}' does not allow ${method}, as its ${rule[0]} say.`, allow);
  }
  for (const [name, term, member] of OPTIONS) {
    if (name === 'expand' && expandsAnywhere) continue;
    if (options[name] !== undefined && flag(origin, term, member) === false) {
      throw badRequest(`$${name} is not allowed for '${origin.name}', as its ${term} say.`, { target: `$${name}` });
    }
  }
  refuseProperties(origin, type, options);
}

/** Of a collection's members that are picked by a key, rules of their own count first. [Capabilities ReadByKeyRestrictions] */
function isRuledOut(origin: Element, rule: readonly [string, string], target: Target): boolean {
  const isPicked = rule === METHODS['GET'] && target.kind === 'entity' && target.within !== undefined;
  const byKey = isPicked ? restriction(origin, rule[0])?.['ReadByKeyRestrictions'] : undefined;
  const own = isCsdlObject(byKey) ? byKey['Readable'] : undefined;
  return (typeof own === 'boolean' ? own : flag(origin, ...rule)) === false;
}

/** Refuses what they rule out for related entities that stand in the payload of another one. [OData-Protocol 11.4.3.1] */
export function refuseNested(origin: Element | undefined, method: 'POST' | 'PATCH' | 'PUT' | 'DELETE', target: string) {
  const rule = METHODS[method]!;
  if (origin !== undefined && flag(origin, ...rule) === false)
    throw badRequest(`'${origin.name}' does not allow this, as its ${rule[0]} say.`, { target });
}

/** Refuses entities within others where the place or the whole service does without. [Capabilities DeepUpdateSupport] */
export function refuseDeep(
  origins: readonly (Element | undefined)[],
  term: 'DeepInsertSupport' | 'DeepUpdateSupport',
  target: string,
): void {
  const origin = origins.find((each) => each !== undefined && flag(each, term, 'Supported') === false);
  if (origin === undefined) return;
  throw badRequest(`'${origin.name}' takes no entities within others, as its ${term} says.`, { target });
}

/** Refuses lists of changes where the schema says that a collection takes none. [Capabilities UpdateRestrictions] */
export function refuseDelta(origin: Element | undefined): void {
  if (origin === undefined || flag(origin, 'UpdateRestrictions', 'DeltaUpdateSupported') !== false) return;
  const allow = ['GET', 'POST'].filter((name) => flag(origin, ...METHODS[name]!) !== false);
  throw methodNotAllowed(`'${origin.name}' takes no list of changes, as its UpdateRestrictions say.`, allow);
}

/** Refuses another value for a navigation property that keeps the one that it has. [Capabilities UpdateRestrictions] */
export function refuseRebinding(
  origin: Element | undefined,
  { property, within = [] }: Pick<Relation, 'property' | 'within'>,
): void {
  const name = pathOfRelation({ property, within: schemaPath(within) });
  if (listedNames(origin, 'UpdateRestrictions', 'NonUpdatableNavigationProperties').has(name))
    throw badRequest(`'${name}' cannot be changed, as the UpdateRestrictions of '${origin!.name}' say.`, {
      target: name,
    });
}

/** `POST` to an entity is an action's call, not an insert; only collections and entities themselves are meant. */
function appliesTo(target: Target, method: string): boolean {
  return method !== 'POST' || target.kind === 'collection';
}

function placeOf(target: Target): CollectionTarget | EntityTarget | undefined {
  if (target.kind === 'collection' || target.kind === 'entity') return target;
  return target.kind === 'count' && target.of.kind === 'collection' ? target.of : undefined;
}

function refuseProperties(origin: Element, type: EntityType, { filter, orderby, expand }: QueryOptions): void {
  const used = (expression: Syntax): string[] =>
    [...namesIn(expression)].filter((name) => type.member(name) !== undefined);
  refuseNames(
    '$filter',
    origin,
    'FilterRestrictions',
    'NonFilterableProperties',
    filter === undefined ? [] : used(filter.value),
  );
  refuseNames(
    '$orderby',
    origin,
    'SortRestrictions',
    'NonSortableProperties',
    orderby?.value.flatMap((item) => used(item.expression)) ?? [],
  );
  refuseNames(
    '$expand',
    origin,
    'ExpandRestrictions',
    'NonExpandableProperties',
    expand?.value.map((item) => item.path.at(-1)!) ?? [],
  );
}

function refuseNames(option: string, origin: Element, term: string, member: string, names: readonly string[]): void {
  if (names.length === 0) return;
  const refused = pathList(restriction(origin, term)?.[member]);
  const name = names.find((each) => refused.has(each));
  if (name !== undefined)
    throw badRequest(`${option} is not allowed for the property '${name}' of '${origin.name}'.`, { target: option });
}

/** First names of all paths in an expression. */
function* namesIn(expression: Syntax): Iterable<string> {
  switch (expression.kind) {
    case 'path': {
      const [first, second] = expression.steps;
      const step = first?.kind === '$it' || first?.kind === '$this' ? second : first;
      if (step?.kind === 'name' || step?.kind === 'arguments') yield step.name;
      return;
    }
    case 'binary':
      yield* namesIn(expression.left);
      yield* namesIn(expression.right);
      return;
    case 'unary':
      yield* namesIn(expression.operand);
      return;
    case 'call':
      for (const argument of expression.arguments) yield* namesIn(argument);
      return;
    case 'list':
      for (const item of expression.items) yield* namesIn(item);
      return;
    case 'case':
      for (const { condition, value } of expression.branches) {
        yield* namesIn(condition);
        yield* namesIn(value);
      }
      return;
    case 'cast':
    case 'isof':
      if (expression.operand !== undefined) yield* namesIn(expression.operand);
      return;
    case 'object':
      for (const { value } of expression.members) yield* namesIn(value);
      return;
    case 'literal':
    case 'alias':
  }
}

/** Properties that a create must give, where the set or navigation property says so. [Capabilities InsertRestrictions] */
export function requiredOnInsert(origin: Element | undefined): ReadonlySet<string> {
  return listedNames(origin, 'InsertRestrictions', 'RequiredProperties');
}

/** Names that a member of a restriction lists. */
export function listedNames(origin: Element | undefined, term: string, member: string): ReadonlySet<string> {
  return origin === undefined ? new Set() : pathList(restriction(origin, term)?.[member]);
}

/** Whether entities of this place or type change under a condition only. [Core OptimisticConcurrency] */
export function declaresConcurrency(...elements: readonly (Element | undefined)[]): boolean {
  return elements.some((element) => element?.annotation('Org.OData.Core.V1.OptimisticConcurrency') !== undefined);
}

/** Whether entities of a set or singleton change under a condition only; the term on a type says that there are ETags. */
export function demandsCondition(origin: Element | undefined): boolean {
  const isSet = origin instanceof EntitySet || origin instanceof Singleton;
  return isSet && declaresConcurrency(origin);
}

/** A boolean member of a restriction, or the term's own value where it is a tag; undefined where nothing is said. */
function flag(origin: Element, term: string, member: string | undefined): boolean | undefined {
  const value = member === undefined ? origin.annotation(CAPABILITIES + term) : restriction(origin, term)?.[member];
  return typeof value === 'boolean' ? value : undefined;
}

function restriction(origin: Element, term: string): Readonly<Record<string, CsdlValue>> | undefined {
  const value = origin.annotation(CAPABILITIES + term);
  return isCsdlObject(value) ? value : undefined;
}

function pathList(value: CsdlValue | undefined): ReadonlySet<string> {
  return new Set(Array.isArray(value) ? value.map(pathText) : []);
}

function pathText(value: CsdlValue): string {
  return isCsdlObject(value)
    ? String(value['$PropertyPath'] ?? value['$NavigationPropertyPath'] ?? value['$Path'])
    : String(value);
}
