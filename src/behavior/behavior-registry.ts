import type { Model, StructuredType } from '../edm/index.js';
import { BehaviorError, suggestion } from '../error/index.js';
import {
  checkAggregates,
  readAggregates,
  readDefinitions,
  type AggregateDefinitions,
  type FunctionDefinitions,
  type PathRules,
} from '../plan/index.js';

import type { Behavior, Handler } from './define-behavior.js';

type Kind = Exclude<keyof Behavior, 'expression' | 'aggregate'>;

const KINDS: readonly Kind[] = ['create', 'update', 'delete', 'action', 'function', 'view', 'member'];
type AnyHandler = Handler<never, unknown>;

/** What stands for any entity type. [CSDL-JSON 4.5] */
const EVERY_ENTITY = 'Edm.EntityType';

/**
 * All behaviours of a service: one chain per event and model element, in the order of registration, the built-in
 * operation last. Names are checked against the model when it is made, so that a typo fails at start.
 */
export class BehaviorRegistry {
  readonly #model: Model;
  readonly #handlers = new Map<string, AnyHandler[]>();

  /** What functions mean as expressions. */
  readonly definitions: FunctionDefinitions;
  /** What custom aggregates and aggregation methods mean as transformations. */
  readonly aggregates: AggregateDefinitions;

  constructor(model: Model, behaviors: readonly Behavior[], rules: PathRules) {
    this.#model = model;
    this.definitions = readDefinitions(
      behaviors.flatMap(({ expression = {} }) => Object.entries(expression)),
      model,
      rules,
    );
    const aggregates = behaviors.flatMap(({ aggregate = {} }) => Object.entries(aggregate));
    this.aggregates = readAggregates(aggregates, model);
    checkAggregates(this.aggregates, { model, rules, definitions: this.definitions });
    for (const behavior of behaviors) {
      for (const kind of KINDS) {
        for (const [name, handler] of Object.entries(behavior[kind] ?? {}))
          this.#add(kind, name, handler as AnyHandler);
      }
    }
  }

  /** Whether anything is registered for this element. */
  has(kind: Kind, name: string): boolean {
    return this.#handlers.has(`${kind} ${name}`);
  }

  /** Runs the chain of a type (with those of all entities and of its base types, outermost first) and then `last`. */
  runForType<Event, Result>(
    kind: 'create' | 'update' | 'delete',
    type: StructuredType,
    event: Event,
    last: () => Promise<Result>,
  ): Promise<Result> {
    if (this.#handlers.size === 0) return last();
    const names = type.lineage.map(({ qualifiedName }) => qualifiedName).toReversed();
    return this.#run(kind, [EVERY_ENTITY, ...names], event, last);
  }

  /** Runs the chain of an operation and then `last`. */
  runForOperation<Event, Result>(
    kind: 'action' | 'function',
    name: string,
    event: Event,
    last: () => Promise<Result>,
  ): Promise<Result> {
    return this.#run(kind, [name], event, last);
  }

  /** Runs the chain of a collection whose members are computed, all of them or one, and then `last`. */
  runForView<Event, Result>(
    kind: 'view' | 'member',
    name: string,
    event: Event,
    last: () => Promise<Result>,
  ): Promise<Result> {
    return this.#run(kind, [name], event, last);
  }

  #run<Event, Result>(
    kind: Kind,
    names: readonly string[],
    event: Event,
    last: () => Promise<Result>,
  ): Promise<Result> {
    const chain = names.flatMap((name) => this.#handlers.get(`${kind} ${name}`) ?? []) as unknown as Handler<
      Event,
      Result
    >[];
    const link = (index: number): Promise<Result> => {
      const handler = chain[index];
      return handler === undefined ? last() : Promise.resolve(handler(event, () => link(index + 1)));
    };
    return link(0);
  }

  #add(kind: Kind, name: string, handler: AnyHandler): void {
    const isOperation = kind === 'action' || kind === 'function';
    const [element, property] = splitName(name);
    const exists = isOperation
      ? this.#model.operations(name).some((operation) => operation.kind === kind)
      : this.#declares(element, property);
    if (!exists || isOfCollection(kind) !== (property !== undefined)) {
      const names = this.#model.declaredNames(...(isOperation ? ['Action', 'Function'] : ['EntityType']));
      throw new BehaviorError(
        `A behaviour is for the ${isOperation ? kind : 'entity type'} '${name}', which the schema does not declare.${suggestion(name, names)}`,
      );
    }
    const expanded = this.#model.expandName(element);
    const key = `${kind} ${property === undefined ? expanded : `${expanded}/${property}`}`;
    this.#handlers.set(key, [...(this.#handlers.get(key) ?? []), handler]);
  }

  #declares(typeName: string, property: string | undefined): boolean {
    const type = this.#model.type(typeName);
    if (type?.kind !== 'entity') return false;
    return property === undefined || type.navigationProperties.has(property);
  }
}

function isOfCollection(kind: Kind): boolean {
  return kind === 'view' || kind === 'member';
}

/** `ns.Shop/OpenOrders` names a navigation property of a type. */
function splitName(name: string): [element: string, property: string | undefined] {
  const slash = name.indexOf('/');
  return slash < 0 ? [name, undefined] : [name.slice(0, slash), name.slice(slash + 1)];
}
