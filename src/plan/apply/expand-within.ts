import type { ExpandItem } from '../../url/index.js';

import type { Embed } from '../read-plan.js';
import type { PartForm } from './apply-plan.js';

/** `Country` within a value of `Places` is `Places/Country` of the entity. */
export function itemsWithin({ within }: PartForm, items: readonly ExpandItem[]): readonly ExpandItem[] {
  return items.map((item) => ({ ...item, path: [...within, ...item.path] }));
}

/** What the entity expands as the select list of a context URL has it, which starts from the complex value. */
export function listedWithin(part: PartForm | undefined, { path, plan }: Embed): string {
  const start = part === undefined ? 0 : part.within.join('/').length + 1;
  return `${path.slice(start)}(${plan.shape.contextList})`;
}
