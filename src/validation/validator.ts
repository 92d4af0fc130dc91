import {
  isJsonObject,
  type JsonValue,
  type Model,
  type Operation,
  type Property,
  type StructuredType,
  type TypeReference,
} from '../edm/index.js';
import { badRequest } from '../error/index.js';

import { checkObject } from './check-object.js';
import { memberValue } from './document.js';
import type { Draft, Use, ValidatorOptions } from './draft.js';
import { readEntity } from './entity.js';
import { describeKind } from './json-kind.js';
import { ObjectReading, type Completeness, type DraftReading, type PayloadReading } from './object-reading.js';
import { readChanges } from './related-changes.js';
import { readParameterObject, type ParameterValues } from './parameters.js';
import { shapeOfValue, type Shape } from './shape.js';
import { placeValue } from './take-apart.js';
import { Violations } from './violations.js';

/** Turns JSON payloads into checked, canonical values; everything wrong with a payload is said in one `ServiceError` 400. */
export interface Validator {
  /** Reads an entity, or a complex value on its own; `prefix` is its path where it stands in a larger payload: `members/0/`. */
  read(type: StructuredType, json: JsonValue, use: Use, prefix?: string): Draft;
  /** Reads the parameters of an action. */
  readParameters(operation: Operation, json: JsonValue | undefined): ParameterValues;
  /**
   * Reads the value of a single property of an entity, or an item of one; `name` is what it is called in errors, and starts
   * all paths of what is read. A `partial` one has only the members that are given; the annotations of `property`, where
   * it is known, hold as well.
   */
  readValue(
    reference: TypeReference,
    name: string,
    json: JsonValue,
    completeness?: 'defaulted' | 'partial',
    property?: Property,
  ): PropertyValue;
}

/** A value that agrees with the schema, in canonical form, and what hangs on it. */
export interface PropertyValue extends Pick<Draft, 'sent' | 'changes' | 'streams'> {
  readonly value: JsonValue;
}

export function createValidator(model: Model, options: ValidatorOptions): Validator {
  const payloadReading = (violations: Violations): PayloadReading => ({ model, options, violations });
  return {
    read(type, json, use, prefix = '') {
      if (!isJsonObject(json)) throw badRequest(`The body must be a JSON object, not ${describeKind(json)}.`);
      const payload = payloadReading(new Violations());
      const draft = readEntity(payload, type, json, use, prefix);
      if (!draft) throw payload.violations.error();
      return draft;
    },
    readParameters: (operation, json) =>
      readParameterObject(payloadReading(new Violations('parameters')), operation, json),
    readValue: (reference, name, json, completeness = 'defaulted', property) =>
      readSingleValue(
        payloadReading(new Violations()),
        shapeOfValue(reference, name, property),
        name,
        json,
        completeness,
      ),
  };
}

function readSingleValue(
  payload: PayloadReading,
  shape: Shape,
  name: string,
  json: JsonValue,
  completeness: Completeness,
): PropertyValue {
  const draft: DraftReading = { payload, prefix: '', sent: new Map(), related: [], streams: [] };
  const rule = shape.rules.get(name)!;
  const reading = new ObjectReading(draft, shape, '', completeness);
  const object = new shape.transferClass(reading);
  object[rule.key] = placeValue(rule, json, reading);
  checkObject(object);
  const changes = readChanges(draft, completeness === 'partial');
  payload.violations.throwIfAny();
  return { value: memberValue(rule, object) ?? null, sent: draft.sent, changes, streams: draft.streams };
}
