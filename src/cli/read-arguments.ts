import { parseArgs } from 'node:util';

import { suggestion } from '../error/index.js';
import type { Limits } from '../protocol/index.js';

import { limitsOf } from './limits.js';
import { isAddress } from './metadata/address.js';
import { UsageError } from './usage-error.js';

export type Command =
  | { readonly kind: 'help' | 'version' }
  | { readonly kind: 'check'; readonly file: string }
  /** `document` is a version of Graph or an address. */
  | { readonly kind: 'pull'; readonly document: string }
  | ({ readonly kind: 'serve' } & ServeOptions);

export interface ServeOptions {
  readonly port: number;
  readonly host: string;
  readonly database: string;
  readonly authentication: 'any' | 'off';
  /** Files of documented answers for operations that nothing implements. */
  readonly examples: readonly string[];
  /** Whether such operations answer at all. */
  readonly samples: boolean;
  /** What becomes of an entity of a Graph service that a request names and nobody made. */
  readonly unknownEntities: 'refuse' | 'sample';
  /** Whether the control plane is there. */
  readonly admin: boolean;
  /** Limits of all services that differ from those of their profiles. */
  readonly limits: Partial<Limits>;
  readonly graph: readonly Mount[];
  /** Roots of the Graph services that take no more than their schemas allow. */
  readonly strict: readonly string[];
  readonly odata: readonly Mount[];
  /** Modules of the user's with behaviours of the service at a root, in the order in which they act. */
  readonly behaviors: readonly { readonly root: string; readonly file: string }[];
}

/** A service's root and where its document comes from. */
export interface Mount {
  readonly root: string;
  readonly document: DocumentSource;
}

/** A file; the document that ships with mockgraph; or one that is published for a version of Graph or at an address. */
export type DocumentSource =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'shipped' }
  | { readonly kind: 'published'; readonly name: string };

interface Option {
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
}

/** A word of the command line, as `parseArgs` tells it. */
type Token =
  | {
      readonly kind: 'option';
      readonly name: string;
      readonly rawName: string;
      readonly value: string | undefined;
      readonly inlineValue: boolean | undefined;
    }
  | { readonly kind: 'positional' | 'option-terminator' };

