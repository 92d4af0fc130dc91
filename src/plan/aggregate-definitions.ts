import type { Element, EntitySet, Model, Singleton, StructuredType } from '../edm/index.js';
import { isCsdlObject } from '../edm/index.js';
import { BehaviorError, ServiceError } from '../error/index.js';
import { parseQuery, type Transformation } from '../url/index.js';

import type { NamedDefinition } from './function-definitions.js';

/**
 * What the custom aggregates and aggregation methods of a service mean, as transformations that make one row of any number:
 * aggregates by what declares them, a slash and their name (`ns.Sale/Margin`), methods by their qualified name. The last
 * property of that row is the value. What a method aggregates is called `value`.
 */
export type AggregateDefinitions = ReadonlyMap<string, readonly Transformation[]>;

const TERMS = 'Org.OData.Aggregation.V1.';

/** The property that has what a custom aggregation method aggregates. */
export const VALUE = 'value';

/** Reads definitions such as `['ns.Sale/Margin', 'aggregate(Price with sum as P,Cost with sum as C)/compute(P sub C as Margin)']`. */
export function readAggregates(named: readonly NamedDefinition[], model: Model): AggregateDefinitions {
  const definitions = new Map<string, readonly Transformation[]>();
  for (const [name, text] of named) {
    const key = keyOf(name, model);
    if (definitions.has(key)) throw new BehaviorError(`The aggregate '${name}' is defined twice.`);
    definitions.set(key, transformationsOf(name, text));
  }
  return definitions;
}

function keyOf(name: string, model: Model): string {
  const slash = name.lastIndexOf('/');
  if (slash < 0) {
    if (declaringElements(model).some((element) => methodsOf(element).includes(name))) return name;
    throw new BehaviorError(
      `A behaviour defines the aggregation method '${name}', which no ApplySupported annotation declares.`,
    );
  }
  const target = model.expandName(name.slice(0, slash));
  const aggregate = name.slice(slash + 1);
  const element = declaringElements(model).find((each) => each.target === target);
  if (element !== undefined && declaredType(element, aggregate) !== undefined) return `${target}/${aggregate}`;
  throw new BehaviorError(`A behaviour defines the aggregate '${aggregate}', which '${target}' does not declare.`);
}

function declaringElements(model: Model): readonly Element[] {
  const { container } = model;
  const types = new Set(model.entitySets.flatMap(({ type }) => [type, ...type.lineage, ...model.derivedTypes(type)]));
  return [...(container === undefined ? [] : [container]), ...model.entitySets, ...types];
}

/** What makes one row of all, and what may follow it. */
const ONE_TO_ONE: ReadonlySet<Transformation['kind']> = new Set(['identity', 'compute']);

function transformationsOf(name: string, text: string): readonly Transformation[] {
  const tree = parsed(name, text);
  const last = tree.findLastIndex(({ kind }) => kind === 'aggregate');
  if (last >= 0 && tree.slice(last + 1).every(({ kind }) => ONE_TO_ONE.has(kind))) return tree;
  throw new BehaviorError(
    `The definition of the aggregate '${name}' makes no single row: it ends in aggregate(…), and compute(…) where need be.`,
  );
}

function parsed(name: string, text: string): readonly Transformation[] {
  try {
    return parseQuery(`$apply=${encodeURIComponent(text)}`).apply?.value ?? [];
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    throw new BehaviorError(`The definition of the aggregate '${name}' is wrong: ${error.message}`, { cause: error });
  }
}

/** What rows are of, and where they stand. */
export interface Declaring {
  readonly type: StructuredType;
  readonly container: EntitySet | Singleton | undefined;
}

/** What may declare aggregates for rows: their type, the set that they stand in, the service. [OData-Aggregation 5.1, 5.2] */
function elementsFor({ type, container }: Declaring, model: Model): readonly Element[] {
  return [container, ...type.lineage, model.container].filter((element) => element !== undefined);
}

/** A custom aggregate that is declared for rows: its key among the definitions, and its type. */
export function customAggregateFor(
  name: string,
  rows: Declaring,
  model: Model,
): { readonly key: string; readonly type: string } | undefined {
  for (const element of elementsFor(rows, model)) {
    const type = declaredType(element, name);
    if (type !== undefined) return { key: `${element.target}/${name}`, type: model.expandName(type) };
  }
  return undefined;
}

/** Whether rows may be aggregated with a custom method. [OData-Aggregation 5.1] */
export function declaresMethod(name: string, rows: Declaring, model: Model): boolean {
  return elementsFor(rows, model).some((element) => methodsOf(element).includes(name));
}

function declaredType(element: Element, name: string): string | undefined {
  const value = element.annotation(`${TERMS}CustomAggregate#${name}`);
  return value === undefined ? undefined : String(value);
}

function methodsOf(element: Element): readonly string[] {
  return ['ApplySupported', 'ApplySupportedDefaults'].flatMap((term) => {
    const value = element.annotation(TERMS + term);
    const methods = isCsdlObject(value) ? value['CustomAggregationMethods'] : undefined;
    return Array.isArray(methods) ? methods.map(String) : [];
  });
}
