import type { EntityType, JsonObject } from '../edm/index.js';
import { ServiceError } from '../error/index.js';
import type { Draft } from '../validation/index.js';

import { withConcreteTypes } from './concrete-types.js';
import { changed, replacementAt } from './mend.js';
import type { Seeding } from './seeding.js';

/** What is wrong is mended in rounds, since one fault may hide another. */
const MOST_ROUNDS = 20;

/**
 * Reads an entity as the service reads one, but takes out what the schema does not know, puts a value of the right type
 * where a placeholder stands, and reports both.
 * Example: of `{"id": "1", "colour": "red"}` remains `{"id": "1"}`.
 */
export function tolerantDraft(declared: EntityType, given: JsonObject, seeding: Seeding): Draft {
  const { model, validator, isStrict, dropped } = seeding;
  let json = given;
  for (let round = 0; ; round++) {
    const typed = isStrict ? json : withConcreteTypes(declared, json, model);
    try {
      return withControl(validator.read(declared, typed, { kind: 'create' }), given);
    } catch (error) {
      if (!(error instanceof ServiceError) || isStrict || round === MOST_ROUNDS) throw error;
      const targets = error.details.flatMap(({ target }) => (target === undefined ? [] : [target]));
      json = targets.toReversed().reduce((value, target) => mended(declared, value, target, seeding), typed);
      if (JSON.stringify(json) === JSON.stringify(typed)) throw error;
      dropped.push(...error.details);
    }
  }
}

/** Control information that the entity has when it is read again, where it was given with it. */
const SHOWN = ['@odata.type', '@odata.id', '@odata.etag'];

function withControl(draft: Draft, given: JsonObject): Draft {
  const shown = SHOWN.flatMap((name) => (typeof given[name] === 'string' ? [[`/${name}`, given[name]] as const] : []));
  return shown.length === 0 ? draft : { ...draft, sent: new Map([...draft.sent, ...shown]) };
}

/** A payload without the value that a violation names: `a/0/b`; or with another in its place. */
function mended(declared: EntityType, json: JsonObject, target: string, { model }: Seeding): JsonObject {
  const path = target.split('/');
  return (changed(json, path, replacementAt(declared, json, path, model)) as JsonObject | undefined) ?? json;
}
