import { badRequest, hasStatus, notImplemented, type ServiceError } from '../../error/index.js';

/** 400 that names the place in the text; behind it may stand what was probably meant. */
export function fault(message: string, at: number, suggested = ''): ServiceError {
  return badRequest(`${message} (position ${at}).${suggested}`, { position: at });
}

/** 400 for a parameter alias that the query options say nothing of. */
export function aliasWithoutValue(name: string, at: number): ServiceError {
  return badRequest(`The parameter alias '@${name}' has no value.`, { position: at });
}

/** 501 for what the specification knows and this service does not do. */
export function unsupported(what: string, at: number): ServiceError {
  return notImplemented(`${what} not supported (position ${at}).`, { position: at });
}

/** No literal stands for a stream: it is a resource of its own, which has or has not content. [OData-ABNF primitiveLiteral] */
export function streamAsValue(at: number): ServiceError {
  return fault(
    "A value of type 'Edm.Stream' is a media resource, which can be asked for its type and compared with null, and nothing else",
    at,
  );
}

/** Nothing is looked up while an expression is read: a key that no entity can have is the client's mistake. */
export function withPossibleKey<T>(read: () => T, at: number): T {
  try {
    return read();
  } catch (error) {
    if (hasStatus(error, 404)) throw fault(error.message.replace(/\.$/, ''), at);
    throw error;
  }
}
