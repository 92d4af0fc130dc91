import * as fc from 'fast-check';

const oneOf = (...texts: string[]): fc.Arbitrary<string> => fc.constantFrom(...texts);

/** Texts made by a template: `like` before `['a ', ' b']` puts what the parts give between. */
const text = (strings: TemplateStringsArray, ...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...parts).map((values) => strings.raw.map((string, index) => string + (values[index] ?? '')).join(''));

const integer = oneOf('0', '1', '-1', '7', '2147483647', '-2147483648', '9223372036854775807', '-9223372036854775808');
const decimal = oneOf('0.1', '2.50', '-1234567890123456789012345678.5', `1${'0'.repeat(40)}`, `0.${'0'.repeat(30)}1`);
const double = oneOf('1e0', '-0.0e0', 'NaN', 'INF', '-INF', '1.7976931348623157e308', '5e-324');
const string = oneOf("''", "'a'", "'apple'", "'%'", "'_'", "'\\'", "''''", "'🍎 Ä'", "'Rome'", "'__proto__'", 'null');
/** Of the type Edm.Int32. */
const count = oneOf('0', '1', '-1', '2147483647', '-2147483648', 'Whole', 'Id', 'length(Name)', 'Tiny', 'null');
const alias = oneOf('s', 't', '_x', 'constructor', '__proto__');

const things = oneOf('Friends', '$root/Things', 'technical.Elders()', 'Place/Sights', 'technical.Gadget/Friends');
const one = oneOf(
  'Friend',
  '$root/Things(1)',
  'technical.Partner()',
  "$root/Things(Code='six')",
  'Friends(2)',
  'Friend/Friend',
);
const strings = oneOf('Names', 'Place/Tags', 'technical.PlaceTags()', 'Loose/list', '["a","yy"]', '[]');
const integers = oneOf('Wholes', 'Bigs', '[1,2,3]', '[]', 'Friend/Wholes', 'Loose/deep/x');

