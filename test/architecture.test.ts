import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from '@jest/globals';

/** What each layer may import, lowest first; a `type` one by `import type` alone, so that it is never loaded. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  error: [],
  edm: ['error'],
  csdl: ['edm', 'error'],
  url: ['error'],
  plan: ['url', 'edm', 'error'],
  validation: ['edm', 'error'],
  store: ['plan', 'edm', 'error'],
  behavior: ['type store', 'plan', 'edm', 'error'],
  protocol: ['behavior', 'type store', 'validation', 'plan', 'url', 'edm', 'error'],
  service: ['protocol', 'behavior', 'seed', 'type store', 'validation', 'plan', 'url', 'edm', 'error'],
  seed: ['type store', 'validation', 'plan', 'url', 'edm', 'error'],
  graph: ['protocol', 'behavior', 'plan', 'edm', 'error'],
  testing: ['service', 'graph', 'seed', 'store', 'csdl'],
  nest: ['service', 'control', 'graph', 'seed', 'store', 'csdl', 'type protocol', 'type behavior', 'error'],
  control: ['type service', 'seed', 'type store', 'edm', 'error'],
  identity: ['graph', 'type store', 'error'],
  cli: ['nest', 'csdl', 'graph', 'protocol', 'behavior', 'error', 'type service', 'type edm'],
  main: ['cli'],
  index: ['nest', 'service', 'testing', 'graph', 'seed', 'protocol', 'behavior', 'store', 'csdl', 'edm', 'error'],
};

/** The layers that may import a package; Node's own modules are free, but for the server's. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  typeorm: ['store'],
  pg: ['store'],
  libsql: ['store'],
  'class-validator': ['validation', 'control'],
  'lossless-json': ['edm'],
  saxes: ['csdl'],
  '@nestjs': ['nest', 'control', 'cli'],
  'reflect-metadata': ['nest'],
  'node:http': ['nest', 'control', 'cli'],
  'node:net': ['nest', 'cli'],
};

const SERVED_WORDS = /remoteActionAudit|deviceManagement/i;
/** The grammar may be longer than the rest. */
const maximumLines = (path: string): number => (layerOf(path) === 'url' ? 600 : 400);

interface Import {
  readonly from: string;
  readonly to: string;
  readonly isType: boolean;
}

const SOURCE = fileURLToPath(new URL('../src/', import.meta.url));
const texts = new Map(
  readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .toSorted()
    .map((path) => [path.replaceAll('\\', '/'), readFileSync(join(SOURCE, path), 'utf8')] as const),
);
const imports = [...texts].flatMap(([from, text]) => importsOf(from, text));

/** A module's imports by path below `src`, or by package. Example: `plan/target.ts` to `edm/index.ts`. */
function importsOf(from: string, text: string): Import[] {
  const declarations = text.matchAll(/^(?:im|ex)port (type )?(?:(?:[\w$*]|, | as |\{[^}]*\})+ from )?'([^']+)'/gm);
  const expressions = text.matchAll(/(?:(await) )?\bimport\('([^']+)'\)/g);
  return [
    ...[...declarations].map(([, type, to]) => ({ from, to: resolved(from, to!), isType: type !== undefined })),
    ...[...expressions].map(([, wait, to]) => ({ from, to: resolved(from, to!), isType: wait === undefined })),
  ];
}

function resolved(from: string, to: string): string {
  if (!to.startsWith('.')) return to;
  return relative(SOURCE, join(SOURCE, dirname(from), to))
    .replaceAll('\\', '/')
    .replace(/\.js$/, '.ts');
}

function layerOf(path: string): string {
  return path.split('/', 1)[0]!.replace(/\.ts$/, '');
}

/** `plan/target.ts -> edm/index.ts` of the imports that break a rule. */
function offences(breaks: (each: Import) => boolean): string[] {
  return imports.filter(breaks).map(({ from, to, isType }) => `${from} -> ${isType ? 'type ' : ''}${to}`);
}

