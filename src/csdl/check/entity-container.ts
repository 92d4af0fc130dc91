import { isCsdlObject, type CsdlObject } from '../../edm/index.js';
import { suggestion } from '../../error/index.js';

import { declaredObjects } from '../members.js';
import { typeOf, type Catalog, type Declaration } from './catalog.js';
import { hasKey } from './keys.js';
import { resolvePath } from './paths.js';
import type { Part, Report } from './report.js';

/** Entity sets, singletons and imports. [CSDL-JSON 13] */
export function checkContainer(report: Report, container: Declaration): void {
  const { json, document, qualifiedName } = container;
  if (typeof json['$Extends'] === 'string')
    report.resolve({ json, document }, json['$Extends'], `What '${qualifiedName}' extends`, 'EntityContainer');
  for (const [name, child] of declaredObjects(json)) {
    const part: Part = { json: child, document };
    if (child['$Action'] !== undefined) checkImport(report, part, container, name, 'Action');
    else if (child['$Function'] !== undefined) checkImport(report, part, container, name, 'Function');
    else checkSource(report, part, container, name);
  }
}

/** An entity set or a singleton. [CSDL-JSON 13.2, 13.3] */
function checkSource(report: Report, part: Part, container: Declaration, name: string): void {
  const isSet = part.json['$Collection'] === true;
  const source = `${isSet ? 'entity set' : 'singleton'} '${name}'`;
  const type = report.resolve(part, typeOf(part.json), `The type of the ${source}`, 'EntityType');
  if (!type) return;
  if (isSet && type.json['$Abstract'] === true)
    report.warning(part, `The ${source} is of the abstract type '${type.qualifiedName}'.`);
  if (isSet && !hasKey(report, type))
    report.error(part, `The ${source} is of the type '${type.qualifiedName}', which has no key.`);
  const bindings = part.json['$NavigationPropertyBinding'];
  if (isCsdlObject(bindings)) checkBindings(report, part, container, source, type, bindings);
}

/** [CSDL-JSON 13.4] */
function checkBindings(
  report: Report,
  source: Part,
  container: Declaration,
  name: string,
  type: Declaration,
  bindings: CsdlObject,
): void {
  for (const [path, target] of Object.entries(bindings)) {
    const part = bindingPart(report, source, bindings, path);
    if (resolvePath(report.catalog, type, path)?.member?.['$Kind'] !== 'NavigationProperty') {
      const hint = suggestion(path, report.catalog.membersOf(type).keys());
      report.warning(part, `A binding of the ${name} has the path '${path}', which is no navigation property.${hint}`);
    }
    checkTarget(report, part, container, String(target), `A binding of the ${name}`);
  }
}

function bindingPart(report: Report, source: Part, bindings: CsdlObject, path: string): Part {
  return report.knows(bindings, path) ? { json: bindings, member: path, document: source.document } : source;
}

/** A target is a child of the container, or of another one: `org.example.Container/Products`. [CSDL-JSON 13.4.1] */
function checkTarget(report: Report, part: Part, container: Declaration, target: string, role: string): void {
  const { catalog } = report;
  const steps = target.split('/');
  const other = steps[0]!.includes('.') ? catalog.find(steps[0]!, 'EntityContainer') : undefined;
  if (steps[0]!.includes('.') && !other && catalog.isElsewhere(steps[0]!)) return;
  const children = childrenOf(catalog, other ?? container);
  const [name = '', ...rest] = other ? steps.slice(1) : steps;
  const child = children.get(name);
  if (!child) {
    report.warning(
      part,
      `${role} has the target '${target}', which does not exist.${suggestion(name, children.keys())}`,
    );
    return;
  }
  const type = catalog.find(typeOf(child), 'EntityType');
  if (rest.length > 0 && type && !resolvePath(catalog, type, rest.join('/')))
    report.warning(part, `${role} has the target '${target}', which does not exist.`);
}

/** [CSDL-JSON 13.5, 13.6] */
function checkImport(
  report: Report,
  part: Part,
  container: Declaration,
  name: string,
  kind: 'Action' | 'Function',
): void {
  const { catalog } = report;
  const operation = String(part.json[`$${kind}`]);
  const overloads = catalog.operations(operation).filter((overload) => overload.kind === kind);
  const role = `The ${kind.toLowerCase()} import '${name}'`;
  if (overloads.length === 0) {
    if (catalog.isElsewhere(operation)) return;
    const hint = catalog.hint(operation, kind);
    report.error(part, `${role} refers to '${operation}', which does not exist.${hint}`);
  } else if (overloads.every((overload) => overload.json['$IsBound'] === true))
    report.error(part, `${role} refers to '${operation}', which has no unbound overload.`);
  const entitySet = part.json['$EntitySet'];
  if (typeof entitySet === 'string') checkTarget(report, part, container, entitySet, role);
}

/** The children of a container and of those that it extends. [CSDL-JSON 13.1] */
function childrenOf(catalog: Catalog, container: Declaration): ReadonlyMap<string, CsdlObject> {
  const children = new Map<string, CsdlObject>();
  const seen = new Set<Declaration>();
  for (let next: Declaration | undefined = container; next && !seen.has(next);) {
    for (const [name, json] of declaredObjects(next.json)) if (!children.has(name)) children.set(name, json);
    seen.add(next);
    const extended: unknown = next.json['$Extends'];
    next = typeof extended === 'string' ? catalog.find(extended, 'EntityContainer') : undefined;
  }
  return children;
}
