import type { Model } from '../../src/edm/index.js';

import { contextContradiction, contextOf } from './context-contradictions.js';
import type { Documented } from './documented.js';
import type { Finding } from './findings.js';
import { issuesOf, listed } from './issues.js';
import type { Failure } from './reasons.js';

/** An example that the service does not answer as documented, and why. */
export interface Miss {
  readonly id: string;
  /** The first segment of its URL. */
  readonly area: string;
  readonly why: string;
}

export interface Misses {
  /** Examples that do not pass. */
  readonly examples: readonly Miss[];
  /** Examples whose context differs. */
  readonly contexts: readonly Miss[];
}

/** Every example that is missed, by its id and the reason; names and places only, nothing else of the documentation. */
export function missesOf(
  findings: readonly Finding[],
  failures: readonly Failure[],
  examples: ReadonlyMap<string, Documented>,
  models: Readonly<Record<string, Model>>,
): Misses {
  const failed = new Map(failures.map((failure) => [failure.id, failure]));
  const known = findings.flatMap((finding) => {
    const example = examples.get(finding.id);
    return example === undefined ? [] : [{ finding, example, failure: failed.get(finding.id) }];
  });
  return {
    examples: known.flatMap(({ finding: { id, reason }, example, failure }) =>
      failure === undefined || reason === undefined
        ? []
        : [{ id, area: areaOf(example), why: `${reason}: ${whyItFails(example, failure)}` }],
    ),
    contexts: known.flatMap(({ finding: { id, context }, example }) =>
      context === undefined || context.pass
        ? []
        : [{ id, area: areaOf(example), why: whyItDiffers(example, models[example.version]!, failed.get(id)) }],
    ),
  };
}

function areaOf({ url }: Documented): string {
  return url.split(/[/?(]/)[1] ?? '';
}

/** What in the example disagrees with the schema, or else what the service answers instead. */
function whyItFails(example: Documented, failure: Failure): string {
  const issues = issuesOf(example);
  return (issues.length > 0 ? issues : answered(failure)).join('; ');
}

/** How shapes differ, by the scorer's words. */
const SHAPES: Readonly<Record<string, string>> = {
  null: 'null is answered for',
  'missing-prop': 'not in the answer:',
  'missing-annotation': 'not in the answer:',
  'empty-collection': 'nothing is found for',
  type: 'of another type in the answer:',
  'no body': 'the answer has no body',
  'not JSON': 'the answer is no JSON',
};

/** What the service answers, without keys of its own and its address. */
function answered({ reasons }: Failure): string[] {
  const shapes = reasons.filter(({ check }) => check === 'shape').map(({ cls, detail }) => shapeWords(cls, detail));
  const others = reasons.filter(({ check }) => check === 'routed' || check === 'status' || check === 'accepted');
  const messages = others.map(({ cls, detail }) => `${cls.slice(0, 40)} ${anonymous(detail)}`.trim());
  const effects = reasons.filter(({ check }) => check === 'effect').map(({ cls }) => cls);
  return [...new Set([...(messages.length === 0 ? [] : [messages.at(-1)!]), ...shapes, ...effects])];
}

/** Of `/value[]/a (null for string), /value[]/b (null for string)` the paths. */
function shapeWords(kind: string, detail: string): string {
  const paths = detail === '' ? [] : detail.split(', ').map((each) => `\`${each.replace(/ \(.*$/, '')}\``);
  return [SHAPES[kind] ?? kind, listed(paths)].join(' ').trim();
}

function anonymous(message: string): string {
  return message
    .replaceAll(/https?:\/\/[^/'"\s]+/g, '')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22,}/gi, '…')
    .replaceAll(/[`|<>]/g, '');
}

/** What speaks against the context, or how it is another than that of the request. */
function whyItDiffers(example: Documented, model: Model, failure: Failure | undefined): string {
  const contradiction = contextContradiction(example, model);
  if (contradiction !== undefined) return `${contradiction.name}: ${contradiction.detail}`;
  if (failure?.reasons.some(({ check }) => check === 'context') === false)
    return 'its answer is another one, as told above';
  const fragment = (contextOf(example) ?? '').replace(/^[^#]*#/, '');
  const [shown, asked] = [namesOf(fragment), namesOf(example.c.template ?? '')];
  if (fragment.startsWith('Collection(')) return `it names a type alone, the request leads through \`${asked}\``;
  if (shown !== asked) return `it leads through \`${shown}\`, the request through \`${asked}\``;
  const rawKey = /\('([^']*[^\w.~'%()-][^']*)'\)/.exec(fragment)?.[1];
  if (rawKey !== undefined) return `it has a key that is not percent-encoded: \`${rawKey}\``;
  return 'it has another list of selected and expanded properties';
}

/** A path by the names alone: `users/messages` of `/users/{}/messages` and of `users('1')/messages(subject)/$entity`. */
function namesOf(path: string): string {
  const plain = path.replaceAll(/\('[^']*'\)/g, '').replace(/\(.*$/s, '');
  return plain
    .split('/')
    .filter((segment) => segment !== '' && segment !== '{}' && !segment.startsWith('$') && segment !== '()')
    .join('/');
}
