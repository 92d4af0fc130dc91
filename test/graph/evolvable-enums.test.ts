import { describe, expect, it } from '@jest/globals';

import { loadModel } from '../../src/csdl/index.js';
import type { EnumType } from '../../src/edm/index.js';
import { writeEvolvableEnum } from '../../src/graph/evolvable-enums.js';

const { model } = loadModel({
  text: `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
    <Schema Namespace="self" xmlns="http://docs.oasis-open.org/odata/ns/edm">
      <EnumType Name="plain"><Member Name="a" Value="0" /><Member Name="b" Value="1" /></EnumType>
      <EnumType Name="evolvable">
        <Member Name="late" Value="9" /><Member Name="a" Value="0" />
        <Member Name="unknownFutureValue" Value="5" /><Member Name="b" Value="1" />
      </EnumType>
      <EnumType Name="flags" IsFlags="true">
        <Member Name="a" Value="1" /><Member Name="b" Value="2" /><Member Name="unknownFutureValue" Value="4" />
        <Member Name="c" Value="8" /><Member Name="d" Value="16" />
      </EnumType>
    </Schema></edmx:DataServices></edmx:Edmx>`,
});

const written = (type: string, member: string, ...preferences: string[]) =>
  writeEvolvableEnum(
    model.type(`self.${type}`) as EnumType,
    member,
    new Map(preferences.map((name) => [name, 'true'])),
  );

// [Graph: Best practices, evolvable enums]
describe('a member of an enumeration', () => {
  it.each([
    ['plain', 'a', 'a'],
    ['plain', 'b', 'b'],
    ['evolvable', 'a', 'a'],
    ['evolvable', 'b', 'b'],
    ['evolvable', 'unknownFutureValue', 'unknownFutureValue'],
    ['evolvable', 'late', 'unknownFutureValue'],
    ['flags', 'a,b', 'a,b'],
    ['flags', 'a,c', 'a,unknownFutureValue'],
    ['flags', 'c,d', 'unknownFutureValue'],
  ])('of %s: %s is seen as %s, unless all are asked for', (type, member, expected) => {
    expect(written(type, member)).toBe(expected);
    expect(written(type, member, 'return')).toBe(expected);
    expect(written(type, member, 'include-unknown-enum-members')).toBe(member);
  });
});
