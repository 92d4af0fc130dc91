/** A sequence of numbers that is the same in every run: mulberry32. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

const PATHS = [
  'Things',
  'Things(1)',
  "Bags('b1')",
  'Things(1)/Friends',
  'Things(1)/Parts',
  'Bags',
  'Settings',
  'Things/$count',
];

const FILTERS = [
  "contains(Name,'a') and not (Whole gt 5 or Flag)",
  "Places/any(p:p/City eq 'Rome' and p/Zip in (1,2))",
  "Instant gt 2024-02-29T23:59:58.1234567Z and Span le duration'PT1H'",
  "cast(Whole,Edm.String) eq '1' or isof(Place,technical.Home)",
  'case(Flag:1,true:2) add Whole mul -3 divby 2.5e0 lt Exact',
  "Style has technical.Style'bold' and matchesPattern(Name,'^a.*e$')",
  "Token eq 00000000-0000-0000-0000-000000000001 and Bytes eq binary'AAEC'",
  "substring(concat(Name,'x''y'),1,2) ne @p and Friends/$count gt 0",
  '$root/Things(1)/Name eq Name and Friends(2)/Place eq {"City":"x","Tags":["a",@p]}',
  'technical.Scaled(factor=2,offset=Id) gt 1 or $it in $root/Things/$filter(Id lt 3)',
  '[Name,Code] in [["a","b"],Names] and isof(Loose/more,Edm.Int32) and Parts(\'p1\')/Size ne $root/Settings/Size',
];

const OPTIONS = [
  ...FILTERS.map((filter) => `$filter=${encodeURIComponent(filter)}&@p='q'`),
  '$orderby=Name%20desc,length(Name),Place/City%20asc',
  '$select=Id,Place/City,technical.Gadget/Volts,Places($select=City)',
  '$expand=Friends($filter=Id%20gt%20$it/Id;$select=Id;$top=1;$expand=Bag($levels=2)),Parts/$count,Friend/$ref',
  '$search=a%20AND%20(b%20OR%20NOT%20%22c%20d%22)',
  '$compute=Whole%20mul%202%20as%20twice,concat(Name,%27x%27)%20as%20c&$select=twice,c',
  '$apply=filter(Whole%20gt%201)/groupby((Color),aggregate(Whole%20with%20sum%20as%20total))',
  '$top=2&$skip=1&$count=true&$format=application/json;odata.metadata=full',
  '$skiptoken=WzEsbnVsbF0.abcdefghijklmnop',
];

const SPLINTERS = [
  Array.from(`'"()[]{},;:/\\%&=?$@#+-*.!~\`|<>^_ \t`),
  ['%', '%2', '%zz', '%00', '%0a', '%c3', '%ff', '%e2%82', '%f0%9f%8d', '%ed%a0%80', '%25', '%27', "''", '%2527'],
  ['\0', '\n', '\u007f', '\u0085', '\u2028', '\ufeff', '\ud800', '\udc00', '🍎', 'Ä', 'ı', '\u202e'],
  ['NaN', '-INF', '1e999', '1e-999', '9'.repeat(40), '-', '--', '0x1F', '1.', '.5', '1e', '٣'],
  [
    'null',
    'true',
    "duration'",
    "binary'!'",
    "geography'",
    "Edm.String'x'",
    '2024-13-01',
    '24:00:00',
    '$it',
    '$root',
    '$this',
    '@',
    '@@',
  ],
  [
    ' and ',
    ' or',
    'not',
    ' eq ',
    ' in ',
    '/any(',
    '/all(x:',
    '$count',
    '$value',
    '$ref',
    '/$each',
    '$filter(',
    '()',
    '((((((((',
    '))))))))',
  ],
  [
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '../',
    '//',
    './',
    'x'.repeat(500),
    '('.repeat(150),
    '['.repeat(150),
  ],
].flat();

/** URLs with a few random changes; most of them are malformed, some happen to mean something. */
export function mutatedUrls(count: number, seed: number): string[] {
  const random = randomFrom(seed);
  const pick = <T>(list: readonly T[]): T => list[random(list.length)]!;
  return Array.from({ length: count }, () => {
    let text =
      random(4) === 0 ? pick(PATHS) : `${pick(PATHS)}?${pick(OPTIONS)}${random(3) === 0 ? `&${pick(OPTIONS)}` : ''}`;
    for (let changes = 1 + random(4); changes > 0; changes--) text = mutated(text, random, pick);
    return text.replaceAll('#', '%23');
  });
}

function mutated(text: string, random: (below: number) => number, pick: <T>(list: readonly T[]) => T): string {
  const at = random(text.length + 1);
  const length = 1 + random(8);
  switch (random(6)) {
    case 0:
      return text.slice(0, at) + text.slice(at + length);
    case 1:
      return text.slice(0, at);
    case 2:
      return text.slice(0, at) + text.slice(at, at + length).repeat(2) + text.slice(at + length);
    case 3:
      return text.slice(0, at) + encodeURI(pick(SPLINTERS).replaceAll(/[\ud800-\udfff]/gu, '')) + text.slice(at);
    default:
      return text.slice(0, at) + pick(SPLINTERS) + text.slice(at);
  }
}

