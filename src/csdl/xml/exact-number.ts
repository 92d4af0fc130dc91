/** A number, or its text where it is infinite, not a number, or an integer that no double holds. [CSDL-JSON 14.3.8] */
export function exactNumber(text: string): number | string {
  const value = Number(text);
  if (Number.isNaN(value) || !Number.isFinite(value)) return text;
  if (/^[-+]?\d+$/.test(text) && BigInt(text.replace('+', '')) !== BigInt(value)) return text;
  return value;
}
