import type { Argument, ResourcePath, Segment } from '../url/index.js';

/** What leads from one target to the next: a segment, or a key that stands right behind the parentheses of another one. */
export type TargetStep =
  Segment | { readonly kind: 'key'; readonly predicate: readonly Argument[]; readonly at: number };

/** `f(color='red')(1)/Name` is a function, a key and a property. [OData-URL 4.5.2, 4.12] */
export function stepsOf(path: ResourcePath): readonly TargetStep[] {
  if (!path.some(keyOf)) return path;
  return path.flatMap((segment): readonly TargetStep[] => {
    const predicate = keyOf(segment);
    return predicate === undefined ? [segment] : [segment, { kind: 'key', predicate, at: segment.at }];
  });
}

function keyOf(segment: Segment): readonly Argument[] | undefined {
  return segment.kind === 'name' || segment.kind === 'filter' ? segment.key : undefined;
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
