import { ServiceError, type ServiceErrorOptions } from './service-error.js';

type Constructor = (message: string, options?: ServiceErrorOptions) => ServiceError;

const named =
  (status: number, code: string): Constructor =>
  (message, options) =>
    new ServiceError(status, code, message, options);

/** 400: the request is malformed or contradicts the schema. */
export const badRequest = named(400, 'BadRequest');
/** 403: the credentials do not allow this. */
export const forbidden = named(403, 'Forbidden');
/** 404: the URL is well formed, but what it names does not exist. */
export const notFound = named(404, 'NotFound');
/** 404: a path segment names nothing in the schema; some services answer it differently from a missing entity. */
export const unknownSegment = named(404, 'SegmentNotFound');
/** 406: the service cannot write any format that the client accepts. */
export const notAcceptable = named(406, 'NotAcceptable');
/** 409: the request contradicts the present state, for example a key that is taken. */
export const conflict = named(409, 'Conflict');
/** 410: a token is too old to be continued. */
export const gone = named(410, 'Gone');
/** 412: a condition such as `If-Match` does not hold. */
export const preconditionFailed = named(412, 'PreconditionFailed');
/** 413: the body is larger than the service takes. */
export const payloadTooLarge = named(413, 'RequestEntityTooLarge');
/** 414: the URL is longer than the service takes. */
export const uriTooLong = named(414, 'UriTooLong');
/** 415: the body is in a format that the service does not read. */
export const unsupportedMediaType = named(415, 'UnsupportedMediaType');
/** 424: an earlier request that this one depends on has failed. */
export const failedDependency = named(424, 'FailedDependency');
/** 428: the change needs a condition such as `If-Match`, and came without one. */
export const preconditionRequired = named(428, 'PreconditionRequired');
/** 500: our own fault; `cause` is kept for the log and never written. */
export const internal = named(500, 'InternalServerError');
/** 501: the specification knows it, this service does not do it. */
export const notImplemented = named(501, 'NotImplemented');

/** 503: the one who asked has taken the request back, or is gone. */
export const cancelled = named(503, 'Cancelled');
/** 504: the database did not finish in the time that the service gives it. */
export const gatewayTimeout = named(504, 'GatewayTimeout');

/** 405 with the `Allow` header that RFC 9110 demands. */
export function methodNotAllowed(message: string, allow: readonly string[]): ServiceError {
  return new ServiceError(405, 'MethodNotAllowed', message, { headers: { Allow: allow.join(', ') } });
}

/** 409 where what is stored is no longer what the request has read. */
export function changedMeanwhile(what: 'entity' | 'stream'): ServiceError {
  return conflict(`The ${what} was changed by another request at the same time.`);
}
