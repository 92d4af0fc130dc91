import { ServiceError } from '../../src/error/index.js';

/** The 400 that reading ends with; fails where it ends otherwise. */
export function refusalOf(read: () => unknown): ServiceError {
  try {
    read();
  } catch (error) {
    if (error instanceof ServiceError && error.status === 400) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
