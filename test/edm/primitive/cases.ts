import { expect } from '@jest/globals';

import { JsonNumber, type JsonValue } from '../../../src/edm/json.js';
import { primitiveType, type PrimitiveType } from '../../../src/edm/primitive/index.js';
import type { Facets, Reading, Scalar } from '../../../src/edm/scalar-type.js';

export function typeNamed(name: string): PrimitiveType {
  const type = primitiveType(name);
  if (!type) throw new Error(`There is no ${name}.`);
  return type;
}

/** The canonical value, with the digits of `JsonNumber`s as `{ digits }`; or the problem as `{ problem }`. */
export function shown(reading: Reading): unknown {
  if ('problem' in reading) return { problem: reading.problem };
  return reading.value instanceof JsonNumber ? { digits: reading.value.text } : reading.value;
}

export function fromText(name: string, text: string, facets: Facets = {}): unknown {
  return shown(typeNamed(name).fromText(text, facets));
}

export function fromJson(name: string, value: JsonValue, facets: Facets = {}): unknown {
  return shown(typeNamed(name).fromJson(value, facets));
}

export function valueOf(reading: Reading): Scalar {
  if ('problem' in reading) throw new Error(`The value ${reading.problem}.`);
  return reading.value;
}

export function expectProblem(reading: Reading, part: string): void {
  expect(reading).toEqual({ problem: expect.stringContaining(part) });
}
