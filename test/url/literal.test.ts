import { describe, expect, it } from '@jest/globals';
import { parseExpression, parseQuery } from '../../src/url/index.js';
import { outline } from './outline.js';
import { refusalOf } from './refusal.js';

describe('literals [OData-URL 5.1.1.14.1]', () => {
  it.each([
    ['null', 'null:null'],
    ['True', 'boolean:true'],
    ['42', 'integer:42'],
    ['+42', 'integer:+42'],
    ['-1', 'integer:-1'],
    ['5L', 'integer:5'],
    ['3.14', 'decimal:3.14'],
    ['2.5m', 'decimal:2.5'],
    ['7M', 'decimal:7'],
    ['1e9', 'double:1e9'],
    ['3.14f', 'double:3.14'],
    ['1.5e2f', 'double:1.5e2'],
    ['1d', 'double:1'],
    ['INF', 'double:INF'],
    ['-INF', 'double:-INF'],
    ['NaN', 'double:NaN'],
    ["''", 'string:'],
    ["'O''Neil'", "string:O'Neil"],
    ["'@p'", 'string:@p'],
    ['01234567-89ab-cdef-0123-456789abcdef', 'guid:01234567-89ab-cdef-0123-456789abcdef'],
    ['ABCDEF01-89ab-cdef-0123-456789abcdef', 'guid:ABCDEF01-89ab-cdef-0123-456789abcdef'],
    ['12345678-89ab-cdef-0123-456789abcdef', 'guid:12345678-89ab-cdef-0123-456789abcdef'],
    ['2012-09-03', 'date:2012-09-03'],
    ['-10000-04-01', 'date:-10000-04-01'],
    ['2012-09-03T14:53+02:00', 'dateTimeOffset:2012-09-03T14:53+02:00'],
    ['2012-09-03T14:53:10.123z', 'dateTimeOffset:2012-09-03T14:53:10.123z'],
    ['11:22', 'timeOfDay:11:22'],
    ['11:22:33.4444444', 'timeOfDay:11:22:33.4444444'],
    ["duration'P6DT23H59M59.9S'", 'duration:P6DT23H59M59.9S'],
    ["binary'Zm9v'", 'binary:Zm9v'],
    ["geography'SRID=0;Point(142.1 64.1)'", 'geography:SRID=0;Point(142.1 64.1)'],
    ["Sales.Pattern'Solid,Yellow'", 'enum:Sales.PatternSolid,Yellow'],
    ['truename', 'truename'],
    ['nullable', 'nullable'],
    ['Null', 'Null'],
    ['abcdef01', 'abcdef01'],
  ])('%s', (text, expected) => expect(outline(parseExpression(text))).toBe(expected));

  it.each([
    '5abc',
    '1.',
    '.5',
    '1e',
    '2012-13-01',
    '2012-09-03T',
    '2012-09-03T10:00',
    '2012-09-03T24:00Z',
    '25:00:00',
    '01234567-89ab-cdef-456789abcdef',
    "'open",
    "duration'1D'",
    "duration'P'",
    "duration'P1DT'",
    "binary'a'",
    "binary'a+b/'",
    "geography'Point(1 2)'",
    "geography'SRID=0;Point(1)'",
    "geography'SRID=0;Circle(1 2)'",
    "ns.E''",
    "ns.E'a b'",
    "guid'x'",
    "X'1a2B'",
    '5x',
    '3.14ff',
  ])('refuses %s', (text) => expect(refusalOf(() => parseExpression(text)).position).toBeDefined());

  it('takes the space that a raw plus sign became for the sign of an offset', () => {
    const option = parseQuery('$filter=a%20eq%202012-09-03T14:53+02:00').filter!;
    expect(outline(option.value)).toBe('(eq a dateTimeOffset:2012-09-03T14:53+02:00)');
  });
});
