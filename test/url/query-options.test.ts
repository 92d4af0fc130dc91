import { describe, expect, it } from '@jest/globals';
import { parseQuery, parseUrl } from '../../src/url/index.js';
import { outline } from './outline.js';
import { refusalOf } from './refusal.js';

describe('names of system query options [OData-URL 5.1]', () => {
  it.each(['$top=5', 'top=5', '$TOP=5', 'Top=5', '%24top=5', '%24%74op=5'])('%s', (query) => {
    expect(parseQuery(query).top).toMatchObject({ value: 5, text: '5' });
  });

  it('$skipToken is $skiptoken', () => {
    expect(parseQuery('$skipToken=a%26b').skiptoken!.value).toBe('a&b');
  });

  it.each([
    '$top=1&$top=2',
    '$top=1&TOP=2',
    'top=1&%24top=2',
    '@a=1&@a=2',
    '$expand=a($top=1;top=2)',
    '$index&%24index=',
  ])('refuses %s', (query) =>
    expect(refusalOf(() => parseQuery(query)).message).toContain('must not appear more than once'),
  );

  it.each([
    ['$fliter=a', '$filter'],
    ['$Selct=a', '$select'],
    ['$expand=a($ordrby=b)', '$orderby'],
  ])('suggests a name for %s', (query, name) => {
    const { message, position } = refusalOf(() => parseQuery(query));
    expect(message).toContain('unknown query option');
    expect(message).toContain(`Did you mean '${name}'?`);
    expect(position).toBeDefined();
  });

  it('suggests no option that it has just refused', () => {
    expect(refusalOf(() => parseQuery('$levels=1')).message).toBe("unknown query option '$levels'.");
  });
});

describe('simple values', () => {
  it.each([
    ['$top=0', 'top', 0],
    ['$skip=2147483648', 'skip', 2147483648],
    ['$count=true', 'count', true],
    ['$count=FALSE', 'count', false],
    ['$index', 'index', undefined],
    ['%24index=', 'index', undefined],
    ['$index=-42', 'index', -42],
    ['$format=application/json;odata.metadata=full', 'format', 'application/json;odata.metadata=full'],
    ['$deltatoken=A@Lot_Has:Changed?=Here!', 'deltatoken', 'A@Lot_Has:Changed?=Here!'],
    ['$schemaversion=*', 'schemaversion', '*'],
    ["$id=Products('a+b')", 'id', "Products('a b')"],
  ] as const)('%s', (query, name, value) => {
    expect(parseQuery(query)[name]).toBeDefined();
    expect(parseQuery(query)[name]!.value).toBe(value);
  });

  it.each([
    '$top=-1',
    '$top=abc',
    '$top=',
    '$top=1.5',
    '$top=99999999999999999999',
    '$skip=+1',
    '$count=maybe',
    '$count',
    '$index=x',
    '$skiptoken=',
  ])('refuses %s with the name of the option', (query) => {
    const { message, target } = refusalOf(() => parseQuery(query));
    const name = query.split('=')[0]!;
    expect(target).toBe(name);
    expect(message).toContain(`invalid ${name}`);
  });

  it.each([
    '$expand=a($levels=0)',
    '$expand=a($levels=04)',
    '$expand=a($levels=-1)',
    '$expand=a($levels=some)',
    '$levels=1',
  ])('refuses %s', (query) => expect(refusalOf(() => parseQuery(query)).status).toBe(400));
});

describe('aliases and custom options [OData-URL 5.2, 5.3]', () => {
  it('are kept apart', () => {
    const { aliases, custom } = parseQuery('@p=1%20add%202&find=O%27Neil&!special&count=5&a=b=c&levels=3&&');
    expect([...aliases].map(([name, value]) => [name, outline(value)])).toEqual([['p', '(add integer:1 integer:2)']]);
    expect(custom.map(({ name, value }) => [name, value])).toEqual([
      ['find', "O'Neil"],
      ['!special', ''],
      ['count', '5'],
      ['a', 'b=c'],
      ['levels', '3'],
    ]);
  });

  it.each(['@=1', '@1=1', '@p=', '@p', '@p=a,b', 'a%0Ab=1', 'a=%zz', '%=1'])('refuses %s', (query) =>
    expect(refusalOf(() => parseQuery(query)).status).toBe(400),
  );

  it('an alias that is wrong names itself', () => {
    expect(refusalOf(() => parseQuery('@p=1 add'))).toMatchObject({ target: '@p', position: 8 });
  });
});

