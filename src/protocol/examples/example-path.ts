import type { Operation } from '../../edm/index.js';
import { resolvePath, type PathContext } from '../../plan/index.js';
import type { ResourcePath } from '../../url/index.js';

/** A step of a request's path: a name of the schema, or a key. */
export type Step = { readonly kind: 'name'; readonly name: string } | { readonly kind: 'key' };

/** A documented path, cut at its slashes: names without what stands in parentheses, in lower case. */
export interface ExamplePath {
  readonly segments: readonly Piece[];
  /** Names of the parameters in the last parentheses and in the query, in lower case; undefined where none are named. */
  readonly parameters: ReadonlySet<string> | undefined;
}

interface Piece {
  readonly name: string;
  readonly hasKey: boolean;
}

/** Cuts `/users/{id}/messages('1')/ns.f(a={a})?x=1`; placeholders may hold slashes and question marks. */
export function examplePath(url: string): ExamplePath {
  const [path, ...query] = cut(url, '?');
  const texts = cut(path!, '/').filter((text) => text !== '');
  const segments = texts.map(pieceOf);
  const inline = namesIn(/\((.*)\)$/s.exec(texts.at(-1) ?? '')?.[1] ?? '', ',');
  const custom = namesIn(query.join('?'), '&').filter((name) => !name.startsWith('$'));
  const parameters = [...inline, ...custom];
  return { segments, parameters: parameters.length === 0 ? undefined : new Set(parameters) };
}

function pieceOf(text: string): Piece {
  const open = text.indexOf('(');
  const name = open < 0 ? text : text.slice(0, open);
  return { name: simpleName(name), hasKey: open >= 0 && /^\((?!\s*\))/.test(text.slice(open)) };
}

function namesIn(text: string, separator: string): string[] {
  return cut(text, separator).flatMap((part) => {
    const name = /^\s*([\w$.]+)\s*=/.exec(part)?.[1];
    return name === undefined ? [] : [name.toLowerCase()];
  });
}

/** Splits at a separator that stands neither in quotes nor in a placeholder. */
function cut(text: string, separator: string): string[] {
  return text.match(new RegExp(`(?:'[^']*'|\\{[^{}]*\\}|<[^<>]*>|[^${separator}])+`, 'g')) ?? [];
}

/** The steps of a request's path: which segments are keys, the schema tells. */
export function stepsOf(path: ResourcePath, context: PathContext): Step[] {
  return path.flatMap((segment, index): Step[] => {
    if (segment.kind !== 'name') return [{ kind: 'key' }];
    const isKey = index > 0 && isKeySegment(path.slice(0, index + 1), context);
    if (isKey) return [{ kind: 'key' }];
    const name: Step = { kind: 'name', name: simpleName(segment.name) };
    const isLast = index === path.length - 1;
    return segment.arguments === undefined || segment.arguments.length === 0 || isLast
      ? [name]
      : [name, { kind: 'key' }];
  });
}

function isKeySegment(path: ResourcePath, context: PathContext): boolean {
  const segment = path.at(-1)!;
  if (segment.kind !== 'name' || segment.arguments !== undefined || segment.name.includes('.')) return false;
  const before = resolvePath(path.slice(0, -1), context);
  return before.kind === 'collection' && resolvePath(path, context).kind === 'entity';
}

/** Whether a request is one of those that a documented path stands for. */
export function isInstanceOf(
  steps: readonly Step[],
  { segments, parameters }: ExamplePath,
  operation: Operation,
): boolean {
  let at = 0;
  for (let index = 0; index < steps.length; index++) {
    const piece = segments[at];
    const step = steps[index]!;
    if (piece === undefined) return false;
    at++;
    if (step.kind === 'key') continue;
    if (piece.name !== step.name) return false;
    const isKeyed = steps[index + 1]?.kind === 'key' && piece.hasKey;
    if (isKeyed) index++;
  }
  return at === segments.length && takesParameters(operation, parameters);
}

function takesParameters({ kind, nonBindingParameters }: Operation, given: ExamplePath['parameters']): boolean {
  if (kind === 'action' || given === undefined) return true;
  const known = new Set(nonBindingParameters.map(({ name }) => name.toLowerCase()));
  return [...given].every((name) => known.has(name));
}

/** `microsoft.graph.getRecentActivities` is `getrecentactivities`. */
function simpleName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).toLowerCase();
}
