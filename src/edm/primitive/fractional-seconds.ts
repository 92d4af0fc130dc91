import { countTrailingZeros } from './decimal-digits.js';

/** With its point and without zeros at the end: `.25`, or nothing. [OData-ABNF fractionalSeconds] */
export function writeFraction(digits: string | undefined): string {
  if (digits === undefined) return '';
  const end = digits.length - countTrailingZeros(digits);
  return end === 0 ? '' : `.${digits.slice(0, end)}`;
}

/** What is wrong with a fraction that is finer than the facet allows. [CSDL-JSON 7.2.3] */
export function excessPrecision(fraction: string, precision: number | undefined): { problem: string } | undefined {
  if (precision === undefined || fraction.length - 1 <= precision) return undefined;
  return { problem: `must have at most ${precision} digits of fractional seconds, not ${fraction.length - 1}` };
}
