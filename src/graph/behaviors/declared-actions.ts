import type { Behavior } from '../../behavior/index.js';
import type { Model } from '../../edm/index.js';

/** Actions as far as a schema declares them; a name without a namespace is one of `microsoft.graph`. */
export function declaredActions(actions: NonNullable<Behavior['action']>, model: Model): Behavior {
  const qualified = Object.entries(actions).map(
    ([name, handler]) => [name.includes('.') ? name : `microsoft.graph.${name}`, handler] as const,
  );
  return { action: Object.fromEntries(qualified.filter(([name]) => model.operations(name).length > 0)) };
}
