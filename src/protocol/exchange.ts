import type { BehaviorRegistry } from '../behavior/index.js';
import type { Model } from '../edm/index.js';
import type { Target } from '../plan/index.js';
import type { Space } from '../store/index.js';
import type { UrlTree } from '../url/index.js';
import type { Validator } from '../validation/index.js';

import type { Examples } from './examples/examples.js';
import type { Format } from './headers/accept.js';
import type { Preferences } from './headers/preferences.js';
import type { ProtocolVersion } from './headers/version.js';
import type { Maker, Making } from './maker.js';
import type { EntityWriter } from './payload/write-options.js';
import type { Profile } from './profile.js';
import type { ServiceRequest, ServiceResponse } from './request.js';

/** What a service is made of; made once, shared by all requests. */
export interface ServiceParts {
  readonly model: Model;
  readonly profile: Profile;
  readonly validator: Validator;
  readonly writer: EntityWriter;
  readonly behaviors: BehaviorRegistry;
  /** Makes entities that nobody made; undefined where such are not there. */
  readonly maker: Maker | undefined;
  /** What the documentation shows of operations that nothing implements. */
  readonly examples: Examples;
  /** The present instant as a canonical Edm.DateTimeOffset. */
  now(): string;
  /** `$metadata` in both representations. */
  readonly metadata: {
    readonly xml: (version: ProtocolVersion) => string;
    readonly json: (version: ProtocolVersion) => string;
  };
}

/** One request on its way, resolved: made once, handed down, never extended by the callee. */
export interface Exchange<T extends Target = Target> {
  readonly request: ServiceRequest;
  readonly tree: UrlTree;
  readonly target: T;
  readonly parts: ServiceParts;
  readonly space: Space;
  readonly preferences: Preferences;
  readonly format: Format;
  /** What is made because the request names it, where the service does that. */
  readonly making?: Making;
  /** Answers a further request, as a batch does; in a space that may be one transaction of this one. Never rejects. */
  handle(request: ServiceRequest, space: Space): Promise<ServiceResponse>;
  /** An error as the answer to a further request; what is no `ServiceError` is our own fault. */
  refuse(error: unknown, request: ServiceRequest): ServiceResponse;
}
