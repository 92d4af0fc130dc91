import { durationToSeconds, type Scalar } from '../../edm/index.js';

/** The canonical decimal of a number in any canonical form: `1e-7` becomes `0.0000001`. */
export function decimalTextOf(scalar: Scalar): string {
  const text = String(scalar);
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (!match) return text;
  const [, sign = '', integer = '', fraction = '', power = '0'] = match;
  const digits = integer + fraction;
  const point = integer.length + Number(power);
  const whole = digits.slice(0, Math.max(0, point)).padEnd(point, '0').replace(/^0+/, '');
  const rest = ('0'.repeat(Math.max(0, -point)) + digits.slice(Math.max(0, point))).replace(/0+$/, '');
  const unsigned = `${whole === '' ? '0' : whole}${rest === '' ? '' : `.${rest}`}`;
  return unsigned === '0' ? '0' : `${sign}${unsigned}`;
}

/** The seconds of a canonical duration. */
export function secondsOf(scalar: Scalar): string {
  const seconds = durationToSeconds(String(scalar));
  if (seconds === undefined) throw new Error(`'${String(scalar)}' is not a canonical Edm.Duration.`);
  return seconds;
}

export function jsonTextOf(scalar: Scalar): string {
  return typeof scalar === 'object' ? scalar.text : JSON.stringify(scalar);
}
