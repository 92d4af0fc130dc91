import { describe, expect, it } from '@jest/globals';
import { parseExpression } from '../../src/url/index.js';
import { outline } from './outline.js';
import { refusalOf } from './refusal.js';

const read = (text: string) => outline(parseExpression(text));

describe('operator precedence [OData-URL 5.1.1.17]', () => {
  it.each([
    ['a or b and c', '(or a (and b c))'],
    ['a and b or c', '(or (and a b) c)'],
    ['a and b and c', '(and (and a b) c)'],
    ['(a or b) and c', '(and (or a b) c)'],
    ['a eq 1 and b ne 2', '(and (eq a integer:1) (ne b integer:2))'],
    ['a eq b gt c', '(eq a (gt b c))'],
    ['a gt b eq c', '(eq (gt a b) c)'],
    ['a add b gt c sub d', '(gt (add a b) (sub c d))'],
    ['a sub b sub c', '(sub (sub a b) c)'],
    ['a add b mul c', '(add a (mul b c))'],
    ['a div b divby c mod d', '(mod (divby (div a b) c) d)'],
    ['not a eq b', '(eq (not a) b)'],
    ['not a and b', '(and (not a) b)'],
    ["not a in ('x')", '(not (in a [string:x]))'],
    ["a has ns.E'X' and b", '(and (has a enum:ns.EX) b)'],
    ['a add b in (1,2)', '(add a (in b [integer:1 integer:2]))'],
    ['not not a', '(not (not a))'],
    ['-a mul b', '(mul (negate a) b)'],
    ['- a', '(negate a)'],
    ['-INFO', '(negate INFO)'],
    ['5 sub -3', '(sub integer:5 integer:-3)'],
    ['-(3)', '(negate integer:3)'],
  ])('%s', (text, expected) => expect(read(text)).toBe(expected));
});

describe('operators', () => {
  it.each([
    ['Name EQ 1 AND x Lt 2', '(and (eq Name integer:1) (lt x integer:2))'],
    ['(a)and(b)', '(and a b)'],
    ['a\teq \t1', '(eq a integer:1)'],
    ['not(a)', '(not a)'],
    ['( a )', 'a'],
  ])('%s', (text, expected) => expect(read(text)).toBe(expected));

  it.each([
    'a eq',
    'a eq1',
    'aeq 1',
    'a eq  ',
    'a b',
    'eq 1',
    ' a',
    'a ',
    'a xor b',
    "a eq 'x' 1",
    '',
    ')',
    'a,b',
    'a;b',
  ])('refuses "%s"', (text) => expect(refusalOf(() => parseExpression(text)).message).toContain('expected'));
});

describe('in [OData-URL 5.1.1.1.11]', () => {
  it.each([
    ["a in ('x', 'y')", '(in a [string:x string:y])'],
    ["a in('x')", '(in a [string:x])'],
    ['a in [1,2]', '(in a [integer:1 integer:2])'],
    ['a in ()', '(in a [])'],
    ['a in (b)', '(in a b)'],
    ['a in (@p)', '(in a @p)'],
    ['a in @p', '(in a @p)'],
    ['a in (1,@p)', '(in a [integer:1 @p])'],
    ['a in Names', '(in a Names)'],
    ["[a,b] in [['x','y']]", '(in [a b] [[string:x string:y]])'],
  ])('%s', (text, expected) => expect(read(text)).toBe(expected));

  it.each(['a in (b,c)', 'a in (1,b)', "a eq ('x','y')", 'a in (1,)', 'a in (1'])('refuses "%s"', (text) =>
    expect(refusalOf(() => parseExpression(text)).position).toBeGreaterThan(0),
  );
});

describe('calls [OData-URL 5.1.1.5]', () => {
  it.each([
    ["contains(Name,'a')", '(call contains Name string:a)'],
    ['ToLower( Name )', '(call ToLower Name)'],
    ['now()', '(call now)'],
    ['now( )', '(call now)'],
    ['geo.distance(a,b)', '(call geo.distance a b)'],
    ['concat(concat(a,b),c)', '(call concat (call concat a b) c)'],
    ['unknown(Name,1)', '(call unknown Name integer:1)'],
    ['length(Name) gt 1', '(gt (call length Name) integer:1)'],
    ["contains(Names,['a'])", '(call contains Names [string:a])'],
  ])('%s', (text, expected) => expect(read(text)).toBe(expected));
});

