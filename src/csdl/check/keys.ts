import { isCsdlObject, type CsdlObject } from '../../edm/index.js';
import { suggestion } from '../../error/index.js';

import { typeOf, type Declaration } from './catalog.js';
import { KEY_TYPES } from './edm-names.js';
import type { Part, Report } from './report.js';

/** What an entity type says about its key. [CSDL-JSON 6.5] */
export function checkKey(report: Report, declaration: Declaration): void {
  const key = declaration.json['$Key'];
  if (!Array.isArray(key)) return;
  const part: Part = { json: declaration.json, member: '$Key', document: declaration.document };
  const base = report.catalog.baseOf(declaration);
  if (base && hasKey(report, base))
    report.warning(part, `'${declaration.qualifiedName}' declares a key although a base type has one.`);
  if (key.length === 0) report.error(part, `The key of '${declaration.qualifiedName}' is empty.`);
  for (const entry of key) {
    const path = isCsdlObject(entry) ? Object.values(entry)[0] : entry;
    if (typeof path === 'string') checkKeyPath(report, part, declaration, path);
  }
}

/** Whether the type or a base type has a key. */
export function hasKey(report: Report, declaration: Declaration): boolean {
  const seen = new Set<Declaration>();
  for (let type: Declaration | undefined = declaration; type && !seen.has(type); type = report.catalog.baseOf(type)) {
    if (Array.isArray(type.json['$Key'])) return true;
    seen.add(type);
  }
  return false;
}

function checkKeyPath(report: Report, part: Part, declaration: Declaration, path: string): void {
  const steps = path.split('/');
  let type: Declaration | undefined = declaration;
  let property: CsdlObject | undefined;
  for (const step of steps) {
    const members: ReadonlyMap<string, CsdlObject> = type ? report.catalog.membersOf(type) : new Map();
    property = members.get(step);
    if (!property) {
      const hint = suggestion(step, members.keys());
      return report.error(
        part,
        `The key of '${declaration.qualifiedName}' names '${path}', which does not exist.${hint}`,
      );
    }
    if (property['$Nullable'] === true)
      report.error(part, `The key of '${declaration.qualifiedName}' names '${path}', which may be null.`);
    type = report.catalog.find(typeOf(property), 'ComplexType');
  }
  if (property && !isKeyType(report, property))
    report.error(part, `The key of '${declaration.qualifiedName}' names '${path}', which is not of a type for keys.`);
}

function isKeyType(report: Report, property: CsdlObject): boolean {
  if (property['$Collection'] === true || property['$Kind'] === 'NavigationProperty') return false;
  const type = typeOf(property);
  if (type.startsWith('Edm.')) return KEY_TYPES.has(type);
  const declared = report.catalog.find(type);
  return declared === undefined || declared.kind === 'EnumType' || declared.kind === 'TypeDefinition';
}
