/** Of an error: which part of `$apply` is refused, by the position of its first character. */
export function fault(position: number): { readonly target: '$apply'; readonly position: number } {
  return { target: '$apply', position };
}
