import { badRequest, notImplemented, type ServiceError } from '../../error/index.js';

/** 400 that names the place in the text; behind it may stand what was probably meant. */
export function fault(message: string, at: number, suggested = ''): ServiceError {
  return badRequest(`${message} (position ${at}).${suggested}`, { position: at });
}

/** 501 for what the specification knows and this service does not do. */
export function unsupported(what: string, at: number): ServiceError {
  return notImplemented(`${what} not supported (position ${at}).`, { position: at });
}