/** Expressions over a thing, by the type of what they give. */
const { flag, number, word } = fc.letrec<Record<'flag' | 'number' | 'word', string>>((tie) => {
  const [condition, amount, wording] = [tie('flag'), tie('number'), tie('word')];
  const depth = { depthSize: 'small', withCrossShrink: true, maxDepth: 5 } as const;
  return {
    flag: fc.oneof(
      depth,
      oneOf(
        'Flag',
        'true',
        'false',
        'null',
        'Friend/Flag',
        'Loose/flag',
        '$it/Flag',
        'technical.OneOf(x=Whole,list=Wholes)',
      ),
      text`${amount} ${oneOf('eq', 'ne', 'lt', 'le', 'gt', 'ge')} ${amount}`,
      text`${wording} ${oneOf('eq', 'ne', 'lt', 'ge')} ${wording}`,
      text`(${condition} ${oneOf('and', 'or', 'eq', 'ne')} ${condition})`,
      text`not (${condition})`,
      text`${oneOf('contains', 'startswith', 'endswith')}(${wording},${wording})`,
      text`${oneOf('contains', 'startswith', 'endswith', 'hassubset', 'hassubsequence')}(${strings},${strings})`,
      text`${oneOf('contains', 'hassubset', 'hassubsequence')}(${integers},[${amount},${amount}])`,
      text`${things}/${oneOf('any', 'all')}(x:${condition})`,
      text`${things}/any(x:x/Id ${oneOf('eq', 'gt')} Whole and ${condition})`,
      text`${strings}/${oneOf('any', 'all')}(x:x eq ${wording})`,
      text`Places/any(p:p/City eq ${wording} or p/technical.InCity(city='Rome'))`,
      text`${amount} in (${amount},${amount})`,
      text`${amount} in ${integers}`,
      text`${wording} in ${strings}`,
      text`${one} ${oneOf('eq', 'ne')} ${one}`,
      text`$it in ${things}`,
      text`isof(${oneOf('Loose/whole', 'Loose/when', 'Place', '$it', 'Friend')},${oneOf('Edm.Int32', 'Edm.Date', 'technical.Home', 'technical.Gadget')})`,
      text`[${amount},${wording}] in [[${amount},${wording}]]`,
      text`case(${condition}:${condition},true:${condition})`,
      text`Place ${oneOf('eq', 'ne')} {"City":${oneOf('"Rome"', 'null', '@s')},"Tags":["a"]}`,
      text`geo.${oneOf('intersects(Point,Area)', 'distance(Point,Point) lt 5', 'length(Route) gt 1', 'distance(Spot,Point) ge 0')}`,
      text`matchesPattern(${wording},${oneOf("'^a'", "'a.*e$'", "'[^a]'", "'.'")})`,
      text`Style has technical.Style${oneOf("'bold'", "'italic,wide'", "'9'")}`,
      text`Color ${oneOf('eq', 'lt', 'in')} ${oneOf("'red'", "technical.Color'blue'", "('red','blue')", 'null', '@c')}`,
      text`${oneOf('Instant', 'now()', 'maxdatetime()', 'Friend/Instant')} ${oneOf('gt', 'lt')} ${oneOf('Instant add Span', 'Instant sub Span', '2024-02-29T23:59:58.1234567Z', 'mindatetime()')}`,
    ),
    number: fc.oneof(
      depth,
      fc.oneof(integer, decimal, double),
      oneOf(
        'Id',
        'Whole',
        'Big',
        'Exact',
        'Real',
        'Half',
        'Cost',
        'Tiny',
        'Octet',
        'Short',
        'Loose/whole',
        'Friend/Exact',
        '@technical.rank',
      ),
      oneOf(
        'Friends/$count',
        'Parts/$count',
        'technical.Size()',
        'technical.Weight()',
        "Parts('p1')/Size",
        '$root/Settings/Size',
      ),
      text`(${amount} ${oneOf('add', 'sub', 'mul', 'div', 'divby', 'mod')} ${amount})`,
      text`-(${amount})`,
      text`${oneOf('floor', 'ceiling', 'round')}(${amount})`,
      text`length(${wording})`,
      text`length(${fc.oneof(strings, integers)})`,
      text`indexof(${wording},${wording})`,
      text`cast(${fc.oneof(amount, wording)},Edm.${oneOf('Int32', 'Int64', 'Decimal', 'Double', 'SByte', 'Single')})`,
      text`technical.Scaled(factor=${oneOf('@f', '2.5', 'Whole', '-1e0', 'Exact')})`,
      text`technical.Twice(x=Whole)`,
      text`${things}/$count($filter=${condition})`,
      text`${oneOf('year', 'month', 'second', 'fractionalseconds', 'totaloffsetminutes')}(Instant)`,
      text`totalseconds(${oneOf('Span', '-Span', 'Instant sub Friend/Instant', "duration'P9999D'", '@d')})`,
      text`case(${condition}:${amount},true:${amount})`,
    ),
    word: fc.oneof(
      depth,
      string,
      oneOf(
        'Name',
        'Code',
        'Place/City',
        'Friend/Name',
        'Loose/Known',
        'Loose/when',
        'Place/Inner/City',
        '@technical.note',
        'Cost/@technical.unit',
        '@technical.origin/City',
        '@s',
      ),
      text`concat(${wording},${wording})`,
      text`${oneOf('tolower', 'toupper', 'trim')}(${wording})`,
      text`substring(${wording},${count})`,
      text`substring(${wording},${count},${count})`,
      text`cast(${fc.oneof(amount, condition, oneOf('Instant', 'Span', 'Token', 'Day', 'Color', 'Style'))},Edm.String)`,
      text`case(${condition}:${wording})`,
      text`Name/technical.Initial()`,
    ),
  };
});

const term = fc.oneof(flag, number, word);
const terms = fc
  .array(text`${term} ${oneOf('asc', 'desc')}`, { minLength: 1, maxLength: 3 })
  .map((list) => list.join());
