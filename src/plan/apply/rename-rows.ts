import type { Place } from '../expression.js';
import type { EntityForm, Field, Form } from './apply-plan.js';
import type { RowType } from './row-type.js';

/** The same rows where their columns have other names; rows within them keep theirs. */
export function renamedRows(rows: RowType, rename: (column: string) => string): RowType {
  return {
    ...rows,
    place: renamedPlace(rows.place, rename),
    forms: rows.forms.map((form) => renamedForm(form, rename)),
    formColumn: rows.formColumn && rename(rows.formColumn),
  };
}

function renamedForm({ entity, fields }: Form, rename: (column: string) => string): Form {
  return {
    entity: entity && renamedEntity(entity, rename),
    fields: fields.map((field) => renamedField(field, rename)),
  };
}

function renamedEntity(entity: EntityForm, rename: (column: string) => string): EntityForm {
  const { part } = entity;
  if (part === undefined) return entity;
  return { ...entity, part: { ...part, pointer: rename(part.pointer), value: rename(part.value) } };
}

function renamedField(field: Field, rename: (column: string) => string): Field {
  switch (field.kind) {
    case 'record': {
      const fields = field.fields.map((each) => renamedField(each, rename));
      return { ...field, presence: field.presence && rename(field.presence), fields };
    }
    case 'entity': {
      const { entity, fields } = renamedForm(field.form, rename);
      return { ...field, column: rename(field.column), form: { entity: entity!, fields } };
    }
    case 'value':
    case 'rows':
      return { ...field, column: rename(field.column) };
  }
}

function renamedPlace(place: Place, rename: (column: string) => string): Place {
  switch (place.kind) {
    case 'column':
      return { ...place, column: rename(place.column) };
    case 'part': {
      const { of, pointer, value } = place;
      return { ...place, of: renamedPlace(of, rename), pointer: rename(pointer), value: rename(value) };
    }
    case 'record': {
      const { of, members, presence } = place;
      return {
        ...place,
        of: of && renamedPlace(of, rename),
        members: new Map([...members].map(([name, member]) => [name, renamedPlace(member, rename)])),
        ...(presence && { presence: renamedPlace(presence, rename) }),
      };
    }
    default:
      return place;
  }
}
