import type { Documented, Issue } from './documented.js';

/** More of a kind are only counted. */
const MOST = 3;

/** What an issue means, from its detail: `foo of microsoft.graph.bar`. */
const WORDS: Readonly<Record<string, (detail: string) => string>> = {
  'unknown-property': (detail) => `no property ${quotedOf(detail)}`,
  'unknown-parameter': (detail) => `no parameter ${quotedOf(detail)}`,
  'property-only-on-derived-type': (detail) => `no property ${quotedOf(detail)}`,
  'parameter-case': (detail) => `${quotedOf(detail)} in another case`,
  'unknown-odata-type': (detail) => `no type ${quoted(detail)}`,
  'bad-enum-member': (detail) => `no member ${quotedOf(detail)}`,
  'enum-member-case': (detail) => `the member ${quotedOf(detail)} in another case`,
  'bad-literal': (detail) => `text that is no ${detail.replace(/^.* for /s, '')}`,
  'wrong-json-type': (detail) => detail.replace(/^(.*) expected, (.*) given$/, 'declared as $1, shown as $2'),
  'null-not-allowed': (detail) => `null where ${detail} must have a value`,
  'not-a-collection': () => 'one object where a collection is declared',
  'not-a-single': () => 'a collection where one object is declared',
  'no-odata-id': () => 'no `@odata.id`',
  'no-dollar': () => 'written without `$`',
  'unknown-option': () => 'no such query option',
};

/** What an example disagrees with the schema in, by name: one part for the query, the body and the answer each. */
export function issuesOf({ method, c }: Documented): string[] {
  return [
    ...(c.methodFits === false ? [`request: no ${method} at \`${c.template ?? ''}\``] : []),
    ...part('query', c.queryIssues),
    ...part('body', c.bodyIssues),
    ...part('answer', c.responseIssues),
  ];
}

function part(name: string, issues: readonly Issue[] = []): string[] {
  // What is written in another case is taken all the same.
  const grave = issues.filter(({ issue }) => !issue.endsWith('-case'));
  return grave.length === 0 ? [] : [`${name}: ${listed(grave.map(words))}`];
}

/** A few of the words, each once, with how many more there are. */
export function listed(all: readonly string[]): string {
  const different = [...new Set(all)];
  const more = different.length - MOST;
  return [...different.slice(0, MOST), ...(more > 0 ? [`${String(more)} more`] : [])].join(', ');
}

function words({ issue, detail = '', path, option }: Issue): string {
  const at = path === undefined ? option : path.replaceAll(/\[\d+\]/g, '[]');
  const place = at === undefined || at === '' ? '' : `\`${at}\` `;
  return `${place}${WORDS[issue]?.(detail) ?? issue}`;
}

/** `foo of microsoft.graph.bar, @odata.type missing` with both names marked. */
function quotedOf(detail: string): string {
  const [, name = detail, owner, rest = ''] = /^(.*) of ([\w.]+)(.*)$/s.exec(detail) ?? [];
  if (owner === undefined) return quoted(name);
  return `${quoted(name)} in \`${owner}\`${rest === '' ? '' : ' without `@odata.type`'}`;
}

/** Names only: what else an example writes in their place is not repeated. */
function quoted(name: string): string {
  return /^[\w.#@$:| -]{1,60}$/.test(name) ? `\`${name}\`` : 'of that text';
}
