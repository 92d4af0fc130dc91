import { isCsdlObject, type CsdlObject, type CsdlValue } from '../../edm/index.js';

import { declaredMembers, declaredObjects, objectsOf, textOf } from '../members.js';
import { AnnotationWriter } from './annotation.js';
import type { Declarations } from './declarations.js';
import { defaultText, facetAttributes, typedAttributes, typeName } from './type-and-facets.js';
import type { Attributes, XmlText } from './xml-text.js';

/** Writes the `Schema` elements of a document. [CSDL-XML 5] */
export class SchemaWriter {
  readonly #xml: XmlText;
  readonly #declarations: Declarations;
  readonly #annotations: AnnotationWriter;

  constructor(xml: XmlText, declarations: Declarations, annotations: AnnotationWriter) {
    this.#xml = xml;
    this.#declarations = declarations;
    this.#annotations = annotations;
  }

  schema(namespace: string, json: CsdlObject, xmlns: string): void {
    const attributes: Attributes = [
      ['Namespace', namespace],
      ['Alias', textOf(json['$Alias'])],
      ['xmlns', xmlns],
    ];
    this.#xml.element('Schema', attributes, () => {
      for (const [name, declaration] of declaredMembers(json)) this.#declaration(name, declaration);
      const groups = json['$Annotations'];
      if (isCsdlObject(groups))
        for (const [target, group] of Object.entries(groups)) this.#annotationGroup(target, group);
      this.#annotations.annotations(json);
    });
  }

  #declaration(name: string, json: CsdlValue): void {
    if (Array.isArray(json)) {
      for (const overload of json as readonly CsdlValue[]) this.#declaration(name, overload);
    } else if (isCsdlObject(json)) {
      switch (json['$Kind']) {
        case 'EntityType':
        case 'ComplexType':
          return this.#structuredType(name, json);
        case 'EnumType':
          return this.#enumType(name, json);
        case 'TypeDefinition':
          return this.#typeDefinition(name, json);
        case 'Term':
          return this.#term(name, json);
        case 'Action':
        case 'Function':
          return this.#operation(name, json);
        case 'EntityContainer':
          return this.#container(name, json);
      }
    }
  }

  /** [CSDL-XML 6, 9] */
  #structuredType(name: string, json: CsdlObject): void {
    const attributes: Attributes = [
      ['Name', name],
      ['BaseType', textOf(json['$BaseType'])],
      ['Abstract', flag(json['$Abstract'])],
      ['OpenType', flag(json['$OpenType'])],
      ['HasStream', flag(json['$HasStream'])],
    ];
    this.#xml.element(String(json['$Kind']), attributes, () => {
      this.#key(json['$Key']);
      for (const [member, property] of declaredObjects(json)) {
        if (property['$Kind'] === 'NavigationProperty') this.#navigationProperty(member, property);
        else this.#typed('Property', member, property, [['DefaultValue', defaultText(property)]]);
      }
      this.#annotations.annotations(json);
    });
  }

  /** [CSDL-XML 6.5] */
  #key(key: CsdlValue | undefined): void {
    if (!Array.isArray(key)) return;
    this.#xml.element('Key', [], () => {
      for (const entry of key as readonly CsdlValue[]) {
        const [alias, path] = isCsdlObject(entry) ? Object.entries(entry)[0]! : [undefined, entry];
        this.#xml.element('PropertyRef', [
          ['Name', String(path)],
          ['Alias', alias],
        ]);
      }
    });
  }

  #typed(element: string, name: string | undefined, json: CsdlObject, more: Attributes = []): void {
    const attributes: Attributes = [['Name', name], ...typedAttributes(json, this.#declarations), ...more];
    this.#xml.element(element, attributes, () => this.#annotations.annotations(json));
  }

  /** [CSDL-XML 8] */
  #navigationProperty(name: string, json: CsdlObject): void {
    const isCollection = json['$Collection'] === true;
    const attributes: Attributes = [
      ['Name', name],
      ['Type', typeName(json)],
      ['Nullable', json['$Nullable'] === true ? (isCollection ? true : undefined) : isCollection ? undefined : false],
      ['Partner', textOf(json['$Partner'])],
      ['ContainsTarget', flag(json['$ContainsTarget'])],
    ];
    this.#xml.element('NavigationProperty', attributes, () => {
      const constraints = json['$ReferentialConstraint'];
      if (isCsdlObject(constraints)) this.#referentialConstraints(constraints);
      if (json['$OnDelete'] !== undefined)
        this.#xml.element('OnDelete', [['Action', textOf(json['$OnDelete'])]], () =>
          this.#annotations.annotations(json, '$OnDelete'),
        );
      this.#annotations.annotations(json);
    });
  }

  #referentialConstraints(constraints: CsdlObject): void {
    for (const [dependent, principal] of Object.entries(constraints)) {
      if (dependent.includes('@')) continue;
      const attributes: Attributes = [
        ['Property', dependent],
        ['ReferencedProperty', String(principal)],
      ];
      this.#xml.element('ReferentialConstraint', attributes, () =>
        this.#annotations.annotations(constraints, dependent),
      );
    }
  }

  /** [CSDL-XML 10] */
  #enumType(name: string, json: CsdlObject): void {
    const attributes: Attributes = [
      ['Name', name],
      ['UnderlyingType', textOf(json['$UnderlyingType'])],
      ['IsFlags', flag(json['$IsFlags'])],
    ];
    this.#xml.element('EnumType', attributes, () => {
      const annotated = new Set(Object.keys(json).map((key) => key.slice(0, Math.max(0, key.indexOf('@')))));
      for (const [member, value] of declaredMembers(json)) {
        const annotations = annotated.has(member) ? () => this.#annotations.annotations(json, member) : undefined;
        this.#xml.element(
          'Member',
          [
            ['Name', member],
            ['Value', String(value)],
          ],
          annotations,
        );
      }
      this.#annotations.annotations(json);
    });
  }

  /** [CSDL-XML 11] */
  #typeDefinition(name: string, json: CsdlObject): void {
    const underlying = String(json['$UnderlyingType']);
    const attributes: Attributes = [
      ['Name', name],
      ['UnderlyingType', underlying],
      ...facetAttributes(json, underlying),
    ];
    this.#xml.element('TypeDefinition', attributes, () => this.#annotations.annotations(json));
  }

  /** [CSDL-XML 14.1] */
  #term(name: string, json: CsdlObject): void {
    const appliesTo = json['$AppliesTo'];
    this.#typed('Term', name, json, [
      ['DefaultValue', defaultText(json)],
      ['BaseTerm', textOf(json['$BaseTerm'])],
      ['AppliesTo', Array.isArray(appliesTo) ? appliesTo.join(' ') : undefined],
    ]);
  }

  /** [CSDL-XML 12] */
  #operation(name: string, json: CsdlObject): void {
    const attributes: Attributes = [
      ['Name', name],
      ['IsBound', flag(json['$IsBound'])],
      ['EntitySetPath', textOf(json['$EntitySetPath'])],
      ['IsComposable', flag(json['$IsComposable'])],
    ];
    this.#xml.element(String(json['$Kind']), attributes, () => {
      for (const parameter of objectsOf(json['$Parameter']))
        this.#typed('Parameter', textOf(parameter['$Name']), parameter);
      if (isCsdlObject(json['$ReturnType'])) this.#typed('ReturnType', undefined, json['$ReturnType']);
      this.#annotations.annotations(json);
    });
  }

  /** [CSDL-XML 13] */
  #container(name: string, json: CsdlObject): void {
    this.#xml.element(
      'EntityContainer',
      [
        ['Name', name],
        ['Extends', textOf(json['$Extends'])],
      ],
      () => {
        for (const [child, value] of declaredObjects(json)) this.#containerChild(child, value);
        this.#annotations.annotations(json);
      },
    );
  }

  #containerChild(name: string, json: CsdlObject): void {
    const [element, attributes] = containerChild(json);
    this.#xml.element(element, [['Name', name], ...attributes], () => {
      const bindings = json['$NavigationPropertyBinding'];
      for (const [path, target] of Object.entries(isCsdlObject(bindings) ? bindings : {}))
        this.#xml.element('NavigationPropertyBinding', [
          ['Path', path],
          ['Target', String(target)],
        ]);
      this.#annotations.annotations(json);
    });
  }

  /** [CSDL-XML 14.2.1] */
  #annotationGroup(target: string, json: CsdlValue): void {
    if (isCsdlObject(json))
      this.#xml.element('Annotations', [['Target', target]], () => this.#annotations.annotations(json));
  }
}

/** Entity sets are collections; what is neither set nor import is a singleton. [CSDL-JSON 13.1] */
function containerChild(json: CsdlObject): [element: string, attributes: Attributes] {
  const included = json['$IncludeInServiceDocument'];
  if (json['$Action'] !== undefined)
    return [
      'ActionImport',
      [
        ['Action', textOf(json['$Action'])],
        ['EntitySet', textOf(json['$EntitySet'])],
      ],
    ];
  if (json['$Function'] !== undefined)
    return [
      'FunctionImport',
      [
        ['Function', textOf(json['$Function'])],
        ['EntitySet', textOf(json['$EntitySet'])],
        ['IncludeInServiceDocument', flag(included)],
      ],
    ];
  if (json['$Collection'] === true)
    return [
      'EntitySet',
      [
        ['EntityType', textOf(json['$Type'])],
        ['IncludeInServiceDocument', included === false ? false : undefined],
      ],
    ];
  return [
    'Singleton',
    [
      ['Type', textOf(json['$Type'])],
      ['Nullable', flag(json['$Nullable'])],
    ],
  ];
}

function flag(value: CsdlValue | undefined): true | undefined {
  return value === true ? true : undefined;
}
