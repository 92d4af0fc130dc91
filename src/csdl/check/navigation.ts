import { isCsdlObject, type CsdlObject } from '../../edm/index.js';
import { suggestion } from '../../error/index.js';

import { declaredObjects } from '../members.js';
import { typeOf, type Declaration } from './catalog.js';
import { resolvePath } from './paths.js';
import type { Part, Report } from './report.js';

/** Partners and referential constraints of navigation properties. [CSDL-JSON 8.4, 8.5] */
export function checkNavigation(report: Report, declaration: Declaration): void {
  for (const [name, json] of declaredObjects(declaration.json)) {
    if (json['$Kind'] !== 'NavigationProperty') continue;
    const part: Part = { json, document: declaration.document };
    const target = report.catalog.find(typeOf(json), 'EntityType');
    if (!target) continue;
    const property = `'${name}' of '${declaration.qualifiedName}'`;
    if (typeof json['$Partner'] === 'string') checkPartner(report, part, declaration, name, target, json['$Partner']);
    const constraints = json['$ReferentialConstraint'];
    if (isCsdlObject(constraints)) checkConstraints(report, part, property, declaration, target, constraints);
  }
}

/** The partner leads back to the declaring type, and names no other partner. */
function checkPartner(
  report: Report,
  part: Part,
  declaration: Declaration,
  name: string,
  target: Declaration,
  path: string,
): void {
  const { catalog } = report;
  const property = `'${name}' of '${declaration.qualifiedName}'`;
  const end = resolvePath(catalog, target, path);
  if (end?.member?.['$Kind'] !== 'NavigationProperty') {
    const hint = suggestion(path, catalog.membersOf(target).keys());
    report.warning(
      part,
      `The partner of ${property} is '${path}', which '${target.qualifiedName}' does not have.${hint}`,
    );
    return;
  }
  const back = end.type;
  if (
    back &&
    declaration.kind === 'EntityType' &&
    !catalog.isOrDerivesFrom(declaration, back) &&
    !catalog.isOrDerivesFrom(back, declaration)
  )
    report.warning(part, `The partner of ${property} is '${path}', which leads to '${back.qualifiedName}'.`);
  const partnerOfPartner = end.member['$Partner'];
  if (typeof partnerOfPartner === 'string' && partnerOfPartner.split('/').at(-1) !== name)
    report.warning(part, `The partner of ${property} is '${path}', whose partner is '${partnerOfPartner}'.`);
}

function checkConstraints(
  report: Report,
  part: Part,
  property: string,
  dependentType: Declaration,
  principalType: Declaration,
  constraints: CsdlObject,
): void {
  for (const [dependent, principal] of Object.entries(constraints)) {
    if (dependent.includes('@')) continue;
    for (const [type, path] of [
      [dependentType, dependent],
      [principalType, String(principal)],
    ] as const)
      if (!resolvePath(report.catalog, type, path)?.member)
        report.warning(
          part,
          `A referential constraint of ${property} names '${path}', which '${type.qualifiedName}' does not have.`,
        );
  }
}
