import { describe, expect, it } from '@jest/globals';

import { Model, type CsdlDocument } from '../../src/edm/index.js';

import type { Documented } from './documented.js';
import type { Finding } from './findings.js';
import { issuesOf } from './issues.js';
import { missesOf } from './misses.js';
import type { Failure } from './reasons.js';
import { missesText } from './write-misses.js';

const csdl: CsdlDocument = {
  $Version: '4.01',
  $EntityContainer: 'demo.Service',
  demo: {
    person: { $Kind: 'EntityType', $Key: ['id'], id: {}, name: { $Nullable: true } },
    Service: { $Kind: 'EntityContainer', people: { $Collection: true, $Type: 'demo.person' } },
  },
};
const models = { beta: new Model([csdl]) };
const AT = 'https://graph.microsoft.com/beta/$metadata';

function example(id: string, c: Partial<Documented['c']> = {}, body: object = {}): Documented {
  const classified = { kind: 'entity', type: 'demo.person', template: '/people/{}', ...c };
  return { id, version: 'beta', method: 'GET', url: '/people/1', response: { status: 200, body }, c: classified };
}
const failure = (id: string, ...reasons: [check: string, cls: string, detail: string][]): Failure => ({
  id,
  status: 200,
  reasons: reasons.map(([check, cls, detail]) => ({ check, cls, detail })),
});
const finding = (id: string, more: Partial<Finding> = {}): Finding => ({
  id,
  pass: false,
  contradictions: [],
  gaps: [],
  ...more,
});

function missesIn(documented: Documented[], findings: Finding[], failures: Failure[]) {
  return missesOf(findings, failures, new Map(documented.map((each) => [each.id, each])), models);
}

describe('where an example and the schema disagree', () => {
  it.each<[Partial<Documented['c']>, string[]]>([
    [{}, []],
    [{ methodFits: false }, ['request: no GET at `/people/{}`']],
    [{ queryIssues: [{ option: 'filter', issue: 'no-dollar' }] }, ['query: `filter` written without `$`']],
    [
      { bodyIssues: [{ path: '/a[3]/b', issue: 'unknown-property', detail: 'b of demo.person' }] },
      ['body: `/a[]/b` no property `b` in `demo.person`'],
    ],
    [
      {
        responseIssues: [
          { path: '/b', issue: 'property-only-on-derived-type', detail: 'b of demo.c, @odata.type missing' },
        ],
      },
      ['answer: `/b` no property `b` in `demo.c` without `@odata.type`'],
    ],
    [
      { responseIssues: [{ path: '/b', issue: 'wrong-json-type', detail: 'boolean expected, string given' }] },
      ['answer: `/b` declared as boolean, shown as string'],
    ],
    [
      { responseIssues: [{ path: '/b', issue: 'bad-literal', detail: 'Some text (of the page) for Edm.Guid' }] },
      ['answer: `/b` text that is no Edm.Guid'],
    ],
    [
      { bodyIssues: [{ path: '/b', issue: 'bad-enum-member', detail: 'what, and <more> of demo.color' }] },
      ['body: `/b` no member of that text in `demo.color`'],
    ],
    [{ bodyIssues: [{ path: '/b', issue: 'enum-member-case', detail: 'Red of demo.color' }] }, []],
    [
      {
        bodyIssues: [1, 2, 2, 3, 4, 5].map((n) => ({
          path: `/b${String(n)}`,
          issue: 'null-not-allowed',
          detail: 'Edm.Guid',
        })),
      },
      [
        'body: `/b1` null where Edm.Guid must have a value, `/b2` null where Edm.Guid must have a value, ' +
          '`/b3` null where Edm.Guid must have a value, 2 more',
      ],
    ],
  ])('%j: %j', (c, expected) => {
    expect(issuesOf(example('a', c))).toEqual(expected);
  });
});

describe('misses', () => {
  it('name the member that the schema does not have rather than what the service answers', () => {
    const c = { responseIssues: [{ path: '/b', issue: 'unknown-property', detail: 'b of demo.person' }] };
    const { examples } = missesIn(
      [example('a', c)],
      [finding('a', { reason: 'a reason' })],
      [failure('a', ['shape', 'missing-prop', '/b'])],
    );
    expect(examples).toEqual([
      { id: 'a', area: 'people', why: 'a reason: answer: `/b` no property `b` in `demo.person`' },
    ]);
  });

  it.each<[Failure['reasons'][number], string]>([
    [
      { check: 'shape', cls: 'null', detail: '/a (null for string), /b (null for string)' },
      'null is answered for `/a`, `/b`',
    ],
    [{ check: 'shape', cls: 'empty-collection', detail: '/value' }, 'nothing is found for `/value`'],
    [{ check: 'shape', cls: 'no body', detail: '' }, 'the answer has no body'],
    [
      { check: 'status', cls: '404 for 200', detail: 'Resource … does not exist.' },
      '404 for 200 Resource … does not exist.',
    ],
    [
      {
        check: 'accepted',
        cls: '400',
        detail: "There is no 'http://127.0.0.1:41234/beta/a/12345678-1234-4123-8123-123456789abc'.",
      },
      "400 There is no '/beta/a/…'.",
    ],
  ])('tell what is answered: %j', (reason, expected) => {
    const { examples } = missesIn(
      [example('a')],
      [finding('a', { reason: 'a reason' })],
      [failure('a', [reason.check, reason.cls, reason.detail])],
    );
    expect(examples.map(({ why }) => why)).toEqual([`a reason: ${expected}`]);
  });

  it.each<[string, string, string]>([
    ['#Me', '/people/{}', 'it names what the schema does not have there: no set or singleton `Me`'],
    ['#people/$entity', '/me', 'it leads through `people`, the request through `me`'],
    ['#people(name)/$entity', '/people/{}', 'it has another list of selected and expanded properties'],
    [
      "#people('1')/demo.person/$entity",
      '/people/{}',
      'it leads through `people/demo.person`, the request through `people`',
    ],
  ])('tell how a context %s differs at %s: %s', (fragment, template, why) => {
    const documented = example('a', { template }, { '@odata.context': `${AT}${fragment}` });
    const { contexts } = missesIn([documented], [finding('a', { pass: true, context: { pass: false } })], []);
    expect(contexts).toEqual([{ id: 'a', area: 'people', why }]);
  });

  it('are none where an example passes and its context is as documented', () => {
    const findings = [finding('a', { pass: true, context: { pass: true } }), finding('unknown', { reason: 'x' })];
    expect(missesIn([example('a')], findings, [])).toEqual({ examples: [], contexts: [] });
  });

  it('are written sorted, whatever their order', () => {
    const misses = ['b', 'a', 'c'].map((id) => ({ id, area: id === 'c' ? 'users' : 'me', why: 'x' }));
    const text = missesText({ examples: misses, contexts: [] });
    expect(text).toBe(missesText({ examples: misses.toReversed(), contexts: [] }));
    expect(text).toMatch(/### me \(2\)\n\n- `a`: x\n- `b`: x\n\n### users \(1\)\n\n- `c`: x\n/);
  });
});
