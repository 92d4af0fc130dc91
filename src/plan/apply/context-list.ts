import type { EntityForm, Field, Form } from './apply-plan.js';

/**
 * The select list of the context URL: what all rows have, such as `Category(Name),Total`; nothing where that is all of
 * the type. [OData-Aggregation 3.1.1] [OData-Protocol 10.8]
 */
export function contextListOf(forms: readonly Form[]): string {
  const [first, ...others] = forms.map(listOf);
  if (first === undefined || others.length === 0) return (first ?? []).join(',');
  if (forms.every((form) => isWhole(form.entity))) {
    const common = first.filter((text) => others.every((list) => list.includes(text)));
    return common.length === 1 && common[0] === '*' ? '' : common.join(',');
  }
  const names = forms.map((form) => new Set([...declaredNames(form), ...listOf(form)]));
  const common = [...names[0]!].filter((text) => text !== '*' && names.every((each) => each.has(text)));
  return common.length === 0 ? '@Core.AnyStructure' : common.join(',');
}

function listOf({ entity, fields }: Form): string[] {
  const made = fields.flatMap((field) => textsOf(field));
  if (entity === undefined) return made;
  const own = entity.shape.contextList === '' ? [] : [entity.shape.contextList];
  const hasValues = fields.some((field) => field.kind === 'value');
  return [...(isWhole(entity) && hasValues ? ['*'] : []), ...own, ...made];
}

/** `Total`, `Category(Name)`, `Address/City`, `Sale()` */
function textsOf(field: Field): string[] {
  switch (field.kind) {
    case 'value':
      return [field.name];
    case 'record': {
      const inner = field.fields.flatMap(textsOf);
      return field.isNavigation ? [`${field.name}(${inner.join(',')})`] : inner.map((text) => `${field.name}/${text}`);
    }
    case 'entity':
      return [`${field.name}(${listOf(field.form).join(',')})`];
    case 'rows':
      return [`${field.name}(${field.result.contextList})`];
  }
}

function isWhole(entity: EntityForm | undefined): boolean {
  return entity !== undefined && entity.shape.select === undefined;
}

function declaredNames({ entity }: Form): string[] {
  if (entity === undefined) return [];
  return [...(entity.shape.select?.keys() ?? entity.type.properties.keys())];
}
