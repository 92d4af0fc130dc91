import type { JsonValue } from '../json.js';
import type { Reading, Scalar } from '../scalar-type.js';
import { mismatch } from './mismatch.js';
import type { PrimitiveType } from './primitive-type.js';

/** [CSDL-JSON 3.3] [OData-ABNF booleanValue] */
export const booleanType: PrimitiveType = {
  kind: 'primitive',
  qualifiedName: 'Edm.Boolean',
  fromJson: (value: JsonValue): Reading => (typeof value === 'boolean' ? { value } : mismatch('true or false', value)),
  fromText: (text: string): Reading => {
    const word = text.toLowerCase();
    return word === 'true' || word === 'false' ? { value: word === 'true' } : mismatch('true or false', text);
  },
  toText: String,
  toLiteral: String,
  toJson: String,
  compare: (a: Scalar, b: Scalar) => Number(a) - Number(b),
};
