import type { Field, Form } from './apply-plan.js';
import { contextListOf } from './context-list.js';
import { membersOf, withMembers, type RowType } from './row-type.js';

/**
 * An entity or complex value that transformations made under a name, as rows: what stands in it are columns of the row that it
 * is in, so that steps over that row go for it too. Undefined for other paths.
 */
export function singleMade([name = '', ...others]: readonly string[], rows: RowType): RowType | undefined {
  const place = others.length > 0 ? undefined : membersOf(rows.place).get(name);
  if (place === undefined || place.type.isCollection) return undefined;
  const { type } = place.type;
  if (type.kind !== 'entity' && type.kind !== 'complex') return undefined;
  const forms = rows.forms.map(({ fields }) => formOf(fields.find((field) => field.name === name)));
  return { ...rows, type, place, forms };
}

function formOf(field: Field | undefined): Form {
  switch (field?.kind) {
    case 'entity':
      return field.form;
    case 'record':
      return { entity: undefined, fields: field.fields };
    default:
      return { entity: undefined, fields: [] };
  }
}

/** The rows in which what it became stands under a name, where there is something to begin with. */
export function withSingle(from: string, to: string, single: RowType, rows: RowType): RowType {
  const forms = rows.forms.map((form, index): Form => {
    const field = form.fields.find(({ name }) => name === from);
    if (field === undefined) return form;
    const made = withForm(field, to, to !== from, single.forms[index]!);
    return { ...form, fields: [...form.fields.filter(({ name }) => name !== to), made] };
  });
  return { ...withMembers(rows, [], [[to, single.place]]), forms };
}

function withForm(field: Field, name: string, isNew: boolean, form: Form): Field {
  switch (field.kind) {
    case 'record':
      return { ...field, name, fields: form.fields };
    case 'entity': {
      const isDynamic = isNew || field.isDynamic;
      return { ...field, name, isDynamic, contextList: contextListOf([form]), form: { ...form, entity: form.entity! } };
    }
    default:
      throw new Error('A value has no properties.');
  }
}
