import type { Facets, Reading } from '../scalar-type.js';
import { excessPrecision, writeFraction } from './fractional-seconds.js';
import { mismatch } from './mismatch.js';
import { textType } from './text-type.js';

const TIME = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,12}))?)?$/;

const DESCRIPTION = 'a time of day such as 23:59:59.999';

/** Canonical values have seconds, and a fraction only where it isn't zero. [CSDL-JSON 3.3] [OData-ABNF timeOfDayValue] */
export const timeOfDayType = textType({ qualifiedName: 'Edm.TimeOfDay', description: DESCRIPTION, read });

function read(text: string, { precision }: Facets): Reading {
  const match = TIME.exec(text);
  if (!match) return mismatch(DESCRIPTION, text);
  const [, hour, minute, second = '00', digits] = match;
  const fraction = writeFraction(digits);
  return excessPrecision(fraction, precision) ?? { value: `${hour}:${minute}:${second}${fraction}` };
}
