import { Catch, HttpException, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { internal, ServiceError } from '../error/index.js';

import { DataPath } from './data-path.js';

/** What Express could not answer, such as a path below no service, as an error of the services' own form. */
@Catch()
export class UnknownRootFilter implements ExceptionFilter {
  readonly #dataPath: DataPath;

  constructor(@Inject(DataPath) dataPath: DataPath) {
    this.#dataPath = dataPath;
  }

  async catch(exception: unknown, host: ArgumentsHost): Promise<void> {
    const context = host.switchToHttp();
    const request = context.getRequest<IncomingMessage>();
    await this.#dataPath.refuse(this.#errorOf(exception, request), request, context.getResponse<ServerResponse>());
  }

  #errorOf(exception: unknown, request: IncomingMessage): ServiceError {
    if (!(exception instanceof HttpException))
      return internal('The application failed to answer this request.', { cause: exception });
    if (exception.getStatus() !== 404)
      return new ServiceError(exception.getStatus(), exception.name, exception.message);
    const segment = (request.url ?? '').replace(/^\//, '').split(/[/?]/, 1)[0] ?? '';
    const roots = this.#dataPath.roots.map((root) => `/${root}`).join(', ');
    const reason = segment === '' ? 'There is no service at /.' : `Invalid version: ${segment.slice(0, 100)}.`;
    return new ServiceError(404, 'ResourceNotFound', `${reason} Services are at ${roots}.`);
  }
}