describe('decoding [OData-URL 2]', () => {
  it('takes a plus sign for a space, and splits before it decodes', () => {
    const { filter } = parseQuery("$filter=a+eq+'%26%2B'&$top=1");
    expect(filter).toMatchObject({ text: "a eq '&+'", at: 8 });
    expect(outline(filter!.value)).toBe('(eq a string:&+)');
  });

  it('decodes beyond ASCII', () => {
    expect(outline(parseQuery("$filter=a eq '%C3%A9%F0%9F%98%80'").filter!.value)).toBe('(eq a string:é😀)');
  });
});

describe('positions and messages', () => {
  it('count in the raw URL, also behind escapes', () => {
    expect(refusalOf(() => parseUrl('a?$filter=%C3%A9%20eq%20'))).toMatchObject({ position: 24, target: '$filter' });
    expect(refusalOf(() => parseUrl('a?$filter=%F0%9F%98%80'))).toMatchObject({ position: 10 });
    expect(parseUrl('a?$filter=b%20eq%20c').options.filter!.value).toMatchObject({ right: { at: 19 } });
  });

  it('say what was expected, and where', () => {
    expect(refusalOf(() => parseUrl("a?$filter=startswith(name,'a'")).message).toBe(
      "invalid $filter: expected a closing parenthesis at position 19 of 'startswith(name,'a''",
    );
    expect(refusalOf(() => parseUrl('a?$compute=b mul 2')).message).toContain('invalid compute expression format');
    expect(refusalOf(() => parseUrl('a?$expand=b($compute=c as)')).message).toContain(
      'invalid compute expression format',
    );
    expect(refusalOf(() => parseUrl('a?$expand=b($filter=c eq)'))).toMatchObject({ target: '$filter', position: 24 });
  });

  it('show only the neighbourhood in a long text', () => {
    const { message } = refusalOf(() => parseUrl(`a?$filter=${'b eq 1 or '.repeat(100)}`));
    expect(message.length).toBeLessThan(250);
  });

  it.each([
    '$filter=',
    '$filter',
    '$select=',
    '$expand=',
    '$orderby=',
    '$search=',
    '$compute=',
    '$apply=',
    '$filter= a',
    '$filter=a ',
  ])('refuses %s', (query) => expect(refusalOf(() => parseQuery(query)).target).toBe(query.split('=')[0]));
});

describe('$entity [OData-URL 4.3.4]', () => {
  it('needs $id, and a type cast for $select', () => {
    expect(parseUrl('$entity?$id=Products(1)').path).toEqual([{ kind: 'entity', at: 0 }]);
    expect(parseUrl('$entity/ns.T?id=x&$select=a').options.id!.value).toBe('x');
    expect(refusalOf(() => parseUrl('$entity')).target).toBe('$id');
    expect(refusalOf(() => parseUrl('$entity?$id=x&$select=a')).position).toBe(22);
  });
});

describe('limits', () => {
  const limits = { maxLength: 200, maxDepth: 3, maxNodes: 5, maxItems: 2 };

  it.each([
    ['depth', 'a?$filter=((((a))))', 'deeper than 3 levels'],
    ['depth of options', 'a?$expand=b($expand=c($expand=d($expand=e($top=1))))', 'deeper than 3 levels'],
    ['nodes', 'a?$filter=a eq b and c eq d and e eq f', 'more than 5 operands'],
    ['items', 'a?$filter=a in (1,2,3)', 'more than 2 items'],
  ])('%s', (_, url, message) => expect(refusalOf(() => parseUrl(url, limits)).message).toContain(message));
});
