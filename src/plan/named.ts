/** An element by its name; in any case where a service is lenient about it, an exact match first. */
export function named<T>(
  elements: ReadonlyMap<string, T> | undefined,
  name: string,
  ignoreCase: boolean,
): T | undefined {
  const exact = elements?.get(name);
  if (exact !== undefined || elements === undefined || !ignoreCase) return exact;
  const lower = name.toLowerCase();
  for (const [each, element] of elements) if (each.toLowerCase() === lower) return element;
  return undefined;
}
