import type { Format } from '../headers/accept.js';

/** `"@odata.count":7,`, with the number as a string where the client asks for that; nothing where none is told. [OData-JSON 3.2, 4.6.8] */
export function countAnnotation(
  count: number | undefined,
  { ieee754Compatible }: Pick<Format, 'ieee754Compatible'>,
  of = '',
): string {
  if (count === undefined) return '';
  const text = String(count);
  return `${JSON.stringify(`${of}@odata.count`)}:${ieee754Compatible ? `"${text}"` : text},`;
}