const navigation = oneOf(
  'Friends',
  'Friend',
  'Parts',
  'Bag',
  'Bags',
  'Place/Sights',
  'Place/Country',
  'technical.Gadget/Charger',
  '*',
  'Friend/$ref',
  'Friends/$count',
);
const expand: fc.Arbitrary<string> = fc.oneof(
  navigation,
  text`Friends($filter=${flag};$orderby=${terms};$top=2;$count=true)`,
  text`Friends($compute=${term} as ${alias};$select=Id,${alias};$expand=Friend($filter=${flag}))`,
  text`Friend($levels=${oneOf('max', '2')};$select=Id)`,
  text`Friends($apply=${fc.oneof(text`filter(${flag})`, text`aggregate($count as n)`)})`,
);

const METHOD = oneOf('sum', 'min', 'max', 'average', 'countdistinct');
const transformation: fc.Arbitrary<string> = fc.oneof(
  text`filter(${flag})`,
  text`compute(${term} as ${alias})`,
  text`aggregate(${oneOf('Whole', 'Exact', 'Big', 'Real', 'Cost', 'Id')} with ${METHOD} as ${alias},$count as n)`,
  text`groupby((${oneOf('Color', 'Flag', 'Place/City', 'Friend/Name', 'Name', 'Exact', 'Bag/Id')}),aggregate(${oneOf('Exact', 'Friends/Whole', 'Big', 'Parts/Size')} with ${METHOD} as ${alias}))`,
  text`groupby((rollup(Color,Flag),Name))`,
  text`${oneOf('topcount', 'bottomcount', 'toppercent', 'topsum', 'bottomsum')}(${integer},${number})`,
  text`orderby(${terms})/top(2)`,
  text`skip(1)/identity`,
  text`join(Friends as ${alias})`,
  text`outerjoin(Friends as ${alias},filter(${flag}))`,
  text`nest(groupby((Name)) as ${alias})`,
  text`concat(filter(${flag}),aggregate($count as n))`,
);

const option: fc.Arbitrary<readonly [name: string, value: string]> = fc.oneof(
  { weight: 4, arbitrary: flag.map((value) => ['$filter', value] as const) },
  { weight: 2, arbitrary: terms.map((value) => ['$orderby', value] as const) },
  fc.tuple(term, alias).map(([value, name]) => ['$compute', `${value} as ${name}`] as const),
  {
    weight: 2,
    arbitrary: fc.array(expand, { minLength: 1, maxLength: 2 }).map((list) => ['$expand', list.join()] as const),
  },
  fc.array(transformation, { minLength: 1, maxLength: 3 }).map((list) => ['$apply', list.join('/')] as const),
  fc.constantFrom(
    ['$count', 'true'] as const,
    ['$top', '2'] as const,
    ['$skip', '1'] as const,
    ['$search', 'a OR "b c"'] as const,
  ),
  oneOf('Id', 'Name,Place/City', 's,t', '*', 'Friends/Id', '__proto__').map((value) => ['$select', value] as const),
);

const path = fc.oneof(
  { weight: 8, arbitrary: oneOf('Things', 'Things') },
  oneOf(
    'Things/technical.Gadget',
    'Things(1)/Friends',
    'Things(1)',
    'Things(4)/technical.Elders()',
    "Coloured(color='red')",
    'Dearest(count=2)',
    '$all',
    '$crossjoin(Things,Bags)',
    '$crossjoin(Numbers,Bags)',
    'Things(1)/Names',
    'Things(1)/Places',
    'Offices()',
    'Things/$count',
    'Things(1)/Friends/$ref',
    'Things(1)/technical.Partner()',
    'Bags',
    'Settings',
    'Biggest()',
  ),
  flag.map((value) => `Things/$filter(${encodeURIComponent(value)})`),
  oneOf('Things(1)/technical.Scaled(factor=@f)'),
);

/** Addresses that are legal by the grammar, and mostly by the technical model too. */
export const arbitraryAddress: fc.Arbitrary<string> = fc
  .tuple(path, fc.uniqueArray(option, { maxLength: 4, selector: ([name]) => name }))
  .map(([place, options]) => {
    const query = [
      ...options,
      ['@s', "'Rome'"],
      ['@c', "technical.Color'red'"],
      ['@d', "duration'PT1S'"],
      ['@f', '0.5'],
    ];
    const written = query.map(([name, value]) => `${name}=${encodeURIComponent(value!)}`).join('&');
    return `${place}${place.includes('?') ? '&' : '?'}${written}`;
  });
