import { isCsdlObject, type CsdlDocument, type CsdlObject, type Model } from '../edm/index.js';

import { objectsOf, textOf } from './members.js';
import { mergedDocument, type WriteOptions } from './merge-documents.js';
import { AnnotationWriter } from './write/annotation.js';
import { Declarations } from './write/declarations.js';
import { SchemaWriter } from './write/schema.js';
import { XmlText } from './write/xml-text.js';
import { EDM, EDMX } from './xml/grammar.js';
import { uriInFormat } from './xml/reference.js';

/** A schema as CSDL XML, as `$metadata` answers it. Reading it again gives the same CSDL JSON object. [CSDL-XML 3] */
export function writeXml(schema: CsdlDocument | Model, options: WriteOptions = {}): string {
  const document = mergedDocument(schema, options);
  const xml = new XmlText();
  const declarations = new Declarations(document);
  const annotations = new AnnotationWriter(xml, declarations);
  const schemas = new SchemaWriter(xml, declarations, annotations);
  xml.element(
    'edmx:Edmx',
    [
      ['Version', document.$Version],
      ['xmlns:edmx', EDMX],
    ],
    () => {
      for (const [uri, reference] of Object.entries(document.$Reference ?? {}))
        if (isCsdlObject(reference)) writeReference(xml, annotations, uri, reference);
      xml.element('edmx:DataServices', [], () => {
        for (const [namespace, json] of Object.entries(document))
          if (!namespace.startsWith('$') && isCsdlObject(json)) schemas.schema(namespace, json, EDM);
      });
    },
  );
  return xml.toString();
}

/** [CSDL-XML 4.1, 4.2, 4.3] */
function writeReference(xml: XmlText, annotations: AnnotationWriter, uri: string, json: CsdlObject): void {
  const attributes = [
    ['Uri', uriInFormat(uri, 'xml')],
    ['xmlns', AnnotationWriter.has(json) || hasAnnotatedInclude(json) ? EDM : undefined],
  ] as const;
  xml.element('edmx:Reference', attributes, () => {
    for (const include of objectsOf(json['$Include']))
      xml.element(
        'edmx:Include',
        [
          ['Namespace', String(include['$Namespace'])],
          ['Alias', textOf(include['$Alias'])],
        ],
        () => annotations.annotations(include),
      );
    for (const include of objectsOf(json['$IncludeAnnotations']))
      xml.element('edmx:IncludeAnnotations', [
        ['TermNamespace', String(include['$TermNamespace'])],
        ['Qualifier', textOf(include['$Qualifier'])],
        ['TargetNamespace', textOf(include['$TargetNamespace'])],
      ]);
    annotations.annotations(json);
  });
}

function hasAnnotatedInclude(json: CsdlObject): boolean {
  return objectsOf(json['$Include']).some((include) => AnnotationWriter.has(include));
}
