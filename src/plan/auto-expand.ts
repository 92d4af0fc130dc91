import { oncePer, type EntityType, type Model } from '../edm/index.js';
import type { ExpandItem, QueryOptions } from '../url/index.js';

import type { PathRules } from './path-rules.js';

type Rules = Pick<PathRules, 'autoExpands'>;

const AUTO_EXPAND = 'Org.OData.Core.V1.AutoExpand';

/**
 * The navigation properties that entities of a type come with although no request asks for them, those that only derived
 * types have behind a cast: `['ns.Manager', 'reports']`. [Core AutoExpand]
 */
export function autoExpanded(type: EntityType, rules: Rules, model: Model): readonly (readonly string[])[] {
  return pathsOf(rules)(model)(type);
}

/** What comes besides the items of `$expand`: nothing where `$select` says what is wanted. */
export function automaticItems(
  type: EntityType,
  { select, expand }: Pick<QueryOptions, 'select' | 'expand'>,
  { rules, model }: { readonly rules: Rules; readonly model: Model },
): readonly ExpandItem[] {
  const paths = autoExpanded(type, rules, model);
  if (paths.length === 0 || (select !== undefined && !select.value.some(({ path }) => path[0] === '*'))) return [];
  const asked = new Set(expand?.value.flatMap(({ path }) => path));
  return paths
    .filter((path) => !asked.has(path.at(-1)!) && !asked.has('*'))
    .map((path) => ({ path, as: 'entities', options: { aliases: new Map(), custom: [] }, at: 0 }));
}

const pathsOf = oncePer((rules: Rules) =>
  oncePer((model: Model) =>
    oncePer((type: EntityType): readonly (readonly string[])[] => {
      const derived = model.derivedTypes(type) as readonly EntityType[];
      return [
        ...namesIn(type, rules).map((name) => [name]),
        ...derived.flatMap((each) =>
          namesIn(each, rules)
            .filter((name) => each.navigationProperties.get(name)!.declaringType === each)
            .map((name) => [each.qualifiedName, name]),
        ),
      ];
    }),
  ),
);

function namesIn(type: EntityType, { autoExpands }: Rules): readonly string[] {
  const ruled = new Set(autoExpands(type));
  const properties = [...type.navigationProperties.values()];
  return properties.filter((each) => ruled.has(each.name) || each.isTagged(AUTO_EXPAND)).map(({ name }) => name);
}
