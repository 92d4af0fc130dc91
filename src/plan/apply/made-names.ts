import { unknownMember } from '../bind/property-names.js';
import type { Field, Form } from './apply-plan.js';

/** The names that any form has, where rows differ, and whether any is an entity or a complex value as a whole. */
export interface Made {
  readonly names: ReadonlyMap<string, Made>;
  readonly isWhole: boolean;
}

export function madeIn(forms: readonly Form[]): Made {
  const below = new Map<string, Form[]>();
  for (const field of forms.flatMap(({ fields }) => fields))
    below.set(field.name, [...(below.get(field.name) ?? []), ...formsOf(field)]);
  return {
    names: new Map([...below].map(([name, inner]) => [name, madeIn(inner)])),
    isWhole: forms.some(({ entity }) => entity !== undefined),
  };
}

function formsOf(field: Field): readonly Form[] {
  switch (field.kind) {
    case 'value':
      return [];
    case 'record':
      return [{ entity: undefined, fields: field.fields }];
    case 'entity':
      return [field.form];
    case 'rows':
      return field.result.forms;
  }
}

/** Names that no row has that stands under a name. */
export function checkBelow(
  { name }: Pick<Field, 'name'>,
  items: readonly { readonly path: readonly string[]; readonly at: number }[] = [],
  { names, isWhole }: Made,
): void {
  if (isWhole) return;
  for (const { path, at } of items)
    if (path[0] !== '*' && !names.has(path[0]!)) throw unknownMember(path[0]!, names, `${name}/${path.join('/')}`, at);
}
