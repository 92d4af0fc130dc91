import type { Classified, Issue } from './documented.js';

/** A line of the scorer's failures. */
export interface Failure {
  readonly id: string;
  readonly status: number;
  /** The status that the example shows. */
  readonly documented?: number;
  readonly reasons: readonly { readonly check: string; readonly cls: string; readonly detail: string }[];
}

/** How many examples fail for a reason. */
export interface Reason {
  readonly reason: string;
  readonly examples: number;
}

type Facts = Failure & {
  readonly example: Classified;
  /** What the example contradicts, by name. */
  readonly contradictions: readonly string[];
  readonly text: string;
  readonly isWrite: boolean;
};

type Rule = readonly [reason: string, holds: (facts: Facts) => boolean];

/** The first that holds counts; what comes first is what the example itself says. */
const REASONS: readonly Rule[] = [
  ['the schema has another method there', ({ example }) => example.c.methodFits === false],
  ['the query names what the schema does not have', ({ example }) => some(example.c.queryIssues)],
  ['the body has members or values that the schema does not have', ({ example }) => some(example.c.bodyIssues)],
  [
    'the answer has members that the schema does not have',
    ({ example }) => has(example.c.responseIssues, /unknown-(prop|odata)|derived/),
  ],
  ['the answer has values of another type than the schema declares', ({ example }) => some(example.c.responseIssues)],
  [
    'the body is empty, text or multipart where the schema has an object',
    ({ text }) => /body is empty|accepted: 415/.test(text),
  ],
  ...[
    'the answer has content, although its status has none',
    'no entity can have the type that the schema declares',
    'the answer has a bare value where the schema has an object',
  ].map((name): Rule => [name, ({ contradictions }) => contradictions.includes(name)]),
  [
    'the documented failure comes of data that no example shows',
    ({ status, documented = 0 }) => status < 300 && documented >= 400,
  ],
  [
    'the request refers to entities that nobody made',
    ({ text }) =>
      /refers to does not exist|refers to … does not exist|There is no .* principal|mailbox has no folder/.test(text),
  ],
  [
    'the request lacks a header or a body that other pages ask for',
    ({ text }) => /is not currently supported|body of a reference needs/.test(text),
  ],
  ['the entity lacks what the request needs it to have', ({ text }) => /needs a recipient/.test(text)],
  ['a seed made an entity of another type than the request names', ({ text }) => /cannot be changed to/.test(text)],
  ['the body names another key than the path', ({ text }) => /key of an entity cannot be changed/.test(text)],
  ['nobody made what a path of names leads to', ({ status, example }) => status === 404 && isByName(example)],
  [
    'references to entities for which the schema has no place of their own',
    ({ text }) => /contains its entities/.test(text),
  ],
  [
    'values or parameters of the request are none by the schema',
    ({ text, status }) => status === 400 && /valid|must be|must not|missing|expected|exist on type/.test(text),
  ],
  [
    'the schema forbids the option, or gives it no meaning there',
    ({ text, status }) =>
      status === 400 && /\$?expand is not allowed|query option|cannot be applied|token is not valid/.test(text),
  ],
  [
    'an earlier example or a seed made the same thing',
    ({ status, documented }) => status === 409 || (documented === 201 && status === 204),
  ],
  ['what is behind the result of a function', ({ example }) => /\)\//.test(example.c.template ?? '')],
  ['what the service does not do yet', ({ status }) => status === 501],
  ['content that no example stores', ({ example }) => example.c.kind === 'value' || example.c.kind === 'stream'],
  [
    'the answer depends on members, tokens or changes that no example shows',
    ({ text, example }) =>
      /function|action|ref/.test(example.c.kind) && /empty-collection|null|deltaLink|nextLink/.test(text),
  ],
  [
    'the answer shows values that neither the request nor the schema gives',
    ({ text, isWrite }) => isWrite && /shape: (null|missing-prop|empty|type)/.test(text),
  ],
  [
    'the answer shows related entities that the request does not expand',
    ({ text }) => /shape: missing-prop|@odata\.context/.test(text),
  ],
  ['control information that the service leaves to be inferred', ({ text }) => /shape: missing-annotation/.test(text)],
  ['nothing is found by what is asked for', ({ text }) => /empty-collection/.test(text)],
];

const OTHER = 'anything else';

/** Why examples fail, by classes, most first; every example counts once. */
export function reasonsOf(findings: readonly { readonly reason?: string }[]): Reason[] {
  const counts = new Map<string, number>();
  for (const { reason } of findings) if (reason !== undefined) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(([reason, examples]) => ({ reason, examples })).sort((a, b) => b.examples - a.examples);
}

/** Why an example fails that contradicts what is named. */
export function reasonOf(failure: Failure, example: Classified, contradictions: readonly string[]): string {
  const text = failure.reasons
    .filter(({ check }) => check !== 'context' && check !== 'statusExact')
    .map(({ check, cls, detail }) => `${check}: ${cls} ${detail}`)
    .join('\n');
  const facts: Facts = { ...failure, example, contradictions, text, isWrite: example.method !== 'GET' };
  return REASONS.find(([, holds]) => holds(facts))?.[0] ?? OTHER;
}

/** Whether a path goes by names behind a colon: `/drive/root:/a/b.txt`. */
function isByName({ c }: Classified): boolean {
  return c.flags?.includes('drive-path') === true;
}

/** What is written in another case is taken all the same. */
function some(issues: readonly Issue[] | undefined): boolean {
  return has(issues, /^(?!.*-case$)/);
}

function has(issues: readonly Issue[] | undefined, pattern: RegExp): boolean {
  return issues?.some(({ issue }) => pattern.test(issue)) === true;
}
