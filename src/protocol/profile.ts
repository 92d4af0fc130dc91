import type {
  EntityType,
  EnumType,
  JsonObject,
  JsonValue,
  Model,
  NavigationProperty,
  Operation,
  Scalar,
  StructuredType,
} from '../edm/index.js';
import type { ServiceError } from '../error/index.js';
import type { PathRules } from '../plan/index.js';
import type { CountRule, StreamContent } from '../store/index.js';
import type { ValidatorOptions } from '../validation/index.js';

import type { BatchRules } from './batch/batch-rules.js';
import type { Preferences } from './headers/preferences.js';
import type { ProtocolVersion } from './headers/version.js';
import type { Limits } from './limits.js';
import type { Deprecation } from './operations/deprecations.js';
import type { AskedQuery } from './operations/asked-query.js';
import type { FileRules } from './operations/file-rules.js';
import type { DeltaRules } from './payload/delta-rules.js';
import type { Middleware, ServiceRequest } from './request.js';

/** Everything that a service may do differently from plain OData; no other switch exists. */
export interface Profile {
  /** In order, outermost first. */
  readonly middleware: readonly Middleware[];
  readonly path: PathRules;
  readonly limits: Limits;
  /** How far the pages of entities of a type differ from the limits. */
  pagesOf(type: EntityType): Partial<Pick<Limits, 'pageSize' | 'maxTop'>>;
  readonly validation: ValidatorOptions;
  /** Qualified names of complex types that stand for any JSON. */
  readonly untyped: readonly string[];
  /** Versions of the protocol that it answers in, the one for clients that do not say first. */
  readonly versions: readonly ProtocolVersion[];
  /** Whether every entity has an ETag, or only those whose set or type declares one. [Core.OptimisticConcurrency] */
  readonly etags: 'always' | 'declared';
  /** Whether changes need `If-Match` where the set declares optimistic concurrency. [OData-Protocol 11.4.1.1] */
  readonly demandsConditions: boolean;
  /** Whether entities of a type have an ETag although nothing declares it. */
  hasEtag(type: EntityType): boolean;
  /** Whether entities of a type come with their key where `$select` leaves it out. */
  alwaysSelectsKey(type: EntityType): boolean;
  /** What reading a single-valued navigation property answers that leads nowhere. [OData-Protocol 11.2.7] */
  readonly unrelated: 'no-content' | 'not-found';
  /** Whether `@odata.id` is written at `odata.metadata=minimal` too, where clients could infer it. */
  readonly idAtMinimal: boolean;
  /** Whether contained entities that are expanded have a context URL of their own. [OData-JSON 4.6.1] */
  readonly expandedContexts: boolean;
  /** What context URLs of created entities list: the related ones that came with them too, or what is asked for only. */
  readonly contextLists: 'shown' | 'asked';
  /** Whether the type of entities at a place is always written, and not only where clients cannot infer it. */
  writesType(contextPath: string): boolean;
  /** Whether values of computed properties are taken from clients all the same. [Core Computed] */
  readonly takesComputed: boolean;
  /** Whether `$expand` is taken at places that rule it out as a whole; properties that they name stay ruled out. [Capabilities ExpandRestrictions] */
  readonly expandsAnywhere: boolean;
  /** Whether strings compare without regard to case. */
  readonly ignoreCase: boolean;
  /** Whether `$top` sizes the pages, with a next link behind each, rather than ending the result. */
  readonly topIsPageSize: boolean;
  /** Whether `$apply` takes a little more than the specification allows; see `PlanContext`. */
  readonly tolerantApply: boolean;
  /** Whether a parameter alias without a value is refused rather than null. [OData-URL 5.3] */
  readonly demandsAliasValues: boolean;
  /** Signs skip and delta tokens, so that a damaged or foreign one is noticed. */
  readonly tokenSecret: string;
  /** Throws for a query that is valid OData, but that this service does not answer. */
  refuseQuery(query: AskedQuery): void;
  /** Whether `$count=true` is honoured for a query; where it is not, it is left unanswered. */
  tellsCount(query: AskedQuery): boolean;
  /** What PATCH and PUT of an entity, and PATCH of a complex value, answer when the client states no preference. [OData-Protocol 11.4.3] */
  updateReturns(type: StructuredType): 'representation' | 'minimal';
  /** What entities say of how many others their references lead to; the store keeps it, whatever clients send. */
  counts(model: Model): readonly CountRule[];
  /** What a stream that is written says about its entity, which is the answer then; undefined: nothing. */
  contentMembers(type: EntityType, property: string, content: StreamContent): JsonObject | undefined;
  /** A key value for an entity that came without one; undefined where the client must give it. */
  newKey(type: EntityType): Scalar | undefined;
  /** Whether a key that the client sends with a create is taken over. */
  readonly acceptsClientKeys: boolean;
  /** What JSON is that is posted to a collection of media entities: an entity without its stream, or a stream. */
  readonly mediaJson: 'entity' | 'stream';
  /** Whether bytes that are written to a name in a tree go to what has it; else a new entity is made, which gets the name or is refused. */
  overwritesNamed(annotations: ReadonlyMap<string, JsonValue>): boolean;
  /** The content of a media entity that was given none, where it can be made from its properties. */
  contentOf(type: EntityType, document: JsonObject): StreamContent | undefined;
  /** Whether `PATCH` or `PUT` to a free key creates the entity, perhaps behind a navigation property. [OData-Protocol 11.4.4] */
  upserts(type: EntityType, method: string, through: NavigationProperty | undefined): boolean;
  /** Whether collections are updated as a whole, by `PATCH` with a list of changes or by `PUT`. [OData-Protocol 11.4.12] */
  readonly updatesCollections: boolean;
  /** The member that a client sees for a stored enumeration value. */
  writeEnum(type: EnumType, member: string, preferences: Preferences): string;
  /** Whether binary values are answered in the base64 that they were sent in, rather than in base64url without padding. [OData-JSON 7.1] */
  readonly repeatsBase64: boolean;
  /** Whether requests for data are answered in the background where the client prefers that. [OData-Protocol 8.2.8.8] */
  readonly asynchronous: boolean;
  /** Versions in which a status monitor gives the status of the result in `AsyncResult`. [OData-Protocol 8.3.1] */
  readonly asyncResult: readonly ProtocolVersion[];
  readonly batch: BatchRules;
  readonly delta: DeltaRules;
  /**
   * The document of an entity in the form in which it is kept, so that values are compared by what they mean where the schema does
   * not know it.
   */
  canonical(type: EntityType, document: JsonObject): JsonObject;
  /** The same in the form in which a client wants to see it; `isNew`: in answer to the request that created it. */
  shown(
    type: EntityType,
    document: JsonObject,
    how: { readonly preferences: Preferences; readonly isNew: boolean },
  ): JsonObject;
  /** Preferences beyond the standard ones that an answer honours, as `Preference-Applied` names them, by the type of its entities. */
  appliedPreferences(type: EntityType | undefined, preferences: Preferences): readonly string[];
  /** The status of a successful action, where it is neither 200 nor 204. */
  actionStatus(operation: Operation): number | undefined;
  /** What a declared operation answers that nothing implements: 501, or a sample of its return type. */
  readonly unhandledOperation: 'not-implemented' | 'sample';
  /** Values of complex types in samples whose texts mean something of which the schema says nothing, by qualified name. */
  readonly samples: Readonly<Record<string, JsonObject>>;
  /** What becomes of an entity that a request names and nobody made: it is not there, or made as a sample of its type. */
  readonly unknownEntities: 'refuse' | 'sample';
  /** Parameters of an action whose body is no JSON; undefined where the action takes none of that content type. */
  readParameters(operation: Operation, contentType: string, body: Uint8Array): JsonObject | undefined;
  /** What reads a new entity from a body of a content type that is not JSON; undefined where there is none. */
  entityReader(type: EntityType, contentType: string): ((body: Uint8Array) => JsonObject) | undefined;
  readonly files: FileRules;
  /** Headers of every response, errors included. */
  headers(request: ServiceRequest): Iterable<readonly [string, string]>;
  /** Headers of answers that use what the schema calls deprecated. [Core Revisions] */
  deprecationHeaders(deprecations: readonly Deprecation[]): Iterable<readonly [string, string]>;
  /** The error as it is written: status and JSON body. */
  writeError(error: ServiceError, request: ServiceRequest): { readonly status: number; readonly body: string };
}
