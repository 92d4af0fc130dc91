import { describe, expect, it } from '@jest/globals';
import { parsePath, type Segment } from '../../src/url/index.js';
import { outline, outlineArguments } from './outline.js';
import { refusalOf } from './refusal.js';

function outlineSegment(segment: Segment): string {
  switch (segment.kind) {
    case 'name':
      return segment.name + outlineArguments(segment.arguments) + outlineArguments(segment.key);
    case 'text':
      return `"${segment.text}"`;
    case 'filter':
      return `filter{${outline(segment.expression)}}${outlineArguments(segment.key)}`;
    case 'crossjoin':
      return `crossjoin{${segment.names.join(' ')}}`;
    default:
      return `$${segment.kind}`;
  }
}

const read = (path: string) => parsePath(path).map(outlineSegment).join(' ');

describe('resource paths [OData-URL 4]', () => {
  it.each([
    ['', ''],
    ['Products', 'Products'],
    ['Products/', 'Products'],
    ['Products(1)/Category', 'Products(integer:1) Category'],
    ["users('O''Neil')", "users(string:O'Neil)"],
    ['users(%27O%27%27Neil%27)', "users(string:O'Neil)"],
    ['Customers%28%27A%27%29', 'Customers(string:A)'],
    ["Categories('a%2Fb')", 'Categories(string:a/b)'],
    ["Items(OrderID=1,ItemID='a')", 'Items(OrderID=integer:1, ItemID=string:a)'],
    ['Items(@key)', 'Items(@key)'],
    ['f(a=@p,b=null)', 'f(a=@p, b=null:null)'],
    ["f(a='@p')", 'f(a=string:@p)'],
    ['f(a=[1,{"b":"c/d"}])', 'f(a=[integer:1 {b: string:c/d}])'],
    ['users/delta()', 'users delta()'],
    ["ByColor(color='red')(2)", 'ByColor(color=string:red)(integer:2)'],
    ["search(q='a/b')/x", 'search(q=string:a/b) x'],
    ["search(q='it''s/(')/x", "search(q=string:it's/() x"],
    ['Products/ns.Derived(1)', 'Products ns.Derived(integer:1)'],
    ['Products/$count', 'Products $count'],
    ['Products(1)/Name/$value', 'Products(integer:1) Name $value'],
    ['Products/$ref', 'Products $ref'],
    ['Products/$filter(a/b eq 1)/$each/ns.Act', 'Products filter{(eq a/b integer:1)} $each ns.Act'],
    ["Products/$filter(a%20eq%20'/')(1)/b", 'Products filter{(eq a string:/)}(integer:1) b'],
    ['Products/$query', 'Products $query'],
    ['Products/$count/$query', 'Products $count $query'],
    ['$all/ns.T', '$all ns.T'],
    ['Model.Container/$all', 'Model.Container $all'],
    ['$crossjoin(A,B)', 'crossjoin{A B}'],
    ['$batch', '$batch'],
    ['$metadata', '$metadata'],
    ['$entity/ns.T', '$entity ns.T'],
  ])('%s', (path, expected) => expect(read(path)).toBe(expected));
});

describe('keys as segments [OData-URL 4.3.6]', () => {
  it.each([
    ['users/ada@contoso.com', 'users "ada@contoso.com"'],
    ['users/ada%40contoso.com', 'users "ada@contoso.com"'],
    ['users/01234567-89ab-cdef-0123-456789abcdef', 'users "01234567-89ab-cdef-0123-456789abcdef"'],
    ['users/abc', 'users abc'],
    ['users/a+b', 'users "a+b"'],
    ['users/a%2Fb%20c%23', 'users "a/b c#"'],
    ['users/-1', 'users "-1"'],
    ['drive/root:/notes(1).txt:/content', 'drive "root:" "notes(1).txt:" content'],
    ["drive/root:/a(b='c').txt:", 'drive "root:" "a(b=\'c\').txt:"'],
    ['drive/root:/v(2,draft)', 'drive "root:" "v(2,draft)"'],
    ['users/a(b)', 'users "a(b)"'],
    ["users/O'Neil", 'users "O\'Neil"'],
    ['drive/root:/a%20b.txt:/content', 'drive "root:" "a b.txt:" content'],
    [`users/${'a'.repeat(129)}`, `users "${'a'.repeat(129)}"`],
  ])('%s', (path, expected) => expect(read(path)).toBe(expected));

  it('keeps the whole segment for the case that a name is a key', () => {
    expect(parsePath("a/f(x='1')")[1]).toMatchObject({ kind: 'name', name: 'f', text: "f(x='1')", at: 2 });
  });
});

describe('invalid paths', () => {
  it.each([
    ['/Products', 0],
    ['a//b', 2],
    ['a//', 2],
    ["Products('abc", 13],
    ['Products(1', 10],
    ["users/f('a", 10],
    ["users/f(a='x'b)", 13],
    ['Products(ID=wrong)', 12],
    ['Items(OrderID=1;ItemID=2)', 15],
    ["Categories('Smart/Tablet')", 17],
    ["Products('O%27Neil')", 14],
    ['Products.', 8],
    ['1', 0],
    ['a/b%2', 3],
    ['a/%C3%28', 2],
    ['a/%00', 2],
    ['a/b%0Ac', 2],
    ['Products/$counts', 9],
    ['Products/$count/x', 16],
    ['Products/$ref/$count', 14],
    ['$metadata/x', 10],
    ['Products/$metadata', 9],
    ['$count', 0],
    ['Products/$filter(a', 18],
    ['Products/$filter', 16],
    ['Model.Action', 5],
    ['$crossjoin()', 11],
    ['a#b', 1],
    ['a?b', 1],
  ])('%s at %d', (path, position) => expect(refusalOf(() => parsePath(path)).position).toBe(position));

  it('suggests the segment that is meant', () => {
    expect(refusalOf(() => parsePath('Products/$cuont')).message).toContain("Did you mean '$count'?");
  });
});
