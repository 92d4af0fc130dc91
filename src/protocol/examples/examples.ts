import type { Model, Operation } from '../../edm/index.js';
import type { PathContext } from '../../plan/index.js';
import type { ResourcePath } from '../../url/index.js';
import type { ServiceRequest } from '../request.js';

import type { Example } from './example.js';
import { examplePath, isInstanceOf, stepsOf, type ExamplePath } from './example-path.js';

interface Candidate {
  readonly example: Example;
  readonly path: ExamplePath;
}

/**
 * Documented answers of operations. An example answers a request with its method whose path has the same names at the same
 * places, whatever the keys and the values of parameters are; one with the same URL goes before the others.
 */
export class Examples {
  readonly #byOperation = new Map<string, Candidate[]>();

  constructor(examples: readonly Example[], model: Model) {
    const imports = new Set(
      [...(model.container?.children.values() ?? [])].flatMap((child) =>
        child.kind === 'operationImport' ? [child.name.toLowerCase()] : [],
      ),
    );
    for (const example of examples) {
      const path = examplePath(example.url);
      const name = path.segments.at(-1)?.name ?? '';
      const isOperation = imports.has(name) || model.boundOperations(name, true).length > 0;
      if (!isOperation || example.response.status < 200 || example.response.status > 299) continue;
      const key = keyOf(example.method, name);
      this.#byOperation.set(key, [...(this.#byOperation.get(key) ?? []), { example, path }]);
    }
  }

  find(request: ServiceRequest, path: ResourcePath, operation: Operation, context: PathContext): Example | undefined {
    const candidates = this.#byOperation.get(keyOf(request.method, operation.name.toLowerCase()));
    if (candidates === undefined) return undefined;
    const steps = stepsOf(path, context);
    const fitting = candidates.filter((candidate) => isInstanceOf(steps, candidate.path, operation));
    const written = plain(request.url);
    return (fitting.find(({ example }) => plain(example.url) === written) ?? fitting[0])?.example;
  }
}

function keyOf(method: string, name: string): string {
  return `${method === 'HEAD' ? 'GET' : method} ${name}`;
}

function plain(url: string): string {
  return url
    .replace(/^\//, '')
    .replaceAll(/%20|\+/g, ' ')
    .replaceAll('%27', "'")
    .toLowerCase();
}
