import { isCsdlObject, type CsdlDocument, type CsdlObject } from '../../edm/index.js';
import { suggestion } from '../../error/index.js';

import { typeOf, type Catalog, type Declaration } from './catalog.js';
import { parametersOf } from './operations.js';
import { resolvePath } from './paths.js';
import type { Report } from './report.js';

/** What external annotations are about must exist. [CSDL-JSON 14.2.1] */
export function checkAnnotationTargets(report: Report, document: CsdlDocument): void {
  for (const [namespace, schema] of Object.entries(document)) {
    const groups = namespace.startsWith('$') || !isCsdlObject(schema) ? undefined : schema['$Annotations'];
    if (!isCsdlObject(groups)) continue;
    for (const [target, group] of Object.entries(groups)) {
      if (!isCsdlObject(group) || exists(report.catalog, target)) continue;
      const hint = missingName(report.catalog, target);
      report.warning({ json: group, document }, `The annotation target '${target}' does not exist.${hint}`);
    }
  }
}

/** A target ends where an annotation or a foreign container begins; what stands in unloaded documents is taken for granted. */
function exists(catalog: Catalog, target: string): boolean {
  const [first = '', ...rest] = target.replace(/\/?@.*$/, '').split('/');
  const parenthesis = first.indexOf('(');
  const name = parenthesis < 0 ? first : first.slice(0, parenthesis);
  if (catalog.isElsewhere(name)) return true;
  const signature = parenthesis < 0 ? undefined : first.slice(parenthesis + 1, -1);
  return catalog
    .all(name)
    .some((declaration) => matches(catalog, declaration, signature) && leads(catalog, declaration, rest));
}

/** Whether an overload has these parameter types: `Collection(self.User),Edm.String`. */
function matches(catalog: Catalog, { json, kind }: Declaration, signature: string | undefined): boolean {
  if (signature === undefined) return true;
  const parameters =
    kind === 'Action' ? parametersOf(json).slice(0, json['$IsBound'] === true ? 1 : 0) : parametersOf(json);
  const types = parameters.map((parameter) => {
    const type = catalog.expand(typeOf(parameter));
    return parameter['$Collection'] === true ? `Collection(${type})` : type;
  });
  const written = signature.split(',').map((type) => catalog.expand(type.trim()));
  return types.join(',') === written.join(',');
}

function leads(catalog: Catalog, declaration: Declaration, steps: readonly string[]): boolean {
  const [step, ...rest] = steps;
  if (step === undefined) return true;
  const { json, kind } = declaration;
  switch (kind) {
    case 'EntityType':
    case 'ComplexType':
      return resolvePath(catalog, declaration, steps.join('/')) !== undefined;
    case 'EnumType':
      return rest.length === 0 && Object.hasOwn(json, step);
    case 'Action':
    case 'Function':
      return step === '$ReturnType'
        ? isCsdlObject(json['$ReturnType'])
        : parametersOf(json).some((parameter) => parameter['$Name'] === step);
    case 'EntityContainer':
      return leadsIntoContainer(catalog, json, step, rest);
    default:
      return false;
  }
}

function leadsIntoContainer(catalog: Catalog, container: CsdlObject, name: string, rest: readonly string[]): boolean {
  const child = Object.hasOwn(container, name) ? container[name] : undefined;
  if (!isCsdlObject(child)) return typeof container['$Extends'] === 'string';
  const type = catalog.find(typeOf(child), 'EntityType');
  return rest.length === 0 || !type || resolvePath(catalog, type, rest.join('/')) !== undefined;
}

/** A hint for the first part of a target that is missing. */
function missingName(catalog: Catalog, target: string): string {
  const [first = '', step, ...rest] = target.split('/');
  const declaration = catalog.all(first)[0];
  if (!declaration) return first.includes('(') ? '' : catalog.hint(first);
  const isType = declaration.kind === 'EntityType' || declaration.kind === 'ComplexType';
  if (step === undefined || rest.length > 0) return '';
  return suggestion(step, isType ? catalog.membersOf(declaration).keys() : Object.keys(declaration.json));
}
