import type { EntityType, NavigationProperty, ScalarType } from '../../../src/edm/index.js';
import { bindExpression, bindFilter, type BindContext } from '../../../src/plan/bind/index.js';
import type { Embed, Expression, OrderTerm, ReadPlan, Relation, Source } from '../../../src/plan/index.js';
import { parseExpression } from '../../../src/url/index.js';

import { model, thing } from './model.js';

/** A plan for all things, but for what is given. */
export function plan(parts: Partial<ReadPlan> = {}): ReadPlan {
  return {
    type: thing,
    from: collections('things'),
    order: [],
    page: { limit: undefined, skip: 0 },
    embed: [],
    compute: [],
    shape: { contextList: '' },
    ...parts,
  };
}

export function collections(...names: string[]): Source {
  return { kind: 'collections', collections: names };
}

/** Friends are kept by the one side, and peers are those whose friend one is; parts are contained. */
export function relationOf(property: NavigationProperty): Relation {
  if (property.containsTarget) return { kind: 'contained', property };
  const inverse = property.name === 'Peers';
  return {
    kind: 'linked',
    property,
    storedAs: `t.Thing/${inverse ? 'Friend' : property.name}`,
    inverse,
    isMutual: false,
    isSingle: inverse,
    isTransitive: false,
  };
}

/** Example: `where("startswith(S,'a')")`. */
export function where(text: string, type: EntityType = thing): Expression {
  return bindFilter(parseExpression(text), contextOf(type));
}

export function bound(
  text: string,
  type: EntityType = thing,
): { expression: Expression; type: ScalarType | undefined } {
  return bindExpression(parseExpression(text), contextOf(type));
}

/** Example: `order('I', 'S desc')`. */
export function order(...texts: string[]): OrderTerm[] {
  return texts.map((text) => {
    const isDescending = text.endsWith(' desc');
    const { expression } = bound(isDescending ? text.slice(0, -5) : text);
    return { expression, direction: isDescending ? 'desc' : 'asc' };
  });
}

export function embed(
  property: NavigationProperty,
  parts: Partial<Omit<Embed, 'plan' | 'path'>> & { of?: Partial<ReadPlan> } = {},
): Embed {
  const { of, ...others } = parts;
  const from: Source = { kind: 'embedded', relation: relationOf(property) };
  return {
    name: property.name,
    path: property.name,
    property,
    within: [],
    as: 'entities',
    count: false,
    plan: plan({ type: property.type, from, ...of }),
    ...others,
  };
}

function contextOf(type: EntityType): BindContext {
  return {
    model,
    type,
    relationOf,
    resolveRoot: () => {
      throw new Error('There is no service.');
    },
    aliases: new Map(),
    limits: { nodes: 5000, depth: 200, roots: 2, patternLength: 500 },
    allowEnumNumbers: true,
    promoteDates: true,
  };
}
