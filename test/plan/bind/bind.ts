import { ServiceError } from '../../../src/error/index.js';
import { bindExpression, type BindContext } from '../../../src/plan/bind/index.js';
import { parseExpression } from '../../../src/url/index.js';

import { contextOf } from './model.js';
import { print } from './print.js';

/** The bound expression in short. */
export function bind(text: string, options: Partial<BindContext> = {}): string {
  return print(bindExpression(parseExpression(text), contextOf(options)).expression);
}

/** Status and message of the error; anything but a `ServiceError` is a bug. */
export function refusal(text: string, options: Partial<BindContext> = {}): string {
  return refusalOf(() => bind(text, options));
}

export function refusalOf(act: () => unknown): string {
  try {
    return `no error, but ${JSON.stringify(act())}`;
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return `${error.status} ${error.message}`;
  }
}
