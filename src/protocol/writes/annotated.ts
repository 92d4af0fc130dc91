import type { Annotations } from '../../behavior/index.js';
import type { Draft } from '../../validation/index.js';
import type { ServiceRequest } from '../request.js';

export const NO_ANNOTATIONS: Annotations = new Map();

/** What a request brings, with the annotations that it has elsewhere than in its body; those of the body count more. */
export function annotated(draft: Draft, { annotations }: Pick<ServiceRequest, 'annotations'>): Draft {
  if (annotations === undefined || annotations.size === 0) return draft;
  return { ...draft, annotations: new Map([...annotations, ...draft.annotations]) };
}
