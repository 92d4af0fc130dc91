import type { IncomingMessage, ServerResponse } from 'node:http';

import type { ServiceError } from '../error/index.js';
import type { SeedTarget } from '../seed/index.js';

/** A service that the control plane looks after. */
export interface ControlledService extends SeedTarget {
  /** First segment of its URLs, which is also its version: `beta`. */
  readonly root: string;
}

export interface ControlOptions {
  readonly services: readonly ControlledService[];
  /** Answers with an error as the services write theirs. */
  refuse(error: ServiceError, request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** The provider of the options. */
export const CONTROL_OPTIONS = 'mockgraph:control';
