import { badRequest, notImplemented, type ServiceError } from '../../error/index.js';

/** 400 that ends with the place in the text. */
export function fault(message: string, at: number): ServiceError {
  return badRequest(`${message} (position ${at}).`, { position: at });
}

/** 501 for what the specification knows and this service does not do. */
export function unsupported(what: string, at: number): ServiceError {
  return notImplemented(`${what} not supported (position ${at}).`, { position: at });
}
