/** The key under which an object with an id is stored; none for half a character, which no key can hold. */
export function keyOfId(id: string): string | undefined {
  return /\p{Surrogate}/u.test(id) ? undefined : encodeURIComponent(id);
}
