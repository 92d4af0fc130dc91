import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  parseExpression,
  parseOptionValue,
  parseQuery,
  parseUrl,
  printExpression,
  printQuery,
  printSearch,
  printUrl,
} from '../../src/url/index.js';
import { expressions, searches } from './arbitrary-expressions.js';
import { queries, urls, validUrls } from './arbitrary-urls.js';
import { positionless } from './positionless.js';

const limits = { maxLength: 1_000_000, maxDepth: 100, maxNodes: 100_000, maxItems: 1000 };

describe('what is printed is read as the same tree', () => {
  it('for expressions', () => {
    fc.assert(
      fc.property(expressions, (expression) => {
        expect(positionless(parseExpression(printExpression(expression), limits))).toEqual(positionless(expression));
      }),
      { numRuns: 2000 },
    );
  });

  it('for searches', () => {
    fc.assert(
      fc.property(searches, (search) => {
        expect(positionless(parseOptionValue('search', printSearch(search)))).toEqual(positionless(search));
      }),
      { numRuns: 1000 },
    );
  });

  it('for queries', () => {
    fc.assert(
      fc.property(queries, (options) => {
        expect(positionless(parseQuery(printQuery(options), limits))).toEqual(positionless(options));
      }),
      { numRuns: 500 },
    );
  });

  it('for whole URLs, which print the same again', () => {
    fc.assert(
      fc.property(urls, (tree) => {
        const text = printUrl(tree);
        const again = parseUrl(text, limits);
        expect(printUrl(again)).toBe(text);
        expect(positionless(again.options)).toEqual(positionless(tree.options));
      }),
      { numRuns: 300 },
    );
  });

  it('for URLs as clients write them', () => {
    fc.assert(
      fc.property(validUrls, (url) => {
        const tree = parseUrl(url);
        expect(positionless(parseUrl(printUrl(tree)))).toEqual(positionless(tree));
      }),
    );
  });
});
