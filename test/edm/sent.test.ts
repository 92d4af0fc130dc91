import { describe, expect, it } from '@jest/globals';

import { JsonNumber, keptSent, sentFor, type JsonObject } from '../../src/edm/index.js';

const before: JsonObject = {
  At: '2024-01-01T00:00:00Z',
  Amount: new JsonNumber('1.50'),
  Place: { '@odata.type': 'ns.Home', Since: '2023-12-31T23:00:00Z' },
  Times: ['2024-01-01T00:00:00Z', null, '2024-01-02T00:00:00Z'],
};

describe('values as they were sent', () => {
  it.each([
    ['/At', { At: '2024-01-02T00:00:00Z' }],
    ['/At', { At: null }],
    ['/Amount', { Amount: new JsonNumber('1.5') }],
    ['/Place/Since', { Place: null }],
    ['/Place/@odata.type', { Place: { '@odata.type': 'ns.Office', Since: '2023-12-31T23:00:00Z' } }],
    ['/Times/2', { Times: ['2024-01-01T00:00:00Z'] }],
    ['/Times/0', { Times: [] }],
    ['/At', {}],
  ])('at %s are gone with what they stand for', (pointer, changes) => {
    const after = Object.keys(changes).length === 0 ? {} : { ...before, ...changes };
    expect(sentFor({ [pointer]: 'x', '/@odata.type': 'y' }, before)(after)).toEqual({ '/@odata.type': 'y' });
  });

  it.each(['/At', '/Amount', '/Place/Since', '/Place/@odata.type', '/Times/0', '/Times/2', '/@odata.id'])(
    'at %s stay with it',
    (pointer) => {
      const after = { ...structuredClone({ ...before, Amount: 0 }), Amount: new JsonNumber('1.50'), Name: 'new' };
      expect(keptSent(JSON.stringify({ [pointer]: 'x' }), before, after)).toBe(JSON.stringify({ [pointer]: 'x' }));
    },
  );

  it('are told from what is changed in place', () => {
    const document = { Place: { Since: 'a' } };
    const still = sentFor({ '/Place/Since': 'x' }, document);
    document.Place.Since = 'b';
    expect(still(document)).toEqual({});
  });

  it('are nothing where none are left', () => {
    expect([keptSent('{"/At":"x"}', before, {}), keptSent(undefined, before, before)]).toEqual([undefined, undefined]);
  });
});
