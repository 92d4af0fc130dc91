import { Catch, HttpException, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { internal, ServiceError } from '../error/index.js';

import { CONTROL_OPTIONS, type ControlOptions } from './control-options.js';

/** Errors of the control plane have the form of the services' own. */
@Catch()
export class ServiceErrorFilter implements ExceptionFilter {
  readonly #options: ControlOptions;

  constructor(@Inject(CONTROL_OPTIONS) options: ControlOptions) {
    this.#options = options;
  }

  async catch(exception: unknown, host: ArgumentsHost): Promise<void> {
    const context = host.switchToHttp();
    const request = context.getRequest<IncomingMessage>();
    await this.#options.refuse(errorOf(exception), request, context.getResponse<ServerResponse>());
  }
}

function errorOf(exception: unknown): ServiceError {
  if (exception instanceof ServiceError) return exception;
  if (exception instanceof HttpException)
    return new ServiceError(exception.getStatus(), exception.name, exception.message);
  return internal('The application failed to answer this request.', { cause: exception });
}
