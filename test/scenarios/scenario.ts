import { readFileSync } from 'node:fs';

/** A request and the answer that is expected, as they stand in an `.http` file. */
export interface Exchange {
  /** The comment above the request, or the request itself. */
  readonly title: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly status: number;
  /** Members that the answer's headers must have. */
  readonly answeredHeaders: Readonly<Record<string, string>>;
  /** Undefined where the answer may hold anything. */
  readonly answer: string | undefined;
}

/**
 * Reads a file of exchanges, which a line of `###` sets apart:
 *
 *     # Comments begin with a number sign.
 *     GET Things?$filter=Id eq 1        spaces are encoded by the reader
 *     Prefer: maxpagesize=2
 *
 *     { "a": "body" }
 *
 *     HTTP/1.1 200
 *
 *     { "the": "answer" }
 */
export function readScenario(file: string): Exchange[] {
  return readFileSync(file, 'utf8')
    .split(/^###.*$/m)
    .map((text) => readExchange(text, file));
}

function readExchange(text: string, file: string): Exchange {
  const comments = [...text.matchAll(/^# ?(.*)$/gm)].map(([, comment]) => comment).join(' ');
  // An answer may hold the status lines of other answers: those of a batch, or of a monitor.
  const exchange = text.replaceAll(/^#.*\n/gm, '');
  const at = exchange.search(/^HTTP\/1\.1 \d{3}/m);
  const [request, response] = [exchange.slice(0, at), exchange.slice(at)];
  const asked = /^\s*([A-Z]+) (.*)\n((?:[\w-]+: .*\n)*)([^]*)$/.exec(request);
  const answered = /^HTTP\/1\.1 (\d{3}).*\n?((?:[\w-]+: .*\n)*)([^]*)$/.exec(response);
  if (asked === null || answered === null) throw new Error(`${file}: no request with its answer in\n${text}`);
  const [, method = '', url = '', headers = '', body = ''] = asked;
  const [, status = '', answeredHeaders = '', answer = ''] = answered;
  return {
    title: comments === '' ? `${method} ${url}` : comments,
    method,
    url: url.trim().replaceAll(' ', '%20'),
    headers: readHeaders(headers, (name) => name.toLowerCase()),
    body: body.trim() === '' ? undefined : body.trim(),
    status: Number(status),
    answeredHeaders: readHeaders(answeredHeaders, String),
    answer: answer.trim() === '' ? undefined : answer.trim(),
  };
}

function readHeaders(text: string, nameOf: (name: string) => string): Record<string, string> {
  const pairs = [...text.matchAll(/^([\w-]+): (.*)$/gm)].map(([, name = '', value = '']) => [
    nameOf(name),
    value.trim(),
  ]);
  return Object.fromEntries(pairs) as Record<string, string>;
}

/** `{{next}}`: what stood there in an earlier answer. */
export type Variables = Map<string, string>;

const VARIABLE = /\{\{(\w+)\}\}/g;

export function withVariables(text: string, variables: Variables): string {
  return text.replaceAll(VARIABLE, (written, name: string) => variables.get(name) ?? written);
}

/** The expected value with variables filled in: those that are new are taken from the same place in the answer. */
export function matched(expected: unknown, answered: unknown, variables: Variables): unknown {
  if (typeof expected === 'string') return matchedText(expected, answered, variables);
  if (typeof expected !== 'object' || expected === null) return expected;
  const at = (key: string): unknown => (answered as Record<string, unknown> | null | undefined)?.[key];
  if (Array.isArray(expected)) return expected.map((item, index) => matched(item, at(String(index)), variables));
  return Object.fromEntries(Object.entries(expected).map(([key, value]) => [key, matched(value, at(key), variables)]));
}

/** A text with variables filled in, as `matched` does. */
export function matchedText(expected: string, answered: unknown, variables: Variables): string {
  const filled = withVariables(expected, variables);
  const names = [...filled.matchAll(VARIABLE)].map(([, name]) => name!);
  if (names.length === 0 || typeof answered !== 'string') return filled;
  const pattern = filled.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(/\\\{\\\{\w+\\\}\\\}/g, '(.+)');
  const found = new RegExp(`^${pattern}$`).exec(answered);
  if (found === null) return filled;
  for (const [index, name] of names.entries()) variables.set(name, found[index + 1]!);
  return withVariables(filled, variables);
}
