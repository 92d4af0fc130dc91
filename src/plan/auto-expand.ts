import { oncePer, type EntityType } from '../edm/index.js';
import type { ExpandItem, QueryOptions } from '../url/index.js';

import type { PathRules } from './path-rules.js';

const AUTO_EXPAND = 'Org.OData.Core.V1.AutoExpand';

/** The navigation properties of a type that are expanded although no request asks for it. [Core AutoExpand] */
export function autoExpanded(type: EntityType, { autoExpands }: Pick<PathRules, 'autoExpands'>): readonly string[] {
  const tagged = taggedIn(type);
  const ruled = autoExpands(type).filter((name) => type.navigationProperties.has(name) && !tagged.includes(name));
  return ruled.length === 0 ? tagged : [...tagged, ...ruled];
}

/** What comes besides the items of `$expand`: nothing where `$select` says what is wanted. */
export function automaticItems(
  type: EntityType,
  { select, expand }: Pick<QueryOptions, 'select' | 'expand'>,
  rules: Pick<PathRules, 'autoExpands'>,
): readonly ExpandItem[] {
  const names = autoExpanded(type, rules);
  if (names.length === 0 || (select !== undefined && !select.value.some(({ path }) => path[0] === '*'))) return [];
  const asked = expand?.value ?? [];
  return names
    .filter((name) => !asked.some(({ path }) => path.includes(name) || path.includes('*')))
    .map((name) => ({ path: [name], as: 'entities', options: { aliases: new Map(), custom: [] }, at: 0 }));
}

const taggedIn = oncePer((type: EntityType): readonly string[] =>
  [...type.navigationProperties.values()]
    .filter((property) => property.isTagged(AUTO_EXPAND))
    .map((property) => property.name),
);
