import { mismatch } from './mismatch.js';
import { textType } from './text-type.js';

const GUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

const DESCRIPTION = 'a GUID such as 01234567-89ab-cdef-0123-456789abcdef';

/** Canonical values are in lower case. [CSDL-JSON 3.3] [OData-ABNF guidValue] */
export const guidType = textType({
  qualifiedName: 'Edm.Guid',
  description: DESCRIPTION,
  read: (text) => (GUID.test(text) ? { value: text.toLowerCase() } : mismatch(DESCRIPTION, text)),
});
