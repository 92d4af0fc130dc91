import { BehaviorError, suggestion } from '../error/index.js';

import type { Behavior } from './define-behavior.js';

/** What each part of a behaviour has under the names of the schema. */
const PARTS: Readonly<Record<keyof Behavior, 'function' | 'string'>> = {
  create: 'function',
  update: 'function',
  delete: 'function',
  action: 'function',
  function: 'function',
  view: 'function',
  member: 'function',
  expression: 'string',
  aggregate: 'string',
};

/** The behaviours that a module exports as its default: one, or several in the order in which they act. `BehaviorError` where it does not. */
export function readBehaviors(exported: unknown): Behavior[] {
  const all: unknown[] = Array.isArray(exported) ? exported : [exported];
  return all.map(readBehavior);
}

function readBehavior(value: unknown): Behavior {
  if (!isRecord(value)) throw new BehaviorError('The default export must be a behaviour, or an array of behaviours.');
  for (const [part, named] of Object.entries(value)) {
    const kind = Object.hasOwn(PARTS, part) ? PARTS[part as keyof Behavior] : undefined;
    if (kind === undefined)
      throw new BehaviorError(`A behaviour has no '${part}'.${suggestion(part, Object.keys(PARTS))}`);
    if (!isRecord(named)) throw new BehaviorError(`'${part}' must be an object with names of the schema.`);
    for (const [name, each] of Object.entries(named))
      if (typeof each !== kind) throw new BehaviorError(`'${name}' of '${part}' must be a ${kind}.`);
  }
  return value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
