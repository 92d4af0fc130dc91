import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { internal, type ServiceError } from '../error/index.js';
import type { Service, ServiceRequest, ServiceResponse } from '../service.js';

import { sendResponse } from './send-response.js';

/** The services of an application by their roots, and the way of a request to them, in front of Express. */
export class DataPath {
  readonly #services = new Map<string, { readonly root: string; readonly service: Service }>();
  readonly #reserved = new Set<string>();

  /** `root` is the first path segment, `beta`; the empty one means the host's root. Segments match in any case. */
  register(root: string, service: Service): void {
    const key = root.toLowerCase();
    if (this.#services.has(key)) throw new Error(`Two services have the root '/${root}'.`);
    this.#services.set(key, { root, service });
  }

  /** Leaves a first segment to Express, also where a service has the host's root. */
  reserve(segment: string): void {
    this.#reserved.add(segment);
  }

  get roots(): readonly string[] {
    return [...this.#services.values()].map((entry) => entry.root);
  }

  /** The longest URL that a service takes. */
  get longestUrl(): number {
    return Math.max(0, ...[...this.#services.values()].map(({ service }) => service.limits.maxUrl));
  }

  /** Answers a request below a registered root; false for all others. */
  dispatch(request: IncomingMessage, response: ServerResponse): boolean {
    const url = pathOf(request.url ?? '/');
    const end = url.search(/[/?]/);
    const segment = end < 0 ? url : url.slice(0, end);
    if (this.#reserved.has(segment)) return false;
    const named = this.#services.get(segment.toLowerCase());
    const entry = named ?? this.#services.get('');
    if (entry === undefined) return false;
    const rest = named === undefined || entry.root === '' ? url : url.slice(segment.length).replace(/^\//, '');
    void this.#serve(entry.service, toServiceRequest(request, response, entry.root, rest), request, response);
    return true;
  }

  /** Answers with an error as the services of this application write them. */
  async refuse(error: ServiceError, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [first] = this.#services.values();
    if (first === undefined) throw error;
    const refused = toServiceRequest(request, response, '', pathOf(request.url ?? '/'));
    await sendResponse(first.service.refuse(error, refused), request, response);
  }

  /** The same for what never became a request. */
  refusal(error: ServiceError): ServiceResponse {
    const [first] = this.#services.values();
    if (first === undefined) throw error;
    const nothing = { method: '', url: '', root: '', headers: new Map<string, string>(), id: randomUUID() };
    return first.service.refuse(error, nothing);
  }

  async #serve(
    service: Service,
    serviceRequest: ServiceRequest,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    try {
      await sendResponse(await service.handle(serviceRequest), request, response);
    } catch (error) {
      const fault = service.refuse(internal('The answer could not be written.', { cause: error }), serviceRequest);
      if (response.headersSent) response.destroy();
      else response.writeHead(fault.status, { 'Content-Type': 'application/json' }).end(fault.body);
    }
  }
}

type Signal = NonNullable<ServiceRequest['signal']>;

/** Aborts when the client goes away before its answer is with it. */
class Leaving implements Signal {
  readonly #response: ServerResponse;
  readonly #closings = new Map<() => void, () => void>();

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  get aborted(): boolean {
    return this.#response.destroyed && !this.#response.writableFinished;
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    const onClose = (): void => {
      if (this.aborted) listener();
    };
    this.#closings.set(listener, onClose);
    this.#response.once('close', onClose);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    const onClose = this.#closings.get(listener);
    if (onClose !== undefined) this.#response.off('close', onClose);
    this.#closings.delete(listener);
  }
}

function pathOf(url: string): string {
  const path = /^https?:\/\/[^/]*(.*)$/i.exec(url)?.[1] ?? url;
  return path.replace(/^\//, '');
}

function toServiceRequest(
  request: IncomingMessage,
  response: ServerResponse,
  root: string,
  url: string,
): ServiceRequest {
  const headers = new Map<string, string>();
  for (const name in request.headers) {
    const value = request.headers[name];
    if (value !== undefined) headers.set(name, typeof value === 'string' ? value : value.join(', '));
  }
  return {
    method: request.method ?? 'GET',
    url,
    root: `${originOf(request, headers)}${root === '' ? '' : `/${root}`}`,
    headers,
    body: request,
    id: randomUUID(),
    signal: new Leaving(response),
  };
}

/** The origin as the caller sees it, behind a proxy too. */
function originOf(request: IncomingMessage, headers: ReadonlyMap<string, string>): string {
  const first = (name: string): string | undefined => headers.get(name)?.split(',')[0]?.trim();
  const isEncrypted = 'encrypted' in request.socket;
  const forwarded = first('x-forwarded-proto')?.toLowerCase();
  const protocol = forwarded === 'http' || forwarded === 'https' ? forwarded : isEncrypted ? 'https' : 'http';
  const host =
    hostOf(first('x-forwarded-host')) ?? hostOf(first('host')) ?? `localhost:${String(request.socket.localPort ?? 80)}`;
  return `${protocol}://${host}`;
}

/** Host names go into links, so nothing else may. */
function hostOf(text: string | undefined): string | undefined {
  return text !== undefined && /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i.test(text) ? text : undefined;
}
