import { isCsdlObject, type CsdlObject } from '../../edm/index.js';

import { objectsOf } from '../members.js';
import { typeOf, type Catalog, type Declaration } from './catalog.js';
import type { Part, Report } from './report.js';
import { checkType } from './structured-types.js';

const ANY_KIND = ['EntityType', 'ComplexType', 'EnumType', 'TypeDefinition'];

/** One overload of an action or function. [CSDL-JSON 12] */
export function checkOperation(report: Report, declaration: Declaration): void {
  const { json, document, qualifiedName, kind } = declaration;
  const part: Part = { json, document };
  const parameters = parametersOf(json);
  if (json['$IsBound'] === true && parameters.length === 0)
    report.error(part, `The bound ${kind.toLowerCase()} '${qualifiedName}' has no binding parameter.`);
  const names = new Set<unknown>();
  for (const parameter of parameters) {
    const name = String(parameter['$Name']);
    const parameterPart: Part = { json: parameter, document };
    if (names.has(name)) report.error(parameterPart, `'${qualifiedName}' has two parameters '${name}'.`);
    names.add(name);
    checkType(
      report,
      parameterPart,
      typeOf(parameter),
      `The type of the parameter '${name}' of '${qualifiedName}'`,
      ANY_KIND,
    );
  }
  const returned = json['$ReturnType'];
  if (isCsdlObject(returned))
    checkType(
      report,
      { json: returned, document },
      typeOf(returned),
      `The return type of '${qualifiedName}'`,
      ANY_KIND,
    );
  else if (kind === 'Function') report.error(part, `The function '${qualifiedName}' has no return type.`);
  const path = json['$EntitySetPath'];
  if (typeof path === 'string' && path.split('/')[0] !== parameters[0]?.['$Name'])
    report.warning(
      part,
      `The entity set path '${path}' of '${qualifiedName}' does not start with the binding parameter.`,
    );
}

/** Overloads must differ in their parameters, and all be actions or all be functions. [CSDL-JSON 12.1, 12.3] */
export function checkOverloads(report: Report): void {
  const { catalog } = report;
  const seen = new Map<string, Declaration>();
  for (const declaration of catalog.ofKind('Action', 'Function')) {
    const signature = signatureOf(catalog, declaration);
    const other = seen.get(signature);
    const part: Part = { json: declaration.json, document: declaration.document };
    if (other) report.warning(part, `'${declaration.qualifiedName}' has two overloads with the same parameters.`);
    seen.set(signature, declaration);
  }
  for (const action of new Map(catalog.ofKind('Action').map((other) => [other.qualifiedName, other])).values())
    if (catalog.operations(action.qualifiedName).some((other) => other.kind === 'Function'))
      report.warning(
        { json: action.json, document: action.document },
        `'${action.qualifiedName}' is both an action and a function.`,
      );
}

/** Functions are told apart by their parameters' names too, actions by the binding type alone. */
function signatureOf(catalog: Catalog, { json, kind, qualifiedName }: Declaration): string {
  const isBound = json['$IsBound'] === true;
  const parameters = parametersOf(json).slice(0, kind === 'Action' ? (isBound ? 1 : 0) : undefined);
  const types = parameters.map((parameter, index) => {
    const name = isBound && index === 0 ? '' : String(parameter['$Name']);
    return `${name} ${catalog.expand(typeOf(parameter))} ${parameter['$Collection'] === true}`;
  });
  return [kind, qualifiedName, isBound, ...types].join('|');
}

export function parametersOf(json: CsdlObject): readonly CsdlObject[] {
  return objectsOf(json['$Parameter']);
}
