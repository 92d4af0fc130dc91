import type { EntityType, JsonObject, Model } from '../edm/index.js';
import type { ErrorDetail } from '../error/index.js';
import type { PathRules } from '../plan/index.js';
import type { Unit } from '../store/index.js';
import type { Validator } from '../validation/index.js';

/** What all steps of one seed share. */
export interface Seeding {
  readonly model: Model;
  readonly rules: PathRules;
  readonly validator: Validator;
  readonly unit: Unit;
  /** The document of an entity in the form in which the service keeps it. */
  readonly canonical: (type: EntityType, document: JsonObject) => JsonObject;
  /** Whether what does not agree with the schema is refused rather than left out. */
  readonly isStrict: boolean;
  /** What was left out, and why. */
  readonly dropped: ErrorDetail[];
  /** Canonical paths of what was stored or found. */
  readonly stored: string[];
}
