import { describe, expect, it } from '@jest/globals';

import { checkSchema, loadModel, readXml, writeCsdlJson, type Problem } from '../../src/csdl/index.js';

import { schemaText } from './schema-text.js';

const ENTITY =
  '<EntityType Name="E"><Key><PropertyRef Name="id" /></Key><Property Name="id" Type="Edm.String" Nullable="false" /></EntityType>';
const CONTAINER = '<EntityContainer Name="C"><EntitySet Name="Es" EntityType="self.E" /></EntityContainer>';

function check(text: string): readonly Problem[] {
  const { model, positions } = loadModel({ text, file: 'x.xml' });
  return checkSchema(model, positions);
}

/** The problems of a schema that has a container anyway, as `line severity: message`. */
function problemsOf(content: string, before = ''): string[] {
  const text = schemaText(`${content}${content.includes('<EntityContainer') ? '' : CONTAINER + ENTITY}`, { before });
  return check(text).map(({ line, severity, message }) => `${line} ${severity}: ${message}`);
}

const cases: [title: string, content: string, expected: string[]][] = [
  ['nothing wrong', '', []],
  // Types
  [
    'a property of an unknown type',
    '<ComplexType Name="T">\n<Property Name="p" Type="self.Colour" />\n</ComplexType><EnumType Name="Color"><Member Name="A" /></EnumType>',
    [
      "3 error: The type of 'p' of 'org.example.T' is 'self.Colour', which does not exist. Did you mean 'org.example.Color'?",
    ],
  ],
  [
    'a property of an unknown type of Edm',
    '<ComplexType Name="T"><Property Name="p" Type="Edm.DateTime" /></ComplexType>',
    ["2 error: The type of 'p' of 'org.example.T' is 'Edm.DateTime', which is no type of the namespace Edm."],
  ],
  [
    'a pattern that is no regular expression, by a full name, and one that is',
    '<ComplexType Name="T">\n<Property Name="p" Type="Edm.String"><Annotation Term="Org.OData.Validation.V1.Pattern" String="(" /></Property><Property Name="q" Type="Edm.String"><Annotation Term="Org.OData.Validation.V1.Pattern" String="[\\w-.]+" /></Property></ComplexType>',
    ["3 error: The pattern '(' is not a regular expression."],
  ],
  [
    'a structural property of an entity type',
    '<ComplexType Name="T"><Property Name="p" Type="self.E" /></ComplexType>',
    ["2 error: The type of 'p' of 'org.example.T' is 'self.E', which is a declaration of kind EntityType."],
  ],
  [
    'a navigation property to a complex type',
    '<ComplexType Name="T"><NavigationProperty Name="p" Type="self.T" /></ComplexType>',
    ["2 error: The type of 'p' of 'org.example.T' is 'self.T', which is a declaration of kind ComplexType."],
  ],
  [
    'an unknown base type',
    '\n\n<ComplexType Name="T" BaseType="self.Bass" />',
    ["4 error: The base type of 'org.example.T' is 'self.Bass', which does not exist."],
  ],
  [
    'a base type of another kind',
    '<ComplexType Name="T" BaseType="self.E" />',
    ["2 error: The base type of 'org.example.T' is 'self.E', which is a declaration of kind EntityType."],
  ],
  [
    'base types in a cycle',
    '<ComplexType Name="A" BaseType="self.B" />\n<ComplexType Name="B" BaseType="self.A" />\n<ComplexType Name="D" BaseType="self.A" />',
    [
      "2 error: The base types of 'org.example.A' form a cycle.",
      "3 error: The base types of 'org.example.B' form a cycle.",
    ],
  ],
  [
    'a property that a base type has',
    '<EntityType Name="D" BaseType="self.E">\n<Property Name="id" Type="Edm.String" Nullable="false" /></EntityType>',
    ["3 warning: The property 'id' of 'org.example.D' is also declared by a base type."],
  ],
  [
    'a type definition over something else',
    '<TypeDefinition Name="T" UnderlyingType="self.E" />',
    ["2 error: The underlying type of 'org.example.T' is 'self.E', which is not primitive."],
  ],
  [
    'a term of an unknown type',
    '<Term Name="T" Type="self.Thing" />',
    ["2 error: The type of the term 'org.example.T' is 'self.Thing', which does not exist."],
  ],
  // Names
  [
    'a property that is declared twice',
    '<ComplexType Name="T">\n<Property Name="p" Type="Edm.String" />\n<Property Name="p" Type="Edm.Int32" /></ComplexType>',
    ["4 error: 'p' is declared twice; the second declaration is ignored."],
  ],
  [
    'a type that is declared twice',
    '<ComplexType Name="T" />\n<EnumType Name="T" />',
    ["3 error: 'T' is declared twice; the second declaration is ignored."],
  ],
  [
    'an annotation that is given twice',
    '<Annotations Target="self.E">\n<Annotation Term="a.T" />\n<Annotation Term="a.T" /></Annotations>',
    ['4 warning: @a.T is given twice; the second one is ignored.'],
  ],
  [
    'a type and an action of one name',
    '<ComplexType Name="image" />\n<Action Name="image" />',
    ["3 warning: 'image' is the name of an operation and of something else in the schema."],
  ],
  [
    'an attribute that does not exist',
    '<ComplexType Name="T" OpenTyp="true" />',
    ["2 warning: <ComplexType> has no attribute 'OpenTyp'; it is ignored. Did you mean 'OpenType'?"],
  ],
  // Keys
  [
    'a key property that does not exist',
    '<EntityType Name="T">\n<Key><PropertyRef Name="ident" /></Key><Property Name="idend" Type="Edm.String" Nullable="false" /></EntityType>',
    ["3 error: The key of 'org.example.T' names 'ident', which does not exist. Did you mean 'idend'?"],
  ],
  [
    'a key property that may be null',
    '<EntityType Name="T">\n<Key><PropertyRef Name="id" /></Key><Property Name="id" Type="Edm.String" /></EntityType>',
    ["3 error: The key of 'org.example.T' names 'id', which may be null."],
  ],
  [
    'key properties that are no keys',
    '<EntityType Name="T">\n<Key><PropertyRef Name="a" /><PropertyRef Name="b" /><PropertyRef Name="c" /></Key>' +
      '<Property Name="a" Type="Edm.Double" Nullable="false" /><Property Name="b" Type="Collection(Edm.String)" Nullable="false" />' +
      '<Property Name="c" Type="self.C1" Nullable="false" /></EntityType><ComplexType Name="C1" />',
    ['a', 'b', 'c'].map(
      (name) => `3 error: The key of 'org.example.T' names '${name}', which is not of a type for keys.`,
    ),
  ],
  [
    'a key in a complex property',
    '<EntityType Name="T"><Key><PropertyRef Name="c/id" Alias="cid" /></Key><Property Name="c" Type="self.C1" Nullable="false" />' +
      '</EntityType><ComplexType Name="C1"><Property Name="id" Type="Edm.Int32" Nullable="false" /></ComplexType>',
    [],
  ],
  ['an empty key', '<EntityType Name="T"><Key /></EntityType>', ["2 error: The key of 'org.example.T' is empty."]],
  [
    'a second key',
    '<EntityType Name="T" BaseType="self.E">\n<Key><PropertyRef Name="n" /></Key><Property Name="n" Type="Edm.Int32" Nullable="false" /></EntityType>',
    ["3 warning: 'org.example.T' declares a key although a base type has one."],
  ],
  // Enumerations
  [
    'enumeration members with the same value',
    '<EnumType Name="T">\n<Member Name="A" Value="1" />\n<Member Name="B" Value="1" /></EnumType>',
    ["4 warning: 'B' in 'org.example.T' has the same value as 'A'."],
  ],
  [
    'an enumeration value out of range',
    '<EnumType Name="T" UnderlyingType="Edm.Byte">\n<Member Name="A" Value="256" /></EnumType>',
    ["3 error: The value of 'A' in 'org.example.T' is out of the range of Edm.Byte."],
  ],
  [
    'an enumeration over strings',
    '<EnumType Name="T" UnderlyingType="Edm.String"><Member Name="A" Value="1" /></EnumType>',
    ["2 error: The underlying type of 'org.example.T' is 'Edm.String', which is no integer type for enumerations."],
  ],
  // Operations
  [
    'a bound operation without parameters',
    '<Action Name="a" IsBound="true" />',
    ["2 error: The bound action 'org.example.a' has no binding parameter."],
  ],
  [
    'a function without return type',
    '<Function Name="f" />',
    ["2 error: The function 'org.example.f' has no return type."],
  ],
  [
    'unknown types of parameters and results',
    '<Function Name="f">\n<Parameter Name="p" Type="self.Unknown" />\n<ReturnType Type="Collection(self.Missing)" /></Function>',
    [
      "3 error: The type of the parameter 'p' of 'org.example.f' is 'self.Unknown', which does not exist.",
      "4 error: The return type of 'org.example.f' is 'self.Missing', which does not exist.",
    ],
  ],
  [
    'two parameters of one name',
    '<Action Name="a"><Parameter Name="p" Type="Edm.String" />\n<Parameter Name="p" Type="Edm.String" /></Action>',
    ["3 error: 'org.example.a' has two parameters 'p'."],
  ],
  [
    'an entity set path from nowhere',
    '<Function Name="f" IsBound="true" EntitySetPath="that/es"><Parameter Name="it" Type="self.E" /><ReturnType Type="self.E" /></Function>',
    ["2 warning: The entity set path 'that/es' of 'org.example.f' does not start with the binding parameter."],
  ],
  [
    'two overloads that nothing tells apart',
    '<Action Name="a" IsBound="true"><Parameter Name="it" Type="self.E" /></Action>\n' +
      '<Action Name="a" IsBound="true"><Parameter Name="that" Type="org.example.E" /><Parameter Name="p" Type="Edm.String" /></Action>',
    ["3 warning: 'org.example.a' has two overloads with the same parameters."],
  ],
  [
    'an action and a function of one name',
    '<Action Name="a" />\n<Function Name="a"><ReturnType Type="Edm.String" /></Function>',
    ["2 warning: 'org.example.a' is both an action and a function."],
  ],
  // Navigation
  [
    'a partner that does not exist',
    '<ComplexType Name="T">\n<NavigationProperty Name="n" Type="self.E" Partner="back" /></ComplexType>',
    ["3 warning: The partner of 'n' of 'org.example.T' is 'back', which 'org.example.E' does not have."],
  ],
  [
    'partners that do not agree',
    '<EntityType Name="A">\n<NavigationProperty Name="b" Type="self.B" Partner="a" />\n<NavigationProperty Name="b2" Type="self.B" Partner="a" /></EntityType>' +
      '<EntityType Name="B"><NavigationProperty Name="a" Type="self.A" Partner="b" /></EntityType>',
    ["4 warning: The partner of 'b2' of 'org.example.A' is 'a', whose partner is 'b'."],
  ],
  [
    'a partner that leads elsewhere',
    '<EntityType Name="A">\n<NavigationProperty Name="b" Type="self.B" Partner="e" /></EntityType>' +
      '<EntityType Name="B"><NavigationProperty Name="e" Type="self.E" /></EntityType>',
    ["3 warning: The partner of 'b' of 'org.example.A' is 'e', which leads to 'org.example.E'."],
  ],
  [
    'a referential constraint without its properties',
    '<EntityType Name="A">\n<NavigationProperty Name="e" Type="self.E"><ReferentialConstraint Property="eid" ReferencedProperty="key" /></NavigationProperty></EntityType>',
    [
      "3 warning: A referential constraint of 'e' of 'org.example.A' names 'eid', which 'org.example.A' does not have.",
      "3 warning: A referential constraint of 'e' of 'org.example.A' names 'key', which 'org.example.E' does not have.",
    ],
  ],
  // Containers
  [
    'an entity set of an unknown type',
    '<EntityContainer Name="C">\n<EntitySet Name="S" EntityType="self.Eh" /></EntityContainer>' + ENTITY,
    ["3 error: The type of the entity set 'S' is 'self.Eh', which does not exist. Did you mean 'org.example.E'?"],
  ],
  [
    'an entity set of a complex type',
    '<EntityContainer Name="C">\n<EntitySet Name="S" EntityType="self.T" /></EntityContainer><ComplexType Name="T" />',
    ["3 error: The type of the entity set 'S' is 'self.T', which is a declaration of kind ComplexType."],
  ],
  [
    'an entity set without key, of an abstract type',
    '<EntityContainer Name="C">\n<EntitySet Name="S" EntityType="self.T" />\n<Singleton Name="one" Type="self.T" /></EntityContainer><EntityType Name="T" Abstract="true" />',
    [
      "3 warning: The entity set 'S' is of the abstract type 'org.example.T'.",
      "3 error: The entity set 'S' is of the type 'org.example.T', which has no key.",
    ],
  ],
  [
    'bindings that lead nowhere',
    `<EntityContainer Name="C"><EntitySet Name="S" EntityType="self.T">
<NavigationPropertyBinding Path="es" Target="Es" />
<NavigationPropertyBinding Path="self.D/deep" Target="C/Es" />
<NavigationPropertyBinding Path="ess" Target="Es" />
<NavigationPropertyBinding Path="self.D/deep/self.E" Target="one/es" />
</EntitySet><EntitySet Name="Es" EntityType="self.E" /><Singleton Name="one" Type="self.T" /></EntityContainer>
<EntityType Name="T" BaseType="self.E"><NavigationProperty Name="es" Type="Collection(self.E)" /></EntityType>
<EntityType Name="D" BaseType="self.T"><NavigationProperty Name="deep" Type="self.E" /></EntityType>${ENTITY}`,
    [
      "4 warning: A binding of the entity set 'S' has the target 'C/Es', which does not exist. Did you mean 'S'?",
      "5 warning: A binding of the entity set 'S' has the path 'ess', which is no navigation property. Did you mean 'es'?",
    ],
  ],
  [
    'imports of what does not exist or is bound',
    `<EntityContainer Name="C"><EntitySet Name="Es" EntityType="self.E" />
<ActionImport Name="a" Action="self.logof" />
<ActionImport Name="b" Action="self.bound" />
<FunctionImport Name="f" Function="self.find" EntitySet="E" />
</EntityContainer><Action Name="logoff" /><Action Name="bound" IsBound="true"><Parameter Name="it" Type="self.E" /></Action>
<Function Name="find"><ReturnType Type="self.E" /></Function>${ENTITY}`,
    [
      "3 error: The action import 'a' refers to 'self.logof', which does not exist. Did you mean 'org.example.logoff'?",
      "4 error: The action import 'b' refers to 'self.bound', which has no unbound overload.",
      "5 warning: The function import 'f' has the target 'E', which does not exist. Did you mean 'Es'?",
    ],
  ],
  [
    'a container that extends nothing',
    '<EntityContainer Name="C" Extends="self.Base" />',
    ["2 error: What 'org.example.C' extends is 'self.Base', which does not exist."],
  ],
  // Annotations
  [
    'annotation targets',
    'E E/id C C/Es C/Es/id a a(self.E) a(self.E)/it f(self.E,Edm.String) f(self.E,Edm.String)/$ReturnType En/A E/id/@a.T Eh E/idd a(Edm.String) f(self.E) f/other En/B C/Ess'
      .split(' ')
      .map((target) => `<Annotations Target="self.${target}"><Annotation Term="a.T" /></Annotations>`)
      .join('\n') +
      '<Action Name="a" IsBound="true"><Parameter Name="it" Type="self.E" /><Parameter Name="p" Type="Edm.String" /></Action>' +
      '<Function Name="f" IsBound="true"><Parameter Name="it" Type="self.E" /><Parameter Name="p" Type="Edm.String" /><ReturnType Type="self.E" /></Function>' +
      '<EnumType Name="En"><Member Name="A" /></EnumType>',
    [
      "14 warning: The annotation target 'self.Eh' does not exist. Did you mean 'org.example.En'?",
      "15 warning: The annotation target 'self.E/idd' does not exist. Did you mean 'id'?",
      "16 warning: The annotation target 'self.a(Edm.String)' does not exist.",
      "17 warning: The annotation target 'self.f(self.E)' does not exist.",
      "18 warning: The annotation target 'self.f/other' does not exist.",
      "19 warning: The annotation target 'self.En/B' does not exist. Did you mean 'A'?",
      "20 warning: The annotation target 'self.C/Ess' does not exist. Did you mean 'Es'?",
    ],
  ],
];

