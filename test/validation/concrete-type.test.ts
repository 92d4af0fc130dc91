import { describe, expect, it } from '@jest/globals';

import { complaints, create, CREATE, refusal, REPLACE, typeNamed, update, validator } from './technical-model.js';

describe('the type that a payload names [OData-JSON 4.6.3]', () => {
  it.each([
    '#demo.Employee',
    'demo.Employee',
    'd.Employee',
    '#d.Employee',
    'https://host/beta/$metadata#demo.Employee',
    '$metadata#demo.Employee',
  ])('may be derived: %s', (text) => {
    const draft = create('Person', { salary: 5, '@odata.type': text });
    expect(draft.type).toBe(typeNamed('Employee'));
    expect(draft).toMatchObject({ typeWasGiven: true, document: { salary: 5 } });
    expect(draft.document).not.toHaveProperty('@odata.type');
    expect(draft.sent.size).toBe(0);
  });

  it('may be written in the short form of 4.01', () => {
    expect(create('Person', { '@type': '#demo.Employee' }).type).toBe(typeNamed('Employee'));
  });

  it('may be left out', () => {
    expect(create('Person', {})).toMatchObject({ type: typeNamed('Person'), typeWasGiven: false });
  });

  it.each([
    ['#demo.Employe', 'UnknownType'],
    ['', 'UnknownType'],
    ['#demo.Color', 'UnknownType'],
    ['Edm.String', 'UnknownType'],
    ['#demo.Team', 'UnrelatedType'],
    ['#demo.Thing', 'UnrelatedType'],
    ['#demo.Address', 'UnrelatedType'],
    [5, 'InvalidAnnotation'],
    [null, 'InvalidAnnotation'],
  ])('must not be %j', (text, code) => {
    expect(complaints(() => create('Person', { '@odata.type': text }))).toEqual([`${code} @odata.type`]);
    expect(complaints(() => update('Person', { '@odata.type': text }))).toEqual([`${code} @odata.type`]);
  });

  it('is suggested where it was misspelt', () => {
    expect(refusal(() => create('Person', { '@odata.type': '#demo.Employe' })).message).toBe(
      "'@odata.type' names the type 'demo.Employe', which does not exist. Did you mean 'demo.Employee'?",
    );
  });

  it('must be concrete, unless an entity that exists is changed', () => {
    expect(complaints(() => create('Thing', { id: '1' }))).toEqual(['AbstractType @odata.type']);
    expect(complaints(() => validator.read(typeNamed('Thing'), {}, REPLACE))).toEqual(['AbstractType @odata.type']);
    expect(refusal(() => create('Thing', { '@odata.type': '#demo.Thing' })).message).toContain(
      'must name a concrete type',
    );
    expect(create('Thing', { '@odata.type': '#demo.Team' }).type).toBe(typeNamed('Team'));
    expect(update('Thing', { id: '1' }).document).toEqual({ id: '1' });
  });

  it('decides which properties exist', () => {
    expect(complaints(() => create('Person', { salary: 5 }))).toEqual(['UnknownProperty salary']);
  });
});

describe('the type of a nested value [OData-JSON 4.6.3]', () => {
  it('is kept in the document without #, and as it was sent', () => {
    const { document, sent } = update('Person', {
      address: { room: 5, '@odata.type': '#demo.Office' },
      addresses: [{ '@odata.type': 'demo.Address' }, { '@odata.type': 'd.Office' }, {}],
    });
    expect(document).toEqual({
      address: { '@odata.type': 'demo.Office', room: 5 },
      addresses: [{ '@odata.type': 'demo.Address', zip: '' }, { '@odata.type': 'demo.Office', zip: '' }, { zip: '' }],
    });
    expect(sent).toEqual(
      new Map([
        ['/address/@odata.type', '#demo.Office'],
        ['/addresses/1/@odata.type', 'd.Office'],
      ]),
    );
  });

  it.each([
    [{ address: { '@odata.type': '#demo.Nowhere' } }, 'UnknownType address/@odata.type'],
    [{ address: { '@odata.type': '#demo.Place' } }, 'UnrelatedType address/@odata.type'],
    [{ addresses: [{}, { '@odata.type': 'demo.Person' }] }, 'UnrelatedType addresses/1/@odata.type'],
    [{ addresses: [{ '@odata.type': 1 }] }, 'InvalidAnnotation addresses/0/@odata.type'],
    [{ address: { place: { '@odata.type': '#x.y' } } }, 'UnknownType address/place/@odata.type'],
    [{ shape: {} }, 'AbstractType shape/@odata.type'],
    [{ shape: { '@odata.type': '#demo.Shape' } }, 'AbstractType shape/@odata.type'],
    [{ shape: { '@odata.type': '#demo.Circle', radius: 'x' } }, 'InvalidValue shape/radius'],
  ])('%j is refused', (json, complaint) => {
    expect(complaints(() => validator.read(typeNamed('Person'), json, CREATE))).toEqual([complaint]);
  });
});