const COMMANDS = ['serve', 'check', 'metadata'];
const OPTIONS = {
  port: { type: 'string' },
  host: { type: 'string' },
  graph: { type: 'string', multiple: true },
  strict: { type: 'string', multiple: true },
  odata: { type: 'string', multiple: true },
  behaviors: { type: 'string', multiple: true },
  db: { type: 'string' },
  auth: { type: 'string' },
  admin: { type: 'string' },
  limit: { type: 'string', multiple: true },
  examples: { type: 'string', multiple: true },
  samples: { type: 'string' },
  'unknown-entities': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

/** What a command line asks for; throws `UsageError` with a suggestion for what it does not understand. */
export function readArguments(argv: readonly string[]): Command {
  const { values, positionals, tokens } = parseArgs({
    args: [...argv],
    options: OPTIONS,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  checkOptions(tokens);
  if (values.help === true || positionals[0] === 'help') return { kind: 'help' };
  if (values.version === true) return { kind: 'version' };
  const [command, ...rest] = positionals;
  switch (command) {
    case undefined:
      if (argv.length === 0) return { kind: 'help' };
      throw new UsageError(
        'Say what to do: mockgraph serve, mockgraph check FILE, or mockgraph metadata pull VERSION.',
      );
    case 'serve':
      if (rest.length > 0) throw new UsageError(`Unexpected argument '${rest[0]!}'; serve takes options only.`);
      return { kind: 'serve', ...serveOptions(values as Values) };
    case 'check':
      refuseOptions(command, values);
      if (rest.length !== 1) throw new UsageError('check needs exactly one FILE.');
      return { kind: 'check', file: rest[0]! };
    case 'metadata':
      refuseOptions(command, values);
      return metadataCommand(rest);
    default:
      throw new UsageError(`Unknown command '${command}'.${suggestion(command, COMMANDS)}`);
  }
}

/** Each option is known, has a value if it takes one, and stands once unless it may be repeated. */
function checkOptions(tokens: readonly Token[]): void {
  const seen = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const option: Option | undefined = Object.hasOwn(OPTIONS, token.name)
      ? OPTIONS[token.name as keyof typeof OPTIONS]
      : undefined;
    if (option === undefined) {
      throw new UsageError(
        `Unknown option ${token.rawName}.${suggestion(token.name, Object.keys(OPTIONS)).replace("'", "'--")}`,
      );
    }
    if (
      option.type === 'string' &&
      (token.value === undefined || (!token.inlineValue && token.value.startsWith('--')))
    ) {
      throw new UsageError(`The option ${token.rawName} needs a value.`);
    }
    if (option.type === 'boolean' && token.value !== undefined)
      throw new UsageError(`The option ${token.rawName} takes no value.`);
    if (option.type === 'string' && option.multiple !== true && seen.has(token.name))
      throw new UsageError(`The option ${token.rawName} is given more than once.`);
    seen.add(token.name);
  }
}

/** What is an option of serve means nothing to the other commands. */
function refuseOptions(command: string, values: object): void {
  const [name] = Object.keys(values);
  if (name !== undefined) throw new UsageError(`--${name} is an option of serve; ${command} takes none.`);
}

function metadataCommand([action, document, ...more]: readonly string[]): Command {
  if (action !== 'pull') {
    throw new UsageError(
      action === undefined
        ? 'metadata needs to know what to do: mockgraph metadata pull VERSION.'
        : `Unknown command 'metadata ${action}'.${suggestion(action, ['pull'])}`,
    );
  }
  if (document === undefined || more.length > 0)
    throw new UsageError('metadata pull needs exactly one VERSION or address.');
  return { kind: 'pull', document };
}

interface Values {
  readonly port?: string;
  readonly host?: string;
  readonly graph?: readonly string[];
  readonly strict?: readonly string[];
  readonly odata?: readonly string[];
  readonly behaviors?: readonly string[];
  readonly db?: string;
  readonly auth?: string;
  readonly admin?: string;
  readonly limit?: readonly string[];
  readonly examples?: readonly string[];
  readonly samples?: string;
  readonly 'unknown-entities'?: string;
}

function serveOptions(values: Values): ServeOptions {
  const odata = (values.odata ?? []).map(odataMount);
  const graph = values.graph?.map(graphMount) ?? (odata.length === 0 ? [SHIPPED] : []);
  refuseDuplicates([...graph, ...odata]);
  const host = nonEmpty(values.host ?? '127.0.0.1', '--host');
  return {
    port: portNumber(values.port ?? '3000'),
    host,
    database: nonEmpty(values.db ?? ':memory:', '--db'),
    authentication: authentication(values.auth ?? 'any'),
    admin: isOn(values.admin ?? (isLoopback(host) ? 'on' : 'off'), '--admin'),
    limits: limitsOf(values.limit ?? []),
    examples: examplesOf(values, graph),
    samples: isOn(values.samples ?? 'on', '--samples'),
    unknownEntities: unknownEntities(values['unknown-entities'] ?? 'refuse', graph),
    graph,
    strict: (values.strict ?? []).map((name) => rootNamed(name, graph, '--strict: there is no Graph service')),
    odata,
    behaviors: (values.behaviors ?? []).map((text) => behaviorsFile(text, [...graph, ...odata])),
  };
}

/** The root as the service has it. */
function rootNamed(name: string, mounts: readonly Mount[], complaint: string): string {
  const mount = mounts.find(({ root }) => root.toLowerCase() === name.toLowerCase());
  if (mount !== undefined) return mount.root;
  const roots = mounts.map(({ root }) => root);
  throw new UsageError(`${complaint} at '${name}'.${suggestion(name, roots)}`);
}

function behaviorsFile(text: string, mounts: readonly Mount[]): { root: string; file: string } {
  const [root, file] = assignment(text, '--behaviors');
  return { root: rootNamed(root, mounts, '--behaviors: there is no service'), file };
}

function examplesOf({ examples = [] }: Values, graph: readonly Mount[]): readonly string[] {
  if (examples.length > 0 && graph.length === 0) throw new UsageError('--examples needs a service with --graph.');
  return examples.map((file) => nonEmpty(file, '--examples'));
}

/** What a start without options serves. */
const SHIPPED: Mount = { root: 'beta', document: { kind: 'shipped' } };

function graphMount(text: string): Mount {
  const equals = text.indexOf('=');
  const root = equals < 0 ? text : text.slice(0, equals);
  const file = equals < 0 ? undefined : text.slice(equals + 1);
  if (root === '' || file === '') throw new UsageError(`--graph needs VERSION or VERSION=FILE, not '${text}'.`);
  return {
    root: rootName(root, '--graph'),
    document: file === undefined ? { kind: 'published', name: root } : documentSource(file),
  };
}

function odataMount(text: string): Mount {
  const [root, file] = assignment(text, '--odata');
  return { root: root === '' ? '' : rootName(root, '--odata'), document: documentSource(file) };
}

/** The two sides of `ROOT=FILE`. */
function assignment(text: string, option: string): [root: string, file: string] {
  const equals = text.indexOf('=');
  if (equals < 0 || equals === text.length - 1) throw new UsageError(`${option} needs ROOT=FILE, not '${text}'.`);
  return [text.slice(0, equals), text.slice(equals + 1)];
}

function documentSource(text: string): DocumentSource {
  return isAddress(text) ? { kind: 'published', name: text } : { kind: 'file', path: text };
}

function rootName(root: string, option: string): string {
  if (!/^[\w.~-]+$/.test(root))
    throw new UsageError(`${option}: '${root}' is no single path segment of letters, digits, '.', '_', '~' and '-'.`);
  return root;
}

function refuseDuplicates(mounts: readonly Mount[]): void {
  const seen = new Set<string>();
  for (const { root } of mounts) {
    if (seen.has(root.toLowerCase())) throw new UsageError(`Two services are to be at /${root}.`);
    seen.add(root.toLowerCase());
  }
}

function portNumber(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new UsageError(`--port must be a number from 0 to 65535, not '${text}'.`);
  return port;
}

function authentication(text: string): 'any' | 'off' {
  if (text === 'any' || text === 'off') return text;
  throw new UsageError(`--auth must be 'any' or 'off', not '${text}'.`);
}

function unknownEntities(text: string, graph: readonly Mount[]): 'refuse' | 'sample' {
  if (text !== 'refuse' && text !== 'sample')
    throw new UsageError(`--unknown-entities must be 'refuse' or 'sample', not '${text}'.`);
  if (text === 'sample' && graph.length === 0) throw new UsageError('--unknown-entities needs a service with --graph.');
  return text;
}

function isOn(text: string, option: string): boolean {
  if (text === 'on' || text === 'off') return text === 'on';
  throw new UsageError(`${option} must be 'on' or 'off', not '${text}'.`);
}

/** An address that only this machine reaches. */
function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|::1)$/i.test(host);
}

function nonEmpty(text: string, option: string): string {
  if (text.trim() === '') throw new UsageError(`The option ${option} needs a value.`);
  return text;
}