/** Operands with literals that no type has, or that theirs does not. */
const MISFITS: readonly (readonly [operand: string, literals: readonly string[]])[] = [
  ['Whole', ["'1'", '1a', '0x1', '1_000', '1.2.3', '1e', 'e1', '१', '1,2', '+', "1'"]],
  ['Big', ["'x'", '9e', '1..2', '٣', "9'"]],
  ['Exact', ["'1.5'", '1.', '1.5.', 'e5']],
  ['Real', ["'NaN'", 'Infinity', '1e+', 'INFINITY']],
  ['Name', ['1', 'true', '2024-01-01', "'a", "a'", "'a'b'", "'''", '"a"', 'a b']],
  ['Flag', ['1', "'true'", 'yes', 'tru', 'truefalse']],
  ['Day', ['2024-02-30', '2024-13-01', '2024-1-1', '24-01-01', "'2024-01-01'", '2024-01-01T', '02024-01-01']],
  [
    'Instant',
    [
      '2024-02-30T00:00:00Z',
      '2024-01-01T25:00:00Z',
      '2024-01-01T00:00:00',
      '2024-01-01T00:00:00+25:00',
      "'2024-01-01T00:00:00Z'",
    ],
  ],
  ['Clock', ['24:00:00', '12:60:00', '12:00:61', '1:00', "'12:00'"]],
  ['Span', ["duration'P1Y'", "duration''", "duration'PT'", "duration'1H'", "duration'PT1H", 'PT1H', "'1H'"]],
  [
    'Token',
    ['00000000-0000-0000-0000', '00000000-0000-0000-0000-00000000000g', "'00000000-0000-0000-0000-000000000001'"],
  ],
  ['Bytes', ["binary'!'", "binary'A'", "binary'AAEC", "X'00'"]],
  ['Color', ["'pink'", "technical.Color'pink'", "technical.Nothing'red'", 'red', "technical.Style'bold'"]],
  ['Place', ["'Rome'", '1', '{"City":}', '{"City":1}', '{"Nope":null}', '{"City":"a","City":"a"}']],
  ['Names', ["'x'", '1', '[1]', "['x',1]", '[', '{}', '["x"']],
];

const FRAMES: readonly ((operand: string, literal: string) => string)[] = [
  (operand, literal) => `${operand} eq ${literal}`,
  (operand, literal) => `not (${operand} lt ${literal})`,
  (operand, literal) => `${operand} in (${literal})`,
  (operand, literal) => `(${operand} ge ${literal}) and Flag`,
  (operand, literal) => `Friend/${operand} ne ${literal}`,
  (operand, literal) => `Friends/any(f:f/${operand} eq ${literal})`,
  (operand, literal) => `Friends/$count($filter=${operand} eq ${literal}) gt 0`,
  (operand, literal) => `case(${operand} eq ${literal}:true,true:false)`,
];

/** What is wrong whatever stands around it. */
const BROKEN_QUERIES: readonly ((word: string) => string)[] = [
  (word) => `$filter=${word}~`,
  (word) => `$filter=(${word}`,
  (word) => `$filter=${word})`,
  (word) => `$filter='${word}`,
  (word) => `$filter=no${word}such eq 1`,
  (word) => `$filter=no${word}such(Name)`,
  (word) => `$filter=Friends/any(${word}:)`,
  (word) => `$filter=Friends/any(${word}:no${word}such/Id eq 1)`,
  (word) => `$orderby=no${word}such`,
  (word) => `$orderby=Name ${word}`,
  (word) => `$select=no${word}such`,
  (word) => `$select=Name/${word}`,
  (word) => `$expand=no${word}such`,
  (word) => `$expand=Friends($${word}=1)`,
  (word) => `$expand=Friends($filter=no${word}such eq 1)`,
  (word) => `$compute=Whole as ${word},`,
  (word) => `$compute=no${word}such as ${word}`,
  (word) => `$search="${word}`,
  (word) => `$search=(${word}`,
  (word) => `$top=${word}`,
  (word) => `$skip=-${word}`,
  (word) => `$count=${word}`,
  (word) => `$${word}=1`,
  (word) => `$skiptoken=${word}`,
  (word) => `$apply=${word}`,
  (word) => `$apply=groupby((no${word}such))`,
  (word) => `$filter=Name eq '${word}'&$filter=Name eq '${word}'`,
  (word) => `@${word}=`,
  (word) => `@=${word}`,
];

const BROKEN_PATHS: readonly ((word: string) => string)[] = [
  (word) => `No${word}Such`,
  (word) => `Things(${word})`,
  (word) => `Things('${word}')`,
  (word) => `Things(${word}=1)`,
  (word) => `Things(1)/no${word}such`,
  (word) => `Things(1)/Name/${word}`,
  (word) => `Things/technical.${word}`,
  (word) => `Things(1${word}`,
  (word) => `Bags('${word}`,
  (word) => `Things/%2${word}`,
  (word) => `Loans(Reader='${word}')`,
  (word) => `Things/$filter(${word})`,
  (word) => `Things(1)/$${word}`,
  (word) => `Things/$count/${word}`,
  (word) => `Add(a=1,${word}=2)`,
  (word) => `Add(a='${word}',b=2)`,
];

/** URLs that mean nothing, each of them: what is wrong with it is not left to chance. */
export function malformedUrls(count: number, seed: number): string[] {
  const random = randomFrom(seed);
  const pick = <T>(list: readonly T[]): T => list[random(list.length)]!;
  const word = (): string => Array.from({ length: 1 + random(6) }, () => pick([...'qwxyzjk'])).join('');
  return Array.from({ length: count }, () => {
    const kind = random(3);
    if (kind === 0) return pick(BROKEN_PATHS)(word());
    if (kind === 1) return `Things?${pick(BROKEN_QUERIES)(word())}`.replaceAll(' ', '%20');
    const [operand, literals] = pick(MISFITS);
    return `Things?$filter=${encodeURIComponent(pick(FRAMES)(operand, pick(literals)))}`;
  });
}
