import { describe, expect, it } from '@jest/globals';

import { loadModel } from '../../src/csdl/index.js';
import type { StructuredType } from '../../src/edm/index.js';
import { createValidator } from '../../src/validation/index.js';

import { schemaText } from '../csdl/schema-text.js';

const pattern = (text: string) => `<Annotation Term="Org.OData.Validation.V1.Pattern" String="${text}" />`;
const { model } = loadModel({
  text: schemaText(`
    <ComplexType Name="T">
      <Property Name="code" Type="Edm.String">${pattern('^[A-Z]{2}$')}</Property>
      <Property Name="codes" Type="Collection(Edm.String)" Nullable="false">${pattern('^[A-Z]{2}$')}</Property>
      <Property Name="far" Type="Edm.String" />
    </ComplexType>
    <Action Name="Call"><Parameter Name="code" Type="Edm.String">${pattern('^[A-Z]{2}$')}</Parameter></Action>
    <Annotations Target="self.T/far">${pattern('.+')}</Annotations>`),
});
const type = model.type('org.example.T') as StructuredType;
const validator = createValidator(model, { missing: 'required' });

const problemOf = (read: () => unknown): unknown => {
  try {
    read();
  } catch (error) {
    return (error as Error).message;
  }
  return undefined;
};

describe('patterns that the schema demands of strings [Validation Pattern]', () => {
  it.each([
    [{ code: 'AB' }, undefined],
    [{ code: null }, undefined],
    [{ code: 'ABC' }, "The property 'code' must match the pattern ^[A-Z]{2}$."],
    [{ code: '' }, "The property 'code' must match the pattern ^[A-Z]{2}$."],
    [{ far: '' }, "The property 'far' must match the pattern .+."],
    [{ codes: ['abc'] }, undefined],
  ])('%j', (body, problem) => {
    expect(problemOf(() => validator.read(type, body, { kind: 'update' }))).toBe(problem);
  });

  it('hold for parameters', () => {
    const [call] = model.operations('org.example.Call');
    expect(problemOf(() => validator.readParameters(call!, { code: 'AB' }))).toBeUndefined();
    expect(problemOf(() => validator.readParameters(call!, { code: 'x' }))).toBe(
      "The parameter 'code' must match the pattern ^[A-Z]{2}$.",
    );
  });

  it('hold for a property that is written alone', () => {
    const code = type.properties.get('code')!;
    const read = (value: string) =>
      problemOf(() => validator.readValue(code.reference, 'code', value, 'defaulted', code));
    expect([read('AB'), read('x')]).toEqual([undefined, "The property 'code' must match the pattern ^[A-Z]{2}$."]);
  });
});
