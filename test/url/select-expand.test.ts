import { describe, expect, it } from '@jest/globals';
import { type ExpandItem, parseOptionValue, type QueryOptions, type SelectItem } from '../../src/url/index.js';
import { outline, outlineSearch } from './outline.js';
import { refusalOf } from './refusal.js';

function outlineSelect(items: readonly SelectItem[]): string {
  return items
    .map(
      ({ path, parameters, options }) =>
        path.join('/') + (parameters ? `<${parameters.join()}>` : '') + outlineOptions(options),
    )
    .join(' ');
}

function outlineExpand(items: readonly ExpandItem[]): string {
  return items
    .map(({ path, as, options }) => `${as === 'entities' ? '' : `${as}:`}${path.join('/')}${outlineOptions(options)}`)
    .join(' ');
}

function outlineOptions(options: QueryOptions | undefined): string {
  if (options === undefined) return '';
  const parts = [
    options.filter && `filter ${outline(options.filter.value)}`,
    options.search && `search ${outlineSearch(options.search.value)}`,
    options.orderby &&
      `orderby ${options.orderby.value.map((item) => `${outline(item.expression)} ${item.direction}`).join()}`,
    options.select && `select ${outlineSelect(options.select.value)}`,
    options.expand && `expand ${outlineExpand(options.expand.value)}`,
    options.top && `top ${options.top.value}`,
    options.count && `count ${options.count.value}`,
    options.levels && `levels ${options.levels.value}`,
    ...[...options.aliases].map(([name, value]) => `@${name} ${outline(value)}`),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? '' : `{${parts.join('; ')}}`;
}

describe('$select [OData-URL 5.1.4]', () => {
  it.each([
    ['*', '*'],
    ['id, displayName ,x', 'id displayName x'],
    ['Address/City,ns.T/Name', 'Address/City ns.T/Name'],
    ['ns.*,ns.f(a,b),f(a)', 'ns.* ns.f<a,b> f<a>'],
    ['@Core.Messages($top=5),a/@ns.T', '@Core.Messages{top 5} a/@ns.T'],
    [
      'a($filter=b eq 1;$orderby=c desc,d;$select=e($top=1))',
      'a{filter (eq b integer:1); orderby c desc,d asc; select e{top 1}}',
    ],
    ['a(@p=$this;filter=@p/b)', 'a{filter @p/b; @p $this}'],
    ['a($count=true;$search=x OR y)', 'a{search (or x y); count true}'],
  ])('%s', (text, expected) => expect(outlineSelect(parseOptionValue('select', text))).toBe(expected));

  it.each([
    'a,',
    ',a',
    'a b',
    'a/',
    '*/a',
    'a()',
    'a($levels=1)',
    'a($top=1',
    'a($top=1;)',
    'a(b',
    '$value',
    "'a'",
    'a eq b',
  ])('refuses %s', (text) => expect(refusalOf(() => parseOptionValue('select', text)).status).toBe(400));
});

describe('$expand [OData-URL 5.1.3]', () => {
  it.each([
    ['Items', 'Items'],
    ['*', '*'],
    ['*/$ref', 'references:*'],
    ['*($levels=2),Address/*', '*{levels 2} Address/*'],
    ['Items/$ref', 'references:Items'],
    ['Items/$count($filter=a)', 'count:Items{filter a}'],
    ['$value', 'stream:$value'],
    ['ns.T/Items/ns.D', 'ns.T/Items/ns.D'],
    ['@ns.Term/Products($top=2)', '@ns.Term/Products{top 2}'],
    ['a($levels=max),b($LEVELS=3)', 'a{levels max} b{levels 3}'],
    ['a( $select=b,c ; $expand=d($select=e);$filter=f )', 'a{filter f; select b c; expand d{select e}}'],
    ["a($filter=b eq ');('),c", 'a{filter (eq b string:);()} c'],
    ['a(@x=15;$filter=b eq @x)', 'a{filter (eq b @x); @x integer:15}'],
  ])('%s', (text, expected) => expect(outlineExpand(parseOptionValue('expand', text))).toBe(expected));

  it.each([
    'a/$ref($select=b)',
    'a/$ref($levels=1)',
    'a/$ref/b',
    'a/$count($count=true)',
    '*($top=1)',
    '*/$ref($top=1)',
    '*/$count',
    '$ref',
    'a/$value',
    '$value($top=1)',
    'a()',
    'a($format=json)',
    'a($top=1',
    'a($filter=b))',
    'a(b=1)',
    'a($count=invalid)',
    'a,',
  ])('refuses %s', (text) => expect(refusalOf(() => parseOptionValue('expand', text)).status).toBe(400));
});

describe('$orderby and $compute [OData-URL 5.1.5, 5.1.10]', () => {
  it('$orderby', () => {
    const items = parseOptionValue('orderby', 'Name ASC, Price mul 2 Desc,contains(a,b)');
    expect(items.map(({ expression, direction }) => [outline(expression), direction])).toEqual([
      ['Name', 'asc'],
      ['(mul Price integer:2)', 'desc'],
      ['(call contains a b)', 'asc'],
    ]);
  });

  it('$compute', () => {
    const items = parseOptionValue('compute', 'a mul b as c, day(d) AS e');
    expect(items.map(({ expression, alias }) => [outline(expression), alias])).toEqual([
      ['(mul a b)', 'c'],
      ['(call day d)', 'e'],
    ]);
  });

  it.each(['Name down', 'Name asc desc', 'Name,', 'a asc,,b'])('refuses $orderby=%s', (text) =>
    expect(refusalOf(() => parseOptionValue('orderby', text)).message).toContain('invalid $orderby'),
  );

  it.each(['a', 'a as', 'as b', 'a as b c', 'a as 1', 'a as b.c'])('refuses $compute=%s', (text) =>
    expect(refusalOf(() => parseOptionValue('compute', text)).message).toContain('invalid compute expression format'),
  );
});
