import type { CsdlObject, Model } from '../edm/index.js';

import { checkAnnotationTargets } from './check/annotation-targets.js';
import { Catalog, typeOf, type Declaration } from './check/catalog.js';
import { checkContainer } from './check/entity-container.js';
import { checkKey } from './check/keys.js';
import { checkNavigation } from './check/navigation.js';
import { checkOperation, checkOverloads } from './check/operations.js';
import { Report } from './check/report.js';
import { checkEnumType, checkTypeDefinition } from './check/scalar-types.js';
import { checkStructuredType, checkType } from './check/structured-types.js';
import type { Positions, Problem } from './positions.js';

/**
 * What is wrong with a schema: what reading noticed first, then what contradicts the rules of CSDL.
 * Lines are known for documents that were read from XML, if the positions of `loadModel` are handed in.
 */
export function checkSchema(model: Model, positions?: Positions): readonly Problem[] {
  const report = new Report(new Catalog(model), positions);
  checkNamespaces(report, model);
  for (const declaration of report.catalog.declarations) checkDeclaration(report, declaration);
  checkOverloads(report);
  for (const document of model.documents) checkAnnotationTargets(report, document);
  checkEntityContainer(report, model);
  return [...(positions?.problems ?? []), ...report.problems];
}

function checkDeclaration(report: Report, declaration: Declaration): void {
  switch (declaration.kind) {
    case 'EntityType':
      checkStructuredType(report, declaration);
      checkKey(report, declaration);
      return checkNavigation(report, declaration);
    case 'ComplexType':
      checkStructuredType(report, declaration);
      return checkNavigation(report, declaration);
    case 'EnumType':
      return checkEnumType(report, declaration);
    case 'TypeDefinition':
      return checkTypeDefinition(report, declaration);
    case 'Action':
    case 'Function':
      return checkOperation(report, declaration);
    case 'EntityContainer':
      return checkContainer(report, declaration);
    case 'Term':
      return checkTerm(report, declaration);
  }
}

function checkTerm(report: Report, { json, document, qualifiedName }: Declaration): void {
  const kinds = ['EntityType', 'ComplexType', 'EnumType', 'TypeDefinition'];
  checkType(report, { json, document }, typeOf(json), `The type of the term '${qualifiedName}'`, kinds);
}

/** Namespaces and aliases are unique among the documents of a model. [CSDL-JSON 5] */
function checkNamespaces(report: Report, model: Model): void {
  const seen = new Set<string>();
  for (const document of model.documents)
    for (const { namespace, alias, json } of model.schemas) {
      if (document[namespace] !== json) continue;
      for (const name of alias === undefined ? [namespace] : [namespace, alias]) {
        if (seen.has(name)) report.error({ json, document }, `The namespace or alias '${name}' is declared twice.`);
        seen.add(name);
      }
    }
}

/** [CSDL-JSON 3.1] */
function checkEntityContainer(report: Report, model: Model): void {
  const named = model.documents.filter((document) => document.$EntityContainer !== undefined);
  for (const document of named) {
    const name = document.$EntityContainer!;
    if (!report.catalog.find(name, 'EntityContainer'))
      report.error({ json: asObject(document), document }, `$EntityContainer is '${name}', which does not exist.`);
  }
  const [document] = model.documents;
  if (named.length === 0 && document)
    report.warning(
      { json: asObject(document), document },
      'There is no entity container, so that nothing can be served.',
    );
}

function asObject(document: Model['documents'][number]): CsdlObject {
  return document as unknown as CsdlObject;
}
