import type { Argument, ResourcePath, Segment } from '../url/index.js';

/** What leads from one target to the next: a segment, or a key that stands right behind the parentheses of another one. */
export type TargetStep =
  Segment | { readonly kind: 'key'; readonly predicate: readonly Argument[]; readonly at: number };

/** `f(color='red')(1)/Name` is a function, a key and a property. [OData-URL 4.5.2, 4.12] */
export function stepsOf(path: ResourcePath): readonly TargetStep[] {
  return path.flatMap((segment): readonly TargetStep[] =>
    (segment.kind === 'name' || segment.kind === 'filter') && segment.key !== undefined
      ? [segment, { kind: 'key', predicate: segment.key, at: segment.at }]
      : [segment],
  );
}

/** A step as messages name it. */
export function textOf(step: TargetStep): string {
  switch (step.kind) {
    case 'name':
    case 'text':
      return step.text;
    case 'key':
      return '(…)';
    default:
      return `$${step.kind}`;
  }
}
