/**
 * A number, or its text where it is infinite, not a number, or an integer of which a double would lose a digit.
 * [CSDL-JSON 14.3.8]
 */
export function exactNumber(text: string): number | string {
  const value = Number(text);
  if (!Number.isFinite(value)) return text;
  const keepsDigits =
    !/^[-+]?\d+$/.test(text) || String(value) === text || BigInt(text.replace('+', '')) === BigInt(value);
  return keepsDigits ? value : text;
}
