import type { EntitySet, Model, Singleton } from '../../edm/index.js';

/** The set or singleton that is a collection; undefined for contained ones. */
export function containerOfCollection(collection: string, model: Model): EntitySet | Singleton | undefined {
  const child = model.container?.child(collection);
  return child?.kind === 'operationImport' ? undefined : child;
}
