import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { ServiceError } from '../../../src/error/index.js';
import { standardBatchRules } from '../../../src/protocol/batch/batch-rules.js';
import { splitParts } from '../../../src/protocol/batch/multipart.js';
import { readMultipart } from '../../../src/protocol/batch/read-multipart.js';

function split(text: string, boundary = 'b', most = 100): string[] {
  const bytes = Buffer.from(text);
  return splitParts(bytes, boundary, { start: 0, end: bytes.length }, most).map(({ start, end }) =>
    bytes.toString('utf8', start, end),
  );
}

// [RFC 2046 5.1.1] [OData-Protocol 11.7.7.1]
describe('parts of a multipart body', () => {
  it.each<[string, string, string[]]>([
    ['two parts', '--b\r\none\r\n--b\r\ntwo\r\n--b--\r\n', ['one', 'two']],
    ['bare line feeds, no line break at the end', '--b\none\n--b\ntwo\n--b--', ['one', 'two']],
    ['both kinds of line breaks', '--b\r\none\n--b\ntwo\r\n--b--\n', ['one', 'two']],
    ['no part', '--b--', []],
    ['an empty part', '--b\r\n\r\n--b--', ['']],
    ['a part without a line of its own', '--b\r\n--b--', ['']],
    ['a preamble and an epilogue', 'before --b\r\n\r\n--b\r\none\r\n--b--\r\n--b\r\nafter', ['one']],
    ['white space behind boundaries', '--b \t\r\none\r\n--b-- \r\n', ['one']],
    ['line breaks that belong to a part', '--b\r\n\r\none\r\n\r\n\r\n--b--', ['\r\none\r\n\r\n']],
    ['a boundary that begins like another', '--b\r\n--bc\r\none\r\n--bc--\r\n--b--', ['--bc\r\none\r\n--bc--']],
    ['a boundary within a line', '--b\r\na --b\r\n--b--', ['a --b']],
  ])('%s', (_name, text, parts) => expect(split(text)).toEqual(parts));

  it.each<[string, string, RegExp]>([
    ['the boundary never occurs', '--a\r\none\r\n--a--', /no line '--b'/],
    ['nothing is there', '', /no line '--b'/],
    ['the closing boundary is missing', '--b\r\none\r\n', /without the line '--b--'/],
    ['there are too many', '--b\n1\n--b\n2\n--b\n3\n--b--', /exceeds the maximum value of 2/],
  ])('are refused where %s', (_name, text, message) => {
    expect(() => split(text, 'b', 2)).toThrow(message);
    expect(() => split(text, 'b', 2)).toThrow(expect.objectContaining({ status: 400 }));
  });

  const boundary = fc.stringMatching(/^[\w'()+,./:=?-]{1,40}$/).filter((text) => !text.endsWith('--'));
  const lineBreak = fc.constantFrom('\r\n', '\n');

  it('are what was joined, whatever bytes they have', () => {
    const bytes = fc.uint8Array({ maxLength: 60 });
    fc.assert(
      fc.property(
        boundary,
        lineBreak,
        fc.array(bytes, { maxLength: 8 }),
        fc.boolean(),
        (name, end, parts, isClosed) => {
          fc.pre(parts.every((part) => !Buffer.from(part).includes(`--${name}`)));
          // A carriage return before a bare line feed would be taken for a part of the line break.
          fc.pre(end === '\r\n' || parts.every((part) => part.at(-1) !== 13));
          const joined = Buffer.concat([
            ...parts.flatMap((part) => [Buffer.from(`--${name}${end}`), Buffer.from(part), Buffer.from(end)]),
            Buffer.from(`--${name}--${isClosed ? end : ''}`),
          ]);
          const found = splitParts(joined, name, { start: 0, end: joined.length }, 100);
          expect(found.map(({ start, end }) => [...joined.subarray(start, end)])).toEqual(
            parts.map((part) => [...part]),
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  const VALID = [
    '--b\r\nContent-Type: application/http\r\nContent-ID: 1\r\n\r\nGET Books(1) HTTP/1.1\r\nAccept: application/json\r\n\r\n\r\n',
    '--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\nContent-Type: application/http\r\nContent-ID: 2\r\n\r\n',
    'POST Books HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n{"Name":"x"}\r\n--c--\r\n--b--\r\n',
  ].join('');

  function outcome(bytes: Buffer): string {
    try {
      readMultipart(bytes, 'multipart/mixed; boundary=b', standardBatchRules, 50);
      return 'read';
    } catch (error) {
      if (error instanceof ServiceError && error.status === 400) return '400';
      throw error;
    }
  }

  it('are read or refused with 400, whatever is damaged', () => {
    const damage = fc.record({
      at: fc.nat({ max: VALID.length }),
      length: fc.nat({ max: 40 }),
      text: fc.oneof(
        fc.string({ maxLength: 12 }),
        fc.constantFrom('\r\n', '\n', '--b', '--b--', '--c', ':', '\r\n\r\n'),
      ),
    });
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 4 }), (damages) => {
        let text = VALID;
        for (const { at, length, text: insertion } of damages)
          text = text.slice(0, at) + insertion + text.slice(at + length);
        expect(['read', '400']).toContain(outcome(Buffer.from(text)));
      }),
      { numRuns: 1000 },
    );
    expect(outcome(Buffer.from(VALID))).toBe('read');
  });

  it('are read or refused with 400, whatever bytes there are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        expect(['read', '400']).toContain(
          outcome(Buffer.concat([Buffer.from('--b\r\n'), noise, Buffer.from('\r\n--b--')])),
        );
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string, () => string]>([
    ['boundaries without line ends', () => '--b'.repeat(1_300_000)],
    ['half boundaries', () => '\n--b-'.repeat(800_000)],
    ['blanks behind a boundary', () => `--b${' '.repeat(4_000_000)}x`],
    [
      'change sets that do not end',
      () => `${'--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n'.repeat(80_000)}--b--`,
    ],
    ['header lines', () => `--b\n${'a: b\n'.repeat(800_000)}\n--b--`],
    ['folded header lines', () => `--b\na: b\n${' b\n'.repeat(1_300_000)}\n--b--`],
    ['blanks in a request line', () => `--b\nContent-Type: application/http\n\nGET${' '.repeat(4_000_000)}\n--b--`],
    ['line breaks before a request', () => `--b\nContent-Type: application/http\n\n${'\n'.repeat(4_000_000)}--b--`],
  ])('are looked for in linear time: %s', (_name, text) => {
    const bytes = Buffer.from(text());
    const start = performance.now();
    outcome(bytes);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
