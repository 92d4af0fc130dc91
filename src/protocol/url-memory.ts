import {
  planRead,
  asChanged,
  resolvePath,
  type CollectionTarget,
  type EntityTarget,
  type Page,
  type PlanContext,
  type ReadPlan,
  type Target,
} from '../plan/index.js';
import { parseUrl, type QueryOptions, type UrlLimits, type UrlTree } from '../url/index.js';

import { BoundedCache } from './bounded-cache.js';
import type { Exchange, ServiceParts } from './exchange.js';
import { urlLimits } from './limits.js';
import { planContext, planContextOf } from './plan-context.js';

/** URLs that are remembered, and how long one may be for that. */
const REMEMBERED = 1000;
const LONGEST = 2000;

/** What the meaning of a URL depends on besides its text. */
type UrlParts = Pick<ServiceParts, 'model' | 'profile' | 'behaviors'>;

/** Reads URLs and remembers the recent ones: the same text means the same as long as the model and the profile do. */
export class UrlMemory {
  readonly #trees = new BoundedCache<UrlTree>(REMEMBERED);
  readonly #targets = new WeakMap<UrlTree, Target>();
  readonly #parts: UrlParts;
  readonly #limits: UrlLimits;

  constructor(parts: UrlParts) {
    this.#parts = parts;
    this.#limits = urlLimits(parts.profile.limits);
  }

  parse(url: string): UrlTree {
    const parse = () => parseUrl(url, this.#limits);
    return url.length > LONGEST ? parse() : this.#trees.get(url, parse);
  }

  /** What a URL names for a method: what a function gives is changed, and a function called. */
  resolve(tree: UrlTree, method = 'GET'): Target {
    const context = () => planContext(this.#parts, tree.options.aliases);
    let target = this.#targets.get(tree);
    if (target === undefined) this.#targets.set(tree, (target = resolvePath(tree.path, context())));
    return method === 'PATCH' ? asChanged(target, context()) : target;
  }
}

const PLANS = new WeakMap<Target, ReadPlan>();

/** The plan of a request's own target with its query options; bound once per remembered URL, whatever the page. */
export function planOf(exchange: Exchange<CollectionTarget | EntityTarget>, page: Page): ReadPlan {
  const { target, tree } = exchange;
  return rememberedPlan(target, tree.options, page, () => planContextOf(exchange));
}

/** A target of `UrlMemory` belongs to one URL, so that its plan does too. */
export function rememberedPlan(
  target: CollectionTarget | EntityTarget,
  options: QueryOptions,
  page: Page,
  context: () => PlanContext,
): ReadPlan {
  const known = PLANS.get(target);
  if (known !== undefined) return { ...known, page };
  const plan = planRead(target, options, page, context());
  PLANS.set(target, plan);
  return plan;
}
