import type { Model, Operation, StructuredType } from '../../edm/index.js';

import type { WriteOptions } from './write-options.js';

/** What an operation is bound to. */
export interface Binding {
  readonly type: StructuredType;
  readonly isCollection: boolean;
}

/** One operation as it is advertised: what its URL ends with. */
interface Advertisement {
  readonly qualifiedName: string;
  /** `#ns.Touch`, or `#ns.Days(from,to)` where its parameters tell it from other overloads. */
  readonly name: string;
  /** `ns.Days(from=@from,to=@to)` */
  readonly suffix: string;
}

const known = new WeakMap<
  StructuredType,
  { entity?: readonly Advertisement[]; collection?: readonly Advertisement[] }
>();

/**
 * The actions and functions that can be called on an entity or a collection: all of them at `odata.metadata=full`, those that
 * `$select` names at `minimal` too, where their URLs can be computed. [OData-JSON 16, 17] [OData-URL 5.1.4]
 * Example: `"#ns.Touch":{"title":"ns.Touch","target":"…/Things(1)/ns.Touch"},`
 */
export function operationMembers(
  binding: Binding,
  url: string,
  { format, shape }: Pick<WriteOptions, 'format' | 'shape'>,
  model: Model,
): string {
  if (format.metadata === 'none') return '';
  const isFull = format.metadata === 'full';
  const { operations, select } = shape;
  if (operations === undefined && !(isFull && select === undefined)) return '';
  let text = '';
  for (const { qualifiedName, name, suffix } of advertisementsOf(binding, model)) {
    if (operations !== undefined && !operations.has(qualifiedName) && !operations.has(allOf(qualifiedName))) continue;
    const value = isFull ? { title: qualifiedName, target: `${url}/${suffix}` } : {};
    text += `${JSON.stringify(name)}:${JSON.stringify(value)},`;
  }
  return text;
}

function allOf(qualifiedName: string): string {
  return `${qualifiedName.slice(0, qualifiedName.lastIndexOf('.'))}.*`;
}

function advertisementsOf({ type, isCollection }: Binding, model: Model): readonly Advertisement[] {
  let kept = known.get(type);
  if (kept === undefined) known.set(type, (kept = {}));
  return (kept[isCollection ? 'collection' : 'entity'] ??= advertise(model.operationsBoundTo(type, isCollection)));
}

function advertise(operations: readonly Operation[]): readonly Advertisement[] {
  const advertisements = operations.map((operation): Advertisement => {
    const { qualifiedName, kind } = operation;
    if (kind === 'action') return { qualifiedName, name: `#${qualifiedName}`, suffix: qualifiedName };
    const names = operation.nonBindingParameters.filter(({ isOptional }) => !isOptional).map(({ name }) => name);
    const isOverloaded = operations.filter((each) => each.qualifiedName === qualifiedName).length > 1;
    const values = names.map((name) => `${name}=@${name}`);
    return {
      qualifiedName,
      name: isOverloaded ? `#${qualifiedName}(${names.join(',')})` : `#${qualifiedName}`,
      suffix: `${qualifiedName}(${values.join(',')})`,
    };
  });
  return [...new Map(advertisements.map((each) => [each.name, each])).values()];
}