const isOwn = ({ to }: Import): boolean => to.endsWith('.ts');
const crosses = (each: Import): boolean => isOwn(each) && layerOf(each.from) !== layerOf(each.to);

describe('imports', () => {
  it('were found', () => {
    expect(imports.filter(isOwn).length).toBeGreaterThan(texts.size);
    expect(offences((each) => isOwn(each) && !texts.has(each.to))).toEqual([]);
  });

  it('follow the order of the layers', () => {
    const isForbidden = ({ from, to, isType }: Import): boolean => {
      const allowed = LAYERS[layerOf(from)] ?? [];
      return !allowed.includes(layerOf(to)) && !(isType && allowed.includes(`type ${layerOf(to)}`));
    };
    expect(offences((each) => crosses(each) && isForbidden(each))).toEqual([]);
  });

  it('enter another layer by its door, and never the own one', () => {
    const isDoor = (path: string): boolean => /^\w+(\/index)?\.ts$/.test(path);
    expect(offences((each) => crosses(each) && !isDoor(each.to))).toEqual([]);
    expect(offences((each) => !crosses(each) && each.to === `${layerOf(each.from)}/index.ts`)).toEqual([]);
  });

  it('of packages stay in the layer that wraps them', () => {
    const isForbidden = ({ from, to }: Import): boolean => {
      const name = to.startsWith('@') ? to.split('/', 1)[0]! : to;
      return !(PACKAGES[name]?.includes(layerOf(from)) ?? name.startsWith('node:'));
    };
    expect(offences((each) => !isOwn(each) && isForbidden(each))).toEqual([]);
  });

  it('lead from operations to writes, and not back', () => {
    const isBack = ({ from, to }: Import): boolean =>
      from.startsWith('protocol/writes/') && to.startsWith('protocol/operations/');
    expect(offences(isBack)).toEqual([]);
  });

  it('make no circle', () => {
    expect(circles()).toEqual([]);
  });
});

describe('the table in CONTRIBUTING.md', () => {
  const layers = new Set([...texts.keys()].map(layerOf));
  const rows = readFileSync(join(SOURCE, '../CONTRIBUTING.md'), 'utf8').matchAll(
    /^\| `(\w+)(?:\/|\.ts)` +\|[^|]+\| ([^|]+?) +\|$/gm,
  );

  it('names the layers and what they may import', () => {
    const allowed = Object.entries(LAYERS)
      .filter(([layer]) => layers.has(layer))
      .map(([layer, names]) => [layer, names.filter((name) => layers.has(name.replace('type ', ''))).toSorted()]);
    const documented = [...rows].map(([, layer, names]) => [layer, namesOf(names!).toSorted()]);
    expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(allowed));
  });

  /** `store (types), plan` is `type store` and `plan`. */
  function namesOf(text: string): string[] {
    if (text === 'nothing') return [];
    return text.split(', ').map((name) => name.replace(/^(\w+) \(types\)$/, 'type $1'));
  }
});

describe('source files', () => {
  it('belong to a layer of the table', () => {
    expect([...texts.keys()].filter((path) => !(layerOf(path) in LAYERS))).toEqual([]);
  });

  it('know nothing of what is served, but for the Graph folder', () => {
    const knowing = [...texts].filter(([path, text]) => layerOf(path) !== 'graph' && SERVED_WORDS.test(text));
    expect(knowing.map(([path]) => path)).toEqual([]);
  });

  it('are short', () => {
    const lines = [...texts].map(([path, text]) => [path, text.split('\n').length - 1] as const);
    expect(lines.filter(([path, count]) => count > maximumLines(path))).toEqual([]);
  });
});

/** Files that load each other, found by depth-first search; what is imported as a type is not loaded. */
function circles(): string[] {
  const loads = imports.filter((each) => isOwn(each) && !each.isType);
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) found.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
    if (trail.includes(path) || done.has(path)) return;
    for (const { from, to } of loads) if (from === path) visit(to, [...trail, path]);
    done.add(path);
  };
  for (const path of texts.keys()) visit(path, []);
  return found;
}
