import type { OperationResult } from '../../behavior/index.js';
import type { Operation } from '../../edm/index.js';
import { internal } from '../../error/index.js';
import type { ServiceRequest, ServiceResponse } from '../request.js';

/** How a service sends results of functions as files. */
export interface FileRules {
  /** Whether the result of a function is a file: always, or where the client asks for `text/csv`. */
  kindOf(operation: Operation): 'file' | 'either' | undefined;
  /** Names of custom query options that belong to the file, and are no parameters of the function. */
  readonly options: readonly string[];
  /** The result as a file, or where it can be had. */
  answer(operation: Operation, result: OperationResult, request: ServiceRequest): ServiceResponse;
}

/** As the specification has it: a result is what its type says. */
export const noFiles: FileRules = {
  kindOf: () => undefined,
  options: [],
  answer: ({ name }) => {
    throw internal(`The result of '${name}' is no file.`);
  },
};
