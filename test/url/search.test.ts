import { describe, expect, it } from '@jest/globals';
import { parseOptionValue, parseQuery } from '../../src/url/index.js';
import { outlineSearch } from './outline.js';
import { refusalOf } from './refusal.js';

describe('$search [OData-URL 5.1.8]', () => {
  it.each([
    ['blue', 'blue'],
    [' blue', 'blue'],
    ['blue green', '(and blue green)'],
    ['blue AND green OR red', '(or (and blue green) red)'],
    ['a OR b AND c', '(or a (and b c))'],
    ['a OR b OR c', '(or (or a b) c)'],
    ['a NOT b', '(and a (not b))'],
    ['NOT (a OR b)', '(not (or a b))'],
    ['NOT NOT', '(not NOT)'],
    ['AND OR', '(and AND OR)'],
    ['OR AND', '(and OR AND)'],
    ['AND OR NOT', '(or AND NOT)'],
    ['(a b) c', '(and (and a b) c)'],
    ['"blue green" a', '(and "blue green" a)'],
    ['"say \\"hi\\""', '"say \\"hi\\""'],
    ["'\"bl'", '"\\"bl"'],
    ["'it''s'", '"it\'s"'],
    ['or', 'or'],
    ["Daniel's 9,81 08/15", "(and (and Daniel's 9,81) 08/15)"],
  ])('%s', (text, expected) => expect(outlineSearch(parseOptionValue('search', text))).toBe(expected));

  it.each(['', '"a', '""', '(a', 'a)', '()', "'a", 'a;b', 'a"b'])('refuses %s', (text) =>
    expect(refusalOf(() => parseOptionValue('search', text)).message).toContain('invalid $search'),
  );

  it('takes an encoded semicolon into a word, unless another nested option follows', () => {
    expect(parseQuery('$search=a%3Bb=c').search!.value).toMatchObject({ text: 'a;b=c' });
    const expand = (query: string) => parseQuery(query).expand!.value[0]!.options;
    expect(expand('$expand=x($search=a%3Bb)').search!.value).toMatchObject({ text: 'a;b' });
    expect(expand('$expand=x($search=a%3B$top=1)')).toMatchObject({
      search: { value: { text: 'a' } },
      top: { value: 1 },
    });
  });
});
