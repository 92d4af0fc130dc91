import type { Declaration } from './catalog.js';
import { ENUM_RANGES, PRIMITIVE_TYPES } from './edm-names.js';
import type { Part, Report } from './report.js';

/** Values must be integers in the range of the underlying type. [CSDL-JSON 10] */
export function checkEnumType(report: Report, declaration: Declaration): void {
  const { json, document, qualifiedName } = declaration;
  const underlying = typeof json['$UnderlyingType'] === 'string' ? json['$UnderlyingType'] : 'Edm.Int32';
  const range = ENUM_RANGES.get(underlying);
  if (!range)
    report.error(
      { json, document },
      `The underlying type of '${qualifiedName}' is '${underlying}', which is no integer type for enumerations.`,
    );
  const memberOfValue = new Map<bigint, string>();
  for (const [member, written] of Object.entries(json)) {
    if (member.startsWith('$') || member.includes('@')) continue;
    const part: Part = { json, member, document };
    const value = integerOf(written);
    if (value === undefined) {
      report.error(part, `The value of '${member}' in '${qualifiedName}' is not an integer.`);
      continue;
    }
    if (range && (value < range[0] || value > range[1]))
      report.error(part, `The value of '${member}' in '${qualifiedName}' is out of the range of ${underlying}.`);
    const other = memberOfValue.get(value);
    if (other !== undefined)
      report.warning(part, `'${member}' in '${qualifiedName}' has the same value as '${other}'.`);
    memberOfValue.set(value, member);
  }
}

/** [CSDL-JSON 11.1] */
export function checkTypeDefinition(report: Report, { json, document, qualifiedName }: Declaration): void {
  const underlying = String(json['$UnderlyingType']);
  if (!PRIMITIVE_TYPES.has(underlying))
    report.error(
      { json, document },
      `The underlying type of '${qualifiedName}' is '${underlying}', which is not primitive.`,
    );
}

function integerOf(value: unknown): bigint | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : undefined;
  return typeof value === 'string' && /^[-+]?\d+$/.test(value) ? BigInt(value.replace('+', '')) : undefined;
}
