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
    case 'entity': {
      const { name, form } = field;
      const inner = listOf(form);
      if (form.entity.part === undefined) return [`${name}(${inner.join(',')})`];
      const within = inner.flatMap(itemsOf).flatMap((text) => (text === '*' ? [] : [`${name}/${text}`]));
      return isWhole(form.entity) ? [name, ...within] : within;
    }
    case 'rows':
      return field.as === undefined ? [`${field.name}(${field.result.contextList})`] : [];
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
  return { entity: sharedEntity(left.entity, right.entity), fields: sharedFields(left.fields, right.fields) };
}

function sharedEntity(left: EntityForm, right: EntityForm): EntityForm {
  const others = itemsOf(right.shape.contextList);
  const contextList = itemsOf(left.shape.contextList)
    .filter((item) => others.includes(item))
    .join(',');
  return { ...left, shape: { ...left.shape, contextList } };
}

/** `ID`, `Sales(Amount,Product())` of `ID,Sales(Amount,Product())`. */
function itemsOf(list: string): readonly string[] {
  const items: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index <= list.length; index++) {
    const character = list[index];
    if (character === '(') depth++;
    else if (character === ')') depth--;
    else if (character === undefined || (character === ',' && depth === 0)) {
      items.push(list.slice(start, index));
      start = index + 1;
    }
  }
  return items.filter((item) => item !== '');
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
    if (field.kind === 'record' && other.kind === 'record')
      return [{ ...field, fields: sharedFields(field.fields, other.fields) }];
    if (field.kind !== 'entity' || other.kind !== 'entity') return [field];
    const entity = sharedEntity(field.form.entity, other.form.entity);
    return [{ ...field, form: { entity, fields: sharedFields(field.form.fields, other.form.fields) } }];
  });
}

/** All of the type, perhaps with something else in the place of a property. */
function isWhole(entity: EntityForm | undefined): boolean {
  if (entity === undefined) return false;
  const { select, contextList } = entity.shape;
  return select === undefined || (select.size > 0 && contextList === '');
}
