import type { EnumType } from '../edm/index.js';
import type { Preferences } from '../protocol/index.js';

const SENTINEL = 'unknownFutureValue';

/** The preference by which a client asks for all members of evolvable enumerations. [Graph: Best practices, evolvable enums] */
export const INCLUDE_UNKNOWN = 'include-unknown-enum-members';

/** Members behind the sentinel reach only clients that ask for them; others see the sentinel. */
export function writeEvolvableEnum(type: EnumType, member: string, preferences: Preferences): string {
  const sentinel = type.member(SENTINEL);
  if (sentinel === undefined || preferences.has(INCLUDE_UNKNOWN)) return member;
  if (!type.isFlags) return type.numberOf(member) > sentinel.value ? SENTINEL : member;
  const names = member.split(',').map((name) => (type.numberOf(name) > sentinel.value ? SENTINEL : name));
  return [...new Set(names)].join(',');
}
