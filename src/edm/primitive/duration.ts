import type { Facets, Reading } from '../scalar-type.js';
import { compareDecimalDigits, type DecimalDigits, parseDecimalDigits } from './decimal-digits.js';
import { excessPrecision, writeFraction } from './fractional-seconds.js';
import { mismatch } from './mismatch.js';
import { textType } from './text-type.js';

const DURATION = /^(-?)P(?!$)(?:(\d+)D)?(?:T(?!$)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,12}))?S)?)?$/i;

/** Keeps the arithmetic cheap for hostile texts. */
const LONGEST_TEXT = 100;

const DESCRIPTION = 'a duration of days, hours, minutes and seconds such as P1DT12H30M5.5S';

/** Canonical values have no component above its range: `PT36H` becomes `P1DT12H`. [CSDL-JSON 3.3] [OData-ABNF durationValue] */
export const durationType = textType({
  qualifiedName: 'Edm.Duration',
  description: DESCRIPTION,
  prefix: 'duration',
  read,
  compare: (a, b) => compareDecimalDigits(secondsOf(a), secondsOf(b)),
});

/** The length of a duration in seconds, without losing a digit: `PT1M0.5S` becomes `60.5`; undefined for other texts. */
export function durationToSeconds(text: string): string | undefined {
  const parts = takeApart(text);
  if (!parts) return undefined;
  return `${parts.isNegative ? '-' : ''}${parts.seconds}${parts.fraction}`;
}

interface DurationParts {
  readonly isNegative: boolean;
  readonly seconds: bigint;
  readonly fraction: string;
}

function read(text: string, { precision }: Facets): Reading {
  const parts = takeApart(text);
  if (!parts) return mismatch(DESCRIPTION, text);
  return excessPrecision(parts.fraction, precision) ?? { value: write(parts) };
}

function takeApart(text: string): DurationParts | undefined {
  const match = text.length <= LONGEST_TEXT ? DURATION.exec(text) : null;
  if (!match) return undefined;
  const [, sign, days = '0', hours = '0', minutes = '0', wholeSeconds = '0', digits] = match;
  const seconds = BigInt(days) * 86_400n + BigInt(hours) * 3_600n + BigInt(minutes) * 60n + BigInt(wholeSeconds);
  const fraction = writeFraction(digits);
  return { isNegative: sign === '-' && (seconds > 0n || fraction !== ''), seconds, fraction };
}

function write({ isNegative, seconds, fraction }: DurationParts): string {
  const days = seconds / 86_400n;
  const hours = (seconds / 3_600n) % 24n;
  const minutes = (seconds / 60n) % 60n;
  const rest = `${seconds % 60n}${fraction}`;
  const date = days === 0n ? '' : `${days}D`;
  const time = `${hours === 0n ? '' : `${hours}H`}${minutes === 0n ? '' : `${minutes}M`}${rest === '0' ? '' : `${rest}S`}`;
  if (date === '' && time === '') return 'PT0S';
  return `${isNegative ? '-' : ''}P${date}${time === '' ? '' : `T${time}`}`;
}

function secondsOf(canonical: string): DecimalDigits {
  const digits = parseDecimalDigits(durationToSeconds(canonical) ?? '');
  if (!digits) throw new Error(`'${canonical}' is not a canonical Edm.Duration.`);
  return digits;
}
