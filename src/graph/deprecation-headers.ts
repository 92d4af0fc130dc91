import type { Deprecation } from '../protocol/index.js';

/**
 * When what a request uses was deprecated, and when it goes, at the earliest. The days of the schema end a second before
 * midnight. [Microsoft Graph REST API Guidelines: Deprecation]
 */
export function deprecationHeaders(deprecations: readonly Deprecation[]): (readonly [string, string])[] {
  const date = earliest(deprecations.map((each) => each.date));
  const removal = earliest(deprecations.map((each) => each.removalDate));
  return [
    ...(date === undefined ? [] : [['Deprecation', date] as const]),
    ...(removal === undefined ? [] : [['Sunset', removal] as const]),
  ];
}

/** `2024-04-10` as `Wed, 10 Apr 2024 23:59:59 GMT`. */
function earliest(days: readonly (string | undefined)[]): string | undefined {
  const [first] = days.filter((day) => day !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(day)).toSorted();
  const instant = first === undefined ? undefined : new Date(`${first}T23:59:59Z`);
  return instant === undefined || Number.isNaN(instant.getTime()) ? undefined : instant.toUTCString();
}
