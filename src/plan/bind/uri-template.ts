/** `{?x,y*}`: variables, and how they are written. [RFC 6570 2.2, 3.2] */
export interface TemplateExpression {
  readonly variables: readonly TemplateVariable[];
  /** What begins the text where any variable is defined. */
  readonly first: string;
  readonly separator: string;
  /** Whether the names of variables stand before their values. */
  readonly isNamed: boolean;
  /** What follows a name whose value is empty. */
  readonly ifEmpty: string;
  /** Whether reserved characters and what is encoded already stay as they are. */
  readonly allowsReserved: boolean;
}

export interface TemplateVariable {
  readonly name: string;
  /** How many characters count: `{x:3}`. */
  readonly length?: number;
  /** Whether each item of a list stands for itself: `{x*}`. */
  readonly isExploded: boolean;
}

type Manner = Omit<TemplateExpression, 'variables'>;

const SIMPLE: Manner = { first: '', separator: ',', isNamed: false, ifEmpty: '', allowsReserved: false };

const OPERATORS: ReadonlyMap<string, Manner> = new Map([
  ['+', { ...SIMPLE, allowsReserved: true }],
  ['#', { ...SIMPLE, first: '#', allowsReserved: true }],
  ['.', { ...SIMPLE, first: '.', separator: '.' }],
  ['/', { ...SIMPLE, first: '/', separator: '/' }],
  [';', { ...SIMPLE, first: ';', separator: ';', isNamed: true }],
  ['?', { ...SIMPLE, first: '?', separator: '&', isNamed: true, ifEmpty: '=' }],
  ['&', { ...SIMPLE, first: '&', separator: '&', isNamed: true, ifEmpty: '=' }],
]);

const VARIABLE =
  /^(?<name>(?:[\p{L}\p{Nl}\p{Nd}_]|%[\da-f]{2})(?:\.?(?:[\p{L}\p{Nl}\p{Nd}_]|%[\da-f]{2}))*)(?::(?<length>[1-9]\d{0,3})|(?<star>\*))?$/iu;

/** The texts and expressions of a template; undefined where it is none. [RFC 6570 2] */
export function parseTemplate(template: string): readonly (string | TemplateExpression)[] | undefined {
  const parts = template.split(/(\{[^{}]*\})/).filter((part) => part !== '');
  const parsed = parts.map((part) =>
    part.startsWith('{') && part.endsWith('}') ? expressionOf(part.slice(1, -1)) : part,
  );
  const isWrong = parsed.some((part) => part === undefined || (typeof part === 'string' && /[{}]/.test(part)));
  return isWrong ? undefined : (parsed as readonly (string | TemplateExpression)[]);
}

function expressionOf(text: string): TemplateExpression | undefined {
  const manner = OPERATORS.get(text.slice(0, 1));
  const list = manner === undefined ? text : text.slice(1);
  const variables = list.split(',').map((variable) => VARIABLE.exec(variable)?.groups);
  if (variables.includes(undefined)) return undefined;
  return {
    ...(manner ?? SIMPLE),
    variables: variables.map((groups) => ({
      name: groups!['name']!,
      isExploded: groups!['star'] !== undefined,
      ...(groups!['length'] === undefined ? {} : { length: Number(groups!['length']) }),
    })),
  };
}
