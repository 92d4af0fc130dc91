/** Code of a user's that does not fit the schema, or is none: found when a service is made, and never an answer. */
export class BehaviorError extends Error {
  override readonly name = 'BehaviorError';
}
