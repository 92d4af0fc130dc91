import { describe, expect, it } from '@jest/globals';

import { bind, refusal } from './bind.js';

describe('matchesPattern [OData-URL 5.1.1.7.1]', () => {
  it.each([
    ["matchesPattern(Name,'^a.*b$')", 'matchesPattern(Name:String, ^a.*b$:String):Boolean'],
    [
      `matchesPattern(Name,'(\\d{1,3}\\.){3}\\d{1,3}')`,
      'matchesPattern(Name:String, (\\d{1,3}\\.){3}\\d{1,3}:String):Boolean',
    ],
    ["matchesPattern(Name,'(?:ab)+')", 'matchesPattern(Name:String, (?:ab)+:String):Boolean'],
    ['matchesPattern(Name,null)', 'matchesPattern(Name:String, null):Boolean'],
    ["matchesPattern(Name,'[(+*]+')", 'matchesPattern(Name:String, [(+*]+:String):Boolean'],
    ["matchesPattern(Name,'(a{2}b)*')", 'matchesPattern(Name:String, (a{2}b)*:String):Boolean'],
    ['matchesPattern(Name,Name)', 'matchesPattern(Name:String, Name:String, 500:Int32):Boolean'],
    ["matchesPattern(Name,'(?<n>a)')", 'matchesPattern(Name:String, (?<n>a):String):Boolean'],
  ])('%s', (text, bound) => {
    expect(bind(text)).toBe(bound);
  });

  it.each([
    [
      "matchesPattern(Name,'(a+)+')",
      "400 The pattern '(a+)+' has a repetition within a repetition, which is refused (position 20).",
    ],
    [
      "matchesPattern(Name,'(a|b)*')",
      "400 The pattern '(a|b)*' has a choice within a repetition, which is refused (position 20).",
    ],
    [`matchesPattern(Name,'(a)\\1')`, `400 The pattern '(a)\\1' has a back reference, which is refused (position 20).`],
    ["matchesPattern(Name,'(?=a)b')", "400 The pattern '(?=a)b' has a look-around, which is refused (position 20)."],
    [
      "matchesPattern(Name,'((a+)b)+')",
      "400 The pattern '((a+)b)+' has a repetition within a repetition, which is refused (position 20).",
    ],
    ["matchesPattern(Name,'a**')", "400 'a**' is not a regular expression (position 20)."],
    [
      'matchesPattern(Name)',
      "400 The function 'matchesPattern' does not take 1 argument: it is declared as matchesPattern(Edm.String,Edm.String) (position 0).",
    ],
    [
      "matchesPattern(Name,'(a?)*')",
      "400 The pattern '(a?)*' has a repetition within a repetition, which is refused (position 20).",
    ],
    [
      "matchesPattern(Name,'(a{1,3}){20}')",
      "400 The pattern '(a{1,3}){20}' has a repetition within a repetition, which is refused (position 20).",
    ],
    [
      "matchesPattern(Name,'(a+?)+?')",
      "400 The pattern '(a+?)+?' has a repetition within a repetition, which is refused (position 20).",
    ],
    [
      "matchesPattern(Name,'a*a*a*a*a*a*a*a*a*a*a*')",
      "400 The pattern 'a*a*a*a*a*a*a*a*a*a*a*' has too many repetitions, which is refused (position 20).",
    ],
    [
      "matchesPattern(Name,'(a*){0,}')",
      "400 The pattern '(a*){0,}' has a repetition within a repetition, which is refused (position 20).",
    ],
    [
      "matchesPattern(Name,'a{256}')",
      "400 The pattern 'a{256}' has more than 255 repetitions, which is refused (position 20).",
    ],
    [
      "matchesPattern(Name,'(?:(?:a{200}){200}){200}')",
      "400 The pattern '(?:(?:a{200}){200}){200}' has more repetitions than can be written out, which is refused (position 20).",
    ],
    [
      "matchesPattern(Name,'[\\p{L}]')",
      "400 The pattern '[\\p{L}]' has a property of characters, which is refused (position 20).",
    ],
    [
      "matchesPattern(Name,'a\\B')",
      "400 The pattern 'a\\B' has a place that is no boundary of words (\\B), which is refused (position 20).",
    ],
    [
      "matchesPattern(Name,'\\0')",
      "400 The pattern '\\0' has a NUL, which no text has, which is refused (position 20).",
    ],
    ["matchesPattern(Name,'a{2,1}')", "400 'a{2,1}' is not a regular expression (position 20)."],
    ["matchesPattern(Name,'(?<!a)b')", "400 The pattern '(?<!a)b' has a look-around, which is refused (position 20)."],
  ])('refuses %s', (text, message) => {
    expect(refusal(text)).toBe(message);
  });
});
