import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { ServiceError } from '../../src/error/index.js';
import { parseExpression, parseUrl } from '../../src/url/index.js';
import { validUrls } from './arbitrary-urls.js';

const alphabet = [
  "'",
  '(',
  ')',
  '/',
  '?',
  '&',
  '=',
  '$',
  '@',
  ';',
  ',',
  ':',
  '%',
  '%27',
  '%2',
  '"',
  '[',
  '{',
  ' ',
  '+',
  '-',
  '.',
  '0',
  'a',
  'not ',
  '\0',
  '\n',
  '\ud800',
  'é',
];
const garbage = fc.array(fc.constantFrom(...alphabet), { maxLength: 60 }).map((parts) => parts.join(''));

const damagedUrls = fc
  .tuple(
    validUrls,
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 3 }), fc.constantFrom('', ...alphabet)), { minLength: 1, maxLength: 4 }),
  )
  .map(([url, edits]) =>
    edits.reduce<string>((text, [place, length, inserted]) => {
      const index = place % (text.length + 1);
      return text.slice(0, index) + inserted + text.slice(index + length);
    }, url),
  );

function expectTreeOrClientError(read: () => unknown, length = Infinity): void {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(ServiceError);
    const { status, position } = error as ServiceError;
    expect([400, 414]).toContain(status);
    if (position !== undefined) expect([position >= 0, position <= length]).toEqual([true, true]);
  }
}

describe('every text is a tree or a 400', () => {
  it('for garbage', () => {
    fc.assert(
      fc.property(garbage, (text) => {
        expectTreeOrClientError(() => parseUrl(text));
        expectTreeOrClientError(() => parseUrl(`Products?$filter=${text}`));
        expectTreeOrClientError(() => parseUrl(`Products?$expand=a(${text}`));
        expectTreeOrClientError(() => parseUrl(`Products?$search=${text}&$apply=filter(${text}`));
        expectTreeOrClientError(() => parseExpression(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('for damaged URLs, with the position inside the URL', () => {
    fc.assert(
      fc.property(damagedUrls, (url) => {
        expectTreeOrClientError(() => parseUrl(url), url.length);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('hostile texts', () => {
  const long = 16_000;
  const fill = (part: string) => part.repeat(Math.floor(long / part.length));

  it.each([
    ['parentheses', `a?$filter=${fill('(')}`],
    ['negations', `a?$filter=${fill('not ')}x`],
    ['minus signs', `a?$filter=${fill('-')}x`],
    ['arrays', `a?$filter=${fill('[')}`],
    ['objects', `a?$filter=${fill('{"a":')}`],
    ['calls', `a?$filter=${fill('tolower(')}`],
    ['lambdas', `a?$filter=${fill('a/any(x:')}`],
    ['filter steps', `a?$filter=${fill('a/$filter(')}`],
    ['counts', `a?$filter=${fill('a/$count($filter=')}`],
    ['casts', `a?$filter=${fill('cast(')}`],
    ['lists', `a?$filter=x in ${fill('(')}`],
    ['list items', `a?$filter=x in (${fill('1,')}1)`],
    ['conditions', `a?$filter=${fill('a eq 1 or ')}true`],
    ['steps', `a?$filter=${fill('a/')}a`],
    ['quotes', `a?$filter=${fill("'")}'`],
    ['cases', `a?$filter=${fill('case(')}`],
    ['expansions', `a?$expand=${fill('a($expand=')}`],
    ['selections', `a?$select=${fill('a($select=')}`],
    ['search groups', `a?$search=${fill('(')}`],
    ['search negations', `a?$search=${fill('NOT ')}`],
    ['search words', `a?$search=${fill('a ')}`],
    ['semicolons', `a?$expand=b($search=${fill('%3Ba')})`],
    ['transformations', `a?$apply=${fill('concat(')}`],
    ['unclosed parameters', fill('a(b=/')],
    ['unclosed shapes', `a?$filter=geography'SRID=0;${fill('Collection(')}'`],
    ['positions', `a?$filter=geography'SRID=0;Point(${fill('1 ')})'`],
    ['binary', `a?$filter=binary'${fill('AAAA')}!'`],
    ['enum members', `a?$filter=ns.E'${fill('A ,')}'`],
    ['digits', `a?$filter=${fill('1')}e`],
    ['options', `a?${fill('a&')}`],
    ['aliases', `a?${Array.from({ length: 2000 }, (_, index) => `@a${index}=1`).join('&')}`],
  ])('%s end quickly', (_, url) => {
    const started = performance.now();
    expectTreeOrClientError(() => parseUrl(url.slice(0, 16_384)));
    expect(performance.now() - started).toBeLessThan(250);
  });

  it('longer than the limit is 414', () => {
    expect(() => parseUrl('a'.repeat(16_385))).toThrow(expect.objectContaining({ status: 414 }));
  });
});
