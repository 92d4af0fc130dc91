import { ValidationPipe, type Type, type ValidationError } from '@nestjs/common';
import * as classValidator from 'class-validator';

import { badRequest, type ErrorDetail, type ServiceError } from '../error/index.js';

/** Makes an instance of a flat DTO class; its members are checked one by one, so nothing deeper is needed. */
function toInstance(metatype: Type, value: unknown): object {
  const instance = new metatype() as object;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw badRequest('The request body must be a JSON object.');
  for (const [name, member] of Object.entries(value))
    Object.defineProperty(instance, name, { value: member, enumerable: true, writable: true, configurable: true });
  return instance;
}

/** Checks what comes in against its DTO class; what is wrong is one 400 with details. */
export const validation = new ValidationPipe({
  transform: true,
  whitelist: true,
  forbidNonWhitelisted: true,
  stopAtFirstError: true,
  // Nest would look for it when the first request comes, by a name that a bundle does not have.
  validatorPackage: classValidator as never,
  transformerPackage: {
    plainToInstance: toInstance,
    plainToClass: toInstance,
    classToPlain: (value: object) => value,
  } as never,
  exceptionFactory: refusal,
});

function refusal(errors: readonly ValidationError[]): ServiceError {
  const details: ErrorDetail[] = errors.flatMap(({ property, constraints = {} }) =>
    Object.values(constraints).map((message) => ({ code: 'InvalidValue', target: property, message: `${message}.` })),
  );
  const [first] = details;
  if (first !== undefined && details.length === 1) return badRequest(first.message, { details, target: first.target! });
  return badRequest(`${String(details.length)} members of the body are not valid.`, { details });
}
