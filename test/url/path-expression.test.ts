import { describe, expect, it } from '@jest/globals';
import { parseExpression, parseQuery } from '../../src/url/index.js';
import { outline } from './outline.js';
import { refusalOf } from './refusal.js';

const read = (text: string) => outline(parseExpression(text));

describe('paths [OData-URL 5.1.1.15]', () => {
  it.each([
    ['Address/City', 'Address/City'],
    ['Address/ns.Derived/Zip', 'Address/ns.Derived/Zip'],
    ['$it/Name', '$it/Name'],
    ['$this', '$this'],
    ["$root/Employees('A1')/Name", '$root/Employees(string:A1)/Name'],
    ['$root/Employees/A-1/Name', '$root/Employees/"A-1"/Name'],
    ['Names/0', 'Names/"0"'],
    ['Items/$count', 'Items/$count'],
    ['$count gt 1', '(gt $count integer:1)'],
    ['Items/$count($filter=a gt 1;$search=b c)', 'Items/$count{(gt a integer:1)}{(and b c)}'],
    ['Items/$count(search=b)', 'Items/$count{b}'],
    ['Items/$filter(a gt 1)/$count', 'Items/filter{(gt a integer:1)}/$count'],
    ["Items/$filter(a)(ID='x')/b", 'Items/filter{a}(ID=string:x)/b'],
    ['Items/$ref', 'Items/$ref'],
    ['@p', '@p'],
    ['@p/Name', '@p/Name'],
    ['@Core.Messages', '<@Core.Messages>'],
    ['Price/@Currency eq 1', '(eq Price/<@Currency> integer:1)'],
    ['Größe', 'Größe'],
  ])('%s', (text, expected) => expect(read(text)).toBe(expected));

  it('an annotation with a qualifier', () => {
    const option = parseQuery('$filter=Price/@Measures.Currency%23Local eq 1').filter!;
    expect(outline(option.value)).toBe('(eq Price/<@Measures.Currency#Local> integer:1)');
  });

  it.each([
    'a/',
    '/a',
    'a//b',
    '$root',
    '$foo',
    'a/$foo',
    'a/$it',
    'a/$count(',
    'a/$count()',
    'a/$count($top=1)',
    '@',
    'a.',
    '.a',
    'a..b',
  ])('refuses "%s"', (text) => expect(refusalOf(() => parseExpression(text)).position).toBeDefined());
});

describe('lambdas [OData-URL 5.1.1.13]', () => {
  it.each([
    ['Items/any()', 'Items/any{:}'],
    ['Items/any( )', 'Items/any{:}'],
    ['Items/any(i:i/Price gt 5)', 'Items/any{i:(gt i/Price integer:5)}'],
    ['Items/ALL( i : true )', 'Items/all{i:boolean:true}'],
    ['a/any(x:x/b/any(y:y eq x))', 'a/any{x:x/b/any{y:(eq y x)}}'],
    ['Items/any', 'Items/any'],
  ])('%s', (text, expected) => expect(read(text)).toBe(expected));

  it.each([
    ['any()', 3],
    ['all(i:true)', 3],
    ['Items/all()', 10],
    ['Items/any(i)', 11],
    ['Items/any(i:)', 12],
    ['Items/any(1:true)', 10],
  ])('refuses "%s"', (text, position) => expect(refusalOf(() => parseExpression(text)).position).toBe(position));
});
