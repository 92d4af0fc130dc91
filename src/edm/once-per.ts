/**
 * A function of an object that never changes, such as an element of a model: the result is worked out when it is first asked
 * for, and kept as long as the object. Example: `const layoutOf = oncePer((type: StructuredType) => …)`
 */
export function oncePer<Subject extends object, Result>(
  work: (subject: Subject) => Result,
): (subject: Subject) => Result {
  const known = new WeakMap<Subject, { readonly result: Result }>();
  return (subject) => {
    let kept = known.get(subject);
    if (kept === undefined) known.set(subject, (kept = { result: work(subject) }));
    return kept.result;
  };
}
