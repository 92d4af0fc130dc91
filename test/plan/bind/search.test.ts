import { describe, expect, it } from '@jest/globals';

import { bindSearch } from '../../../src/plan/bind/index.js';

import { options } from './model.js';
import { printSearch } from './print.js';

describe('bindSearch [OData-URL 5.1.8]', () => {
  it.each([
    ['$search=red', 'red'],
    ['$search="dark red" AND NOT blue', '("dark red" and not blue)'],
    ['$search=red blue OR green', '((red and blue) or green)'],
  ])('%s', (query, term) => {
    expect(printSearch(bindSearch(options(query).search!.value))).toBe(term);
  });

  it('leaves no positions behind', () => {
    expect(bindSearch({ kind: 'word', text: 'red', at: 3 })).toEqual({ kind: 'word', text: 'red' });
  });
});
