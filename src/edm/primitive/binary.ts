import type { Facets, Reading } from '../scalar-type.js';
import { mismatch } from './mismatch.js';
import { textType } from './text-type.js';

const DESCRIPTION = 'base64url text such as T0RhdGE';

const FOREIGN_CHARACTER = /[^\w-]/;

/** Canonical values are base64url without padding; base64 and padding are read too. [OData-JSON 7.1] [OData-ABNF binaryValue] */
export const binaryType = textType({ qualifiedName: 'Edm.Binary', description: DESCRIPTION, read, prefix: 'binary' });

function read(text: string, { maxLength }: Facets): Reading {
  const value = withoutPadding(text).replaceAll('+', '-').replaceAll('/', '_');
  const isPaddedRightly = value.length === text.length || text.length % 4 === 0;
  if (!isPaddedRightly || FOREIGN_CHARACTER.test(value) || !endsInWholeByte(value)) return mismatch(DESCRIPTION, text);
  const byteCount = Math.floor((value.length * 3) / 4);
  if (maxLength !== undefined && byteCount > maxLength)
    return { problem: `must have at most ${maxLength} bytes, not ${byteCount}` };
  return { value };
}

function withoutPadding(text: string): string {
  if (text.endsWith('==')) return text.slice(0, -2);
  return text.endsWith('=') ? text.slice(0, -1) : text;
}

/** The last character may only have bits that belong to a byte, so that equal bytes have equal texts. */
function endsInWholeByte(value: string): boolean {
  switch (value.length % 4) {
    case 0:
      return true;
    case 2:
      return /[AQgw]$/.test(value.slice(-1));
    case 3:
      return /[AEIMQUYcgkosw048]$/.test(value.slice(-1));
    default:
      return false;
  }
}
