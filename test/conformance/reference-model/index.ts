import { join } from 'node:path';

import type { Behavior } from '../../../src/behavior/index.js';

import { actions } from './actions.js';
import { computedValues } from './computed-values.js';
import { functions } from './functions.js';

/** The model that the compliance suite asks for: its schema, its seed, and what the schema does not say. */
export interface ReferenceModel {
  readonly metadata: string;
  readonly behaviors: readonly Behavior[];
}

/** `directory` holds metadata.xml and seed.json. */
export function referenceModel(directory: string): ReferenceModel {
  return {
    metadata: join(directory, 'metadata.xml'),
    behaviors: [computedValues, functions, actions(join(directory, 'seed.json'))],
  };
}
