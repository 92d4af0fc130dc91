export { BehaviorError } from './behavior-error.js';
export { hasStatus, ServiceError, type ErrorDetail, type ServiceErrorOptions } from './service-error.js';
export * from './errors.js';
export { nearest, suggestion } from './nearest.js';
