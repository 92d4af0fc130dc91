/** A decimal number taken apart: plus or minus 0.`digits` times ten to the power of `exponent`. */
export interface DecimalDigits {
  readonly isNegative: boolean;
  /** Without zeros at either end; empty for zero, whose other members are then false and 0. */
  readonly digits: string;
  readonly exponent: number;
}

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

const ZERO: DecimalDigits = { isNegative: false, digits: '', exponent: 0 };

/** Example: `-0.0250e1` becomes `{ isNegative: true, digits: '25', exponent: 0 }`. [OData-ABNF decimalValue] */
export function parseDecimalDigits(text: string): DecimalDigits | undefined {
  const match = DECIMAL.exec(text);
  if (!match) return undefined;
  const [, sign, integer = '', fraction = '', power = '0'] = match;
  const all = integer + fraction;
  const start = countLeadingZeros(all);
  if (start === all.length) return ZERO;
  return {
    isNegative: sign === '-',
    digits: all.slice(start, all.length - countTrailingZeros(all)),
    exponent: integer.length - start + Number(power),
  };
}

/** Digits without exponent, for example `-0.25`; the caller has made sure that the exponent is small. */
export function plainDecimal({ isNegative, digits, exponent }: DecimalDigits): string {
  const integer = exponent > 0 ? digits.slice(0, exponent).padEnd(exponent, '0') : '0';
  const fraction = exponent > 0 ? digits.slice(exponent) : '0'.repeat(-exponent) + digits;
  return `${isNegative ? '-' : ''}${integer}${fraction === '' ? '' : `.${fraction}`}`;
}

export function integerDigitCount({ exponent }: DecimalDigits): number {
  return Math.max(0, exponent);
}

export function fractionDigitCount({ digits, exponent }: DecimalDigits): number {
  return Math.max(0, digits.length - exponent);
}

export function compareDecimalDigits(a: DecimalDigits, b: DecimalDigits): number {
  const signA = signOf(a);
  const signB = signOf(b);
  if (signA !== signB) return signA - signB;
  if (a.exponent !== b.exponent) return a.exponent > b.exponent ? signA : -signA;
  if (a.digits === b.digits) return 0;
  return a.digits > b.digits ? signA : -signA;
}

/** Whether the double nearest to a decimal number is written with the same digits. */
export function isExactNumber(text: string): boolean {
  const number = Number(text);
  const written = Number.isFinite(number) ? parseDecimalDigits(text) : undefined;
  const kept = written && parseDecimalDigits(String(number));
  return kept !== undefined && compareDecimalDigits(written!, kept) === 0;
}

function signOf({ isNegative, digits }: DecimalDigits): number {
  if (digits === '') return 0;
  return isNegative ? -1 : 1;
}

function countLeadingZeros(text: string): number {
  let count = 0;
  while (text.charCodeAt(count) === 0x30) count++;
  return count;
}

/** Not `/0+$/`, which takes quadratic time for long runs of zeros. */
export function countTrailingZeros(text: string): number {
  let end = text.length;
  while (text.charCodeAt(end - 1) === 0x30) end--;
  return text.length - end;
}
