import type {
  CreateEvent,
  DeleteEvent,
  MemberEvent,
  OperationEvent,
  OperationResult,
  UpdateEvent,
  ViewEvent,
} from './events.js';
import type { Entity } from './entities.js';

/** One link of a chain: act, call `next()`, act again, or answer without it. */
export type Handler<Event, Result> = (event: Event, next: () => Promise<Result>) => Result | Promise<Result>;

/**
 * Handlers by the qualified name of a type or an operation; those of a base type hold for its derived types too, and those of
 * `Edm.EntityType` for all entities.
 */
export type Handlers<Event, Result> = Readonly<Record<string, Handler<Event, Result>>>;

/** Code that makes a service do more than its schema says. */
export interface Behavior {
  readonly create?: Handlers<CreateEvent, Entity>;
  readonly update?: Handlers<UpdateEvent, Entity>;
  readonly delete?: Handlers<DeleteEvent, void>;
  readonly action?: Handlers<OperationEvent, OperationResult>;
  readonly function?: Handlers<OperationEvent, OperationResult>;
  /**
   * The members of collections that are computed when they are asked for, by the type and the navigation property that
   * lead there (`ns.Shop/OpenOrders`), in their order. Those that are not stored have sequences below zero.
   */
  readonly view?: Handlers<ViewEvent, readonly Entity[]>;
  /** A member of such a collection that is not stored, by its key; undefined where there is none. Its sequence is below zero. */
  readonly member?: Handlers<MemberEvent, Entity | undefined>;
  /**
   * Functions that mean an expression: what names in it start from is the binding parameter, `@name` is a parameter.
   * They answer calls, and may be called within `$filter` and the like, where no code can run. A function with overloads
   * is named with the types of its parameters.
   * Example: `{ 'ns.Discounted': 'Price mul (1 sub @rate)' }`
   */
  readonly expression?: Readonly<Record<string, string>>;
  /**
   * Custom aggregates, named by what declares them (a type, a set, the container), and custom aggregation methods: as
   * transformations that make one row, whose last property is the value. What a method aggregates is called `value`. They
   * become a part of the statement.
   * Example: `{ 'ns.Sale/Margin': 'aggregate(Price with sum as P,Cost with sum as C)/compute(P sub C as M)',
   * 'ns.spread': 'aggregate(value with max as high,value with min as low)/compute(high sub low as spread)' }`
   */
  readonly aggregate?: Readonly<Record<string, string>>;
}

/**
 * Types a behaviour where it is written down.
 * Example: `defineBehavior({ action: { 'ns.Activate': async ({ entities, binding }) => { … } } })`
 */
export function defineBehavior(behavior: Behavior): Behavior {
  return behavior;
}
