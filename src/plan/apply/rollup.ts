import { isCsdlObject, type StructuredType } from '../../edm/index.js';
import { badRequest } from '../../error/index.js';
import type { GroupItem, Transformation } from '../../url/index.js';

import { fault } from './fault.js';
import type { RowType } from './row-type.js';

/** Hierarchies side by side multiply. */
const MOST_GROUPINGS = 64;

type GroupBy = Extract<Transformation, { kind: 'groupby' }>;
type Path = Extract<GroupItem, { kind: 'path' }>;
type Rollup = Extract<GroupItem, { kind: 'rollup' }>;

/**
 * `groupby((A,rollup(B,C)),T)` is `concat(groupby((A,B,C),T),groupby((A,B),T))`; undefined without `rollup`.
 * `rollup(null,B)` and `rollup($all,B)` group by nothing as well. [OData-Aggregation 3.2.3.2]
 */
export function levelsOf({ properties, apply, at }: GroupBy, { type }: RowType): readonly Transformation[] | undefined {
  if (!properties.some((item) => item.kind === 'rollup')) return undefined;
  const choices = properties.map((item) => (item.kind === 'rollup' ? levels(item, type) : [[item as Path]]));
  if (choices.reduce((product, each) => product * each.length, 1) > MOST_GROUPINGS)
    throw badRequest(`rollup asks for more than ${String(MOST_GROUPINGS)} groupings.`, fault(at));
  const groupings = choices.reduce<readonly (readonly Path[])[]>(
    (before, each) => before.flatMap((paths) => each.map((more) => [...paths, ...more])),
    [[]],
  );
  const branches = groupings.map((paths) =>
    paths.length > 0
      ? [{ kind: 'groupby', properties: paths, apply, at } as const]
      : apply.length > 0
        ? apply
        : [{ kind: 'aggregate', items: [], at } as const],
  );
  return branches.length === 1 ? branches[0] : [{ kind: 'concat', branches, at }];
}

/** Whether a level leaves out properties that are null then, rather than absent. */
export function fillsLevels({ properties }: GroupBy): boolean {
  return properties.some((item) => item.kind === 'rollup' && item.total);
}

/** From the finest level to the coarsest. */
function levels({ paths, total, at }: Rollup, type: StructuredType): Path[][] {
  const whole = (paths.length === 1 && paths[0]!.length === 1 && namedLevels(paths[0]![0]!, type)) || paths;
  const all = whole.map((_, index) =>
    whole.slice(0, whole.length - index).map((path) => ({ kind: 'path', path, at }) as const),
  );
  return total ? [...all, []] : all;
}

/** `rollup(Q)` where the type has a leveled hierarchy of that name. [OData-Aggregation 5.5.1] */
function namedLevels(qualifier: string, type: StructuredType): readonly (readonly string[])[] | undefined {
  const value = type.annotation(`Org.OData.Aggregation.V1.LeveledHierarchy#${qualifier}`);
  if (!Array.isArray(value)) return undefined;
  return value.map((path) => String(isCsdlObject(path) ? Object.values(path)[0] : path).split('/'));
}
