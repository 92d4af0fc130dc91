import type { JsonValue } from '../edm/index.js';

const GUID = /^([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})$/i;

/**
 * The security identifier of an object of the directory: `S-1-12-1-` and the four words of its id, as Windows stores it;
 * undefined where that is no GUID. [MS-DTYP 2.3.4, 2.4.2]
 * Example: `21d05557-b7b6-418f-86fa-a3118d751be4` has `S-1-12-1-567301463-1099937718-295959174-3827004813`.
 */
export function securityIdentifierOf(id: JsonValue | undefined): string | undefined {
  const [, first, second, third, fourth, last] = GUID.exec(typeof id === 'string' ? id : '') ?? [];
  if (first === undefined) return undefined;
  const tail = Buffer.from(fourth! + last!, 'hex');
  const words = [parseInt(first, 16), parseInt(third! + second!, 16), tail.readUInt32LE(0), tail.readUInt32LE(4)];
  return `S-1-12-1-${words.join('-')}`;
}
