/** A tree without positions and without the texts of options, so that trees of different texts compare. */
export function positionless(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(positionless);
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, positionless(item)]));
  if (typeof value !== 'object' || value === null) return value;
  const isOption = 'value' in value && 'text' in value && 'at' in value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== 'at' && !(isOption && name === 'text'))
      .map(([name, item]) => [name, positionless(item)]),
  );
}