describe('checkSchema', () => {
  it.each(cases)('%s', (_, content, expected) => {
    expect(problemsOf(content)).toEqual(expected);
  });

  it('takes what stands in unloaded documents for granted, but says so of types', () => {
    const before =
      '<edmx:Reference Uri="core"><edmx:Include Namespace="Org.OData.Core.V1" Alias="Core" /></edmx:Reference>';
    const content =
      '<ComplexType Name="T">\n<Property Name="p" Type="Core.Tag" /><Annotation Term="Core.Anything" /></ComplexType>' +
      '<Annotations Target="Core.Description"><Annotation Term="a.T" /></Annotations>';
    expect(problemsOf(content, before)).toEqual([
      "3 warning: The type of 'p' of 'org.example.T' is 'Core.Tag', which stands in a referenced document that was not loaded.",
    ]);
  });

  it('misses the entity container', () => {
    expect(check(schemaText(ENTITY))).toEqual([
      {
        severity: 'warning',
        file: 'x.xml',
        line: 1,
        message: 'There is no entity container, so that nothing can be served.',
      },
    ]);
    const { model } = loadModel({ text: '{"$Version":"4.01","$EntityContainer":"a.b.C","a.b":{}}', file: 'x.json' });
    expect(checkSchema(model)).toEqual([
      { severity: 'error', file: 'metadata', message: "$EntityContainer is 'a.b.C', which does not exist." },
    ]);
  });

  it('finds namespaces of two documents', () => {
    const { model, positions } = loadModel([
      { text: schemaText(CONTAINER + ENTITY), file: 'a.xml' },
      { text: schemaText(''), file: 'b.xml' },
    ]);
    expect(checkSchema(model, positions)).toMatchObject([
      { file: 'b.xml', line: 1, message: "The namespace or alias 'org.example' is declared twice." },
      { file: 'b.xml', line: 1, message: "The namespace or alias 'self' is declared twice." },
    ]);
  });

  it('knows the file, if not the line, of JSON documents', () => {
    const text = writeCsdlJson(readXml(schemaText(CONTAINER + '<EntityType Name="E" />')));
    const { model, positions } = loadModel({ text, file: 'x.json' });
    expect(checkSchema(model, positions)).toEqual([
      {
        severity: 'error',
        file: 'x.json',
        message: "The entity set 'Es' is of the type 'org.example.E', which has no key.",
      },
    ]);
  });
});
