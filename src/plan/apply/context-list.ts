import type { EntityForm, Field, Form } from './apply-plan.js';

/**
 * The select list of the context URL: what all rows have, such as `Category(Name),Total`; nothing where that is all of
 * the type. [OData-Aggregation 3.1.1] [OData-Protocol 10.8]
 */
export function contextListOf(forms: readonly Form[]): string {
  const [first, ...others] = forms;
  if (first === undefined) return '';
  if (others.length === 0) return listOf(first).join(',');
  const list = listOf(others.reduce(common, first)).join(',');
  return list === '' && !forms.every((form) => isWhole(form.entity)) ? ANY : list;
}

/** Where nothing is common to all. [OData-Aggregation 3.1.1] */
const ANY = '@Core.AnyStructure';

/** `Total`, `Category(Name)`, `Address/City`, `Sale()` */
function listOf({ entity, fields: all }: Form): string[] {
  const fields = all.filter((field) => !isAnnotation(field));
  const made = fields.flatMap(textsOf);
  if (entity === undefined) return made;
  const own = entity.shape.contextList === '' ? [] : [entity.shape.contextList];
  const hasValues = fields.some((field) => field.kind === 'value');
  return [...(isWhole(entity) && hasValues ? ['*'] : []), ...own, ...made];
}

function textsOf(field: Field): string[] {
  switch (field.kind) {
    case 'value':
      return [field.name];
    case 'record': {
      const inner = field.fields.flatMap(textsOf);
      return field.isNavigation
        ? [`${field.name}(${inner.length === 0 ? ANY : inner.join(',')})`]
        : inner.map((text) => `${field.name}/${text}`);
    }
    case 'entity':
      return [`${field.name}(${listOf(field.form).join(',')})`];
    case 'rows':
      return [`${field.name}(${field.result.contextList})`];
  }
}

/** Annotations are no properties: nothing asks for them. */
export function isAnnotation({ name }: Field): boolean {
  return name.includes('@');
}

/** What rows of both forms have. */
function common(left: Form, right: Form): Form {
  if (left.entity === undefined || right.entity === undefined)
    return {
      entity: undefined,
      fields: fieldsIn(left, right) ?? fieldsIn(right, left) ?? sharedFields(left.fields, right.fields),
    };
  const isSame = left.entity.shape.contextList === right.entity.shape.contextList;
  return { entity: isSame ? left.entity : right.entity, fields: sharedFields(left.fields, right.fields) };
}

/** Of made rows, what an entity has too. */
function fieldsIn(made: Form, { entity, fields }: Form): Field[] | undefined {
  if (entity === undefined) return undefined;
  const { type, shape } = entity;
  const isThere = ({ name, kind }: Field): boolean =>
    (kind === 'value' && (shape.select?.has(name) ?? type.properties.has(name))) ||
    fields.some((each) => each.name === name);
  return made.fields.filter(isThere);
}

function sharedFields(left: readonly Field[], right: readonly Field[]): Field[] {
  return left.flatMap((field): Field[] => {
    const other = right.find((each) => each.name === field.name && each.kind === field.kind);
    if (other === undefined) return [];
    if (field.kind !== 'record' || other.kind !== 'record') return [field];
    return [{ ...field, fields: sharedFields(field.fields, other.fields) }];
  });
}

function isWhole(entity: EntityForm | undefined): boolean {
  return entity !== undefined && entity.shape.select === undefined;
}
