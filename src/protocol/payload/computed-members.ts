import { writeJson, type Scalar } from '../../edm/index.js';
import type { ReadPlan } from '../../plan/index.js';

import { isSelfExplaining, typeAnnotation } from './member-layout.js';
import type { WriteOptions } from './write-options.js';

/** What `$compute` adds to an entity or a complex value, each member with a comma behind it. [OData-Protocol 11.2.5.3] */
export function computedMembers(
  computed: ReadonlyMap<string, Scalar | null>,
  compute: ReadPlan['compute'],
  format: WriteOptions['format'],
): string {
  let text = '';
  for (const [alias, value] of computed) {
    const type = compute.find((each) => each.alias === alias)?.type;
    if (format.metadata !== 'none' && value !== null && type !== undefined && !isSelfExplaining(type, value))
      text += typeAnnotation(alias, type.qualifiedName, false);
    const written =
      value === null || type === undefined ? writeJson(value) : type.toJson(value, format.ieee754Compatible);
    text += `${JSON.stringify(alias)}:${written},`;
  }
  return text;
}