describe('custom functions and keys [OData-ABNF functionExpr]', () => {
  it.each([
    ['ns.f()', 'ns.f()'],
    ['f()', 'f()'],
    ['ns.f(a=1,b=@p)', 'ns.f(a=integer:1, b=@p)'],
    ['ns.f(a=5 add 3)', 'ns.f(a=(add integer:5 integer:3))'],
    ['ns.f(a={"x":[1]})/Name', 'ns.f(a={x: [integer:1]})/Name'],
    ['Items(1)/Price', 'Items(integer:1)/Price'],
    ["Items(a=1,b='x')", 'Items(a=integer:1, b=string:x)'],
    ['f(a=1)(2)/Name', 'f(a=integer:1)(integer:2)/Name'],
    ['$it/ns.f(a=1)', '$it/ns.f(a=integer:1)'],
  ])('%s', (text, expected) => expect(read(text)).toBe(expected));

  it('refuses a qualified name that nothing follows', () => {
    expect(refusalOf(() => parseExpression('Model.Available')).position).toBe(15);
  });
});

describe('type functions [OData-URL 5.1.1.10]', () => {
  it.each([
    ['cast(ns.T)', '(cast <ns.T>)'],
    ["isof('ns.T')", '(isof <ns.T>)'],
    ['cast(Price,Edm.Int32)', '(cast Price <Edm.Int32>)'],
    ["cast(Price, 'Edm.Byte')", '(cast Price <Edm.Byte>)'],
    ["cast('5',Edm.Int32)", '(cast string:5 <Edm.Int32>)'],
    ['isof(X,Collection(ns.T))', '(isof X <Collection(ns.T)>)'],
    ['CAST(Customer)', '(cast <Customer>)'],
    ['isof($it,ns.T) and a', '(and (isof $it <ns.T>) a)'],
  ])('%s', (text, expected) => expect(read(text)).toBe(expected));

  it.each(['cast()', 'cast(a,)', 'cast(a,b c)', "cast(a,'b)", 'isof(a,Collection(b)'])('refuses "%s"', (text) =>
    expect(refusalOf(() => parseExpression(text)).message).toContain('expected'),
  );
});

describe('case [OData-URL 5.1.1.12]', () => {
  it.each([
    ['case(X gt 0:1,true:-1)', '(case (gt X integer:0) -> integer:1, boolean:true -> integer:-1)'],
    ['case( X : 1 )', '(case X -> integer:1)'],
  ])('%s', (text, expected) => expect(read(text)).toBe(expected));

  it('refuses a condition without a value', () => {
    expect(refusalOf(() => parseExpression('case(X)')).message).toContain("':'");
  });
});

describe('arrays and objects [OData-URL 5.1.1.14.2]', () => {
  it.each([
    ['["a",\'b\', 1 ]', '[string:a string:b integer:1]'],
    ['[[],{}]', '[[] {}]'],
    ['{"a" : "x\\"\\u00e9", "b":c/d}', '{a: string:x"é, b: c/d}'],
    ['["\\\\"]', '[string:\\]'],
  ])('%s', (text, expected) => expect(read(text)).toBe(expected));

  it.each(['[1', '[1,]', '{"a"}', '{a:1}', '["a]', '["\\x"]', '{"a":1', '"a"'])('refuses %s', (text) =>
    expect(refusalOf(() => parseExpression(text)).position).toBeDefined(),
  );
});

describe('positions', () => {
  it('are offsets in the text', () => {
    const tree = parseExpression("Name eq 'x' and not Price gt 5");
    expect(tree).toMatchObject({ at: 0, right: { left: { at: 16, operand: { at: 20 } }, right: { at: 29 } } });
  });
});
