export { dispatch, offeredMedia, operationFor } from './dispatch.js';
export type { Exchange, ServiceParts } from './exchange.js';
export { negotiate } from './headers/accept.js';
export { readPreferences, type Preferences } from './headers/preferences.js';
export { errorMembers, odataProfile } from './odata-profile.js';
export { createEntityWriter } from './payload/entity-writer.js';
export type { Limits, Profile } from './profile.js';
export { randomKey } from './random-key.js';
export type { Middleware, RequestBody, ServiceRequest, ServiceResponse } from './request.js';
