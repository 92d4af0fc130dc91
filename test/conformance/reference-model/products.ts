import type { Entity, OperationEvent } from '../../../src/behavior/index.js';

export function products({ entities }: OperationEvent): Promise<readonly Entity[]> {
  return entities.all('Products');
}

export function priceOf({ document }: Entity): number {
  return Number(document['Price']);
}

export function numberParameter({ parameters }: OperationEvent, name: string): number {
  return Number(String(parameters.get(name)));
}
