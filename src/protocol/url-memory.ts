import type { Model } from '../edm/index.js';
import {
  planRead,
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
import type { Exchange } from './exchange.js';
import { urlLimits } from './limits.js';
import { planContextOf } from './operations/plan-context.js';
import type { Profile } from './profile.js';

/** URLs that are remembered, and how long one may be for that. */
const REMEMBERED = 1000;
const LONGEST = 2000;

/** Reads URLs and remembers the recent ones: the same text means the same as long as the model and the profile do. */
export class UrlMemory {
  readonly #trees = new BoundedCache<UrlTree>(REMEMBERED);
  readonly #targets = new WeakMap<UrlTree, Target>();
  readonly #model: Model;
  readonly #profile: Profile;
  readonly #limits: UrlLimits;

  constructor(model: Model, profile: Profile) {
    this.#model = model;
    this.#profile = profile;
    this.#limits = urlLimits(profile.limits);
  }

  parse(url: string): UrlTree {
    const parse = () => parseUrl(url, this.#limits);
    return url.length > LONGEST ? parse() : this.#trees.get(url, parse);
  }

  resolve(tree: UrlTree): Target {
    const known = this.#targets.get(tree);
    if (known !== undefined) return known;
    const { aliases } = tree.options;
    const target = resolvePath(tree.path, { model: this.#model, rules: this.#profile.path, aliases });
    this.#targets.set(tree, target);
    return target;
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
