import { BehaviorRegistry, sampleDocument, type Behavior } from './behavior/index.js';
import type { Model } from './edm/index.js';
import { internal, ServiceError, uriTooLong } from './error/index.js';
import {
  answerVersion,
  createEntityWriter,
  dispatch,
  Examples,
  negotiate,
  locateStored,
  offeredMedia,
  onDemand,
  operationFor,
  readPreferences,
  respondAsync,
  refuseIsolation,
  refuseVersions,
  rewritten,
  settledKeys,
  UrlMemory,
  varyingHeaders,
  withLimits,
  type Limits,
  type Example,
  type Middleware,
  type Profile,
  type ProtocolVersion,
  type ServiceParts,
  type ServiceRequest,
  type ServiceResponse,
} from './protocol/index.js';
import { createMaker } from './seed/index.js';
import type { Space } from './store/index.js';
import { createValidator } from './validation/index.js';

export interface ServiceOptions {
  readonly model: Model;
  readonly profile: Profile;
  /** Limits other than those of the profile. */
  readonly limits?: Partial<Limits>;
  readonly space: Space;
  /** `$metadata` of the model in both representations; called once per version, on first use. */
  readonly metadata: ServiceParts['metadata'];
  readonly behaviors?: readonly Behavior[];
  /** Documented answers for operations that nothing implements. */
  readonly examples?: readonly Example[];
  /** Where the time comes from; the system's clock unless a test wants another. */
  readonly clock?: () => Date;
  /** Told of every answer with status 500, for the log. */
  readonly onFault?: (error: ServiceError, request: ServiceRequest) => void;
}

/** An OData service: a function from request to response. It never rejects; every failure is an answer. */
export interface Service {
  readonly model: Model;
  readonly limits: Limits;
  handle(request: ServiceRequest): Promise<ServiceResponse>;
  /** An error as this service writes it, for requests that never reach an operation. */
  refuse(error: ServiceError, request: ServiceRequest): ServiceResponse;
}

export type { ServiceRequest, ServiceResponse };

/** The way of every request, on one page. */
export function createService({
  model,
  profile: given,
  limits = {},
  space,
  metadata,
  behaviors = [],
  examples = [],
  clock = () => new Date(),
  onFault,
}: ServiceOptions): Service {
  const profile: Profile = {
    ...given,
    limits: withLimits(given.limits, limits),
    // What is set for a service holds for all of its types.
    pagesOf: (type) => ({ ...given.pagesOf(type), ...limits }),
  };
  const parts: ServiceParts = {
    model,
    profile,
    validator: createValidator(model, profile.validation),
    writer: createEntityWriter(model, profile),
    behaviors: new BehaviorRegistry(model, behaviors, profile.path),
    examples: new Examples(examples, model),
    maker: profile.unknownEntities === 'sample' ? makerFor(model, profile, () => parts) : undefined,
    now: () => canonicalInstant(clock()),
    metadata: { xml: oncePerVersion(metadata.xml), json: oncePerVersion(metadata.json) },
  };

  const urls = new UrlMemory(parts);

  async function answer(asking: ServiceRequest, within: Space): Promise<ServiceResponse> {
    if (asking.url.length > profile.limits.maxUrl)
      throw uriTooLong(`The URL is longer than ${String(profile.limits.maxUrl)} characters.`);
    refuseVersions(asking, profile.versions);
    refuseIsolation(asking);
    const { tree: asked, request } = await rewritten(urls.parse(asking.url), asking, profile.limits);
    const { tree, target } = await settledKeys(asked, (each) => urls.resolve(each, request.method), within, parts);
    const operation = operationFor(target, request.method, profile);
    const format = negotiate(request.headers.get('accept'), tree.options.format?.value, offeredMedia(target, profile));
    const preferences = readPreferences(request.headers.get('prefer'));
    const exchange = { request, tree, target, parts, space: within, preferences, format, handle, refuse };
    const { maker } = parts;
    return maker === undefined
      ? dispatch(operation, exchange)
      : onDemand(exchange, maker, (each) => dispatch(operation, each));
  }

  async function handle(
    request: ServiceRequest,
    within: Space,
    stages: readonly Middleware[] = profile.middleware,
  ): Promise<ServiceResponse> {
    try {
      return finished(await pass(stages, request, (next) => answer(next, within)), request);
    } catch (error) {
      return refuse(error, request);
    }
  }

  function refuse(error: unknown, request: ServiceRequest): ServiceResponse {
    return finished(failure(error, request), request);
  }

  function finished(response: ServiceResponse, request: ServiceRequest): ServiceResponse {
    // The result of another request keeps its version where this one asks for none. [OData-Protocol 8.1.5]
    if (request.headers.has('odata-maxversion') || !response.headers.has('OData-Version'))
      response.headers.set('OData-Version', answerVersion(request, profile.versions));
    for (const [name, value] of profile.headers(request)) response.headers.set(name, value);
    return response;
  }

  function failure(error: unknown, request: ServiceRequest): ServiceResponse {
    const fault =
      error instanceof ServiceError ? error : internal('The service failed to answer this request.', { cause: error });
    if (fault.status === 500) onFault?.(fault, request);
    const { status, body } = profile.writeError(fault, request);
    return { status, headers: new Map([...ERROR_HEADERS, ...Object.entries(fault.headers)]), body };
  }

  const bounded = space.bounded({ milliseconds: profile.limits.maxStatementSeconds * 1000 });
  const background = { profile, space: bounded, now: () => clock().getTime(), refuse };
  const stages = profile.asynchronous
    ? [...profile.middleware, respondAsync({ ...background, answer: (request, within) => handle(request, within, []) })]
    : profile.middleware;
  const vary = varyingHeaders(profile.versions);
  return {
    model,
    limits: profile.limits,
    async handle(request) {
      const { signal } = request;
      const response = await handle(request, signal === undefined ? bounded : bounded.bounded({ signal }), stages);
      response.headers.set('Vary', vary);
      return response;
    },
    refuse,
  };
}

const ERROR_HEADERS = [
  ['Content-Type', 'application/json'],
  ['Content-Language', 'en'],
] as const;

/** What makes entities that nobody made; it stores what is there without a row as the service itself does. */
function makerFor(model: Model, { path, limits, samples }: Profile, parts: () => ServiceParts): ServiceParts['maker'] {
  return createMaker({
    model,
    rules: path,
    sampleOf: (type) => sampleDocument(type, { model, samples }),
    storeImplied: (target, unit) => locateStored(target, unit, parts()),
    most: limits.maxUnknownEntities,
  });
}

/** Hands a request through the middleware, outermost first, to the last stage. */
function pass(
  middleware: readonly Middleware[],
  request: ServiceRequest,
  last: (request: ServiceRequest) => Promise<ServiceResponse>,
  index = 0,
): Promise<ServiceResponse> {
  const stage = middleware[index];
  return stage === undefined ? last(request) : stage(request, (next) => pass(middleware, next, last, index + 1));
}

/** `2026-01-02T03:04:05.6Z`: no trailing zeros, as Edm.DateTimeOffset is kept. */
function canonicalInstant(instant: Date): string {
  return instant.toISOString().replace(/\.?0*Z$/, 'Z');
}

function oncePerVersion(write: (version: ProtocolVersion) => string): (version: ProtocolVersion) => string {
  const written = new Map<ProtocolVersion, string>();
  return (version) => {
    const text = written.get(version) ?? write(version);
    written.set(version, text);
    return text;
  };
}
