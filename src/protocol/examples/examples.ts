import { isJsonObject, writeJson, type JsonValue, type Model, type Operation } from '../../edm/index.js';
import type { OperationTarget } from '../../plan/index.js';
import type { Exchange } from '../exchange.js';
import { jsonContentType } from '../headers/accept.js';
import type { ServiceResponse } from '../request.js';

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

  find(exchange: Exchange<OperationTarget>, operation: Operation): Example | undefined {
    const { request, tree, parts } = exchange;
    const candidates = this.#byOperation.get(keyOf(request.method, operation.name.toLowerCase()));
    if (candidates === undefined) return undefined;
    const context = { model: parts.model, rules: parts.profile.path, aliases: tree.options.aliases };
    const steps = stepsOf(tree.path, context);
    const fitting = candidates.filter(({ path }) => isInstanceOf(steps, path, operation));
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

/** The answer as documented; a context of another host is that of this service. */
export function exampleAnswer(exchange: Exchange<OperationTarget>, { response }: Example): ServiceResponse {
  const { status, contentType, body } = response;
  if (body === undefined || status === 204) return { status, headers: new Map() };
  if ('text' in body)
    return { status, headers: new Map([['Content-Type', contentType ?? 'text/plain']]), body: body.text };
  return {
    status,
    headers: new Map([['Content-Type', jsonContentType(exchange.format)]]),
    body: writeJson(withOwnContext(body.json, exchange)),
  };
}

const CONTEXT = '@odata.context';

function withOwnContext(json: JsonValue, exchange: Exchange<OperationTarget>): JsonValue {
  if (!isJsonObject(json)) return json;
  const { [CONTEXT]: context, ...others } = json;
  if (typeof context !== 'string') return json;
  const fragment = /\$metadata#(.*)$/s.exec(context)?.[1];
  if (fragment === undefined || exchange.format.metadata === 'none') return others;
  return { [CONTEXT]: `${exchange.request.root}/$metadata#${fragment}`, ...others };
}
