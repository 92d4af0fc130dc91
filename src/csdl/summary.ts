import { isCsdlObject, type CsdlObject, type CsdlValue, type Model } from '../edm/index.js';

import { declaredMembers } from './members.js';

/** How much a schema declares. */
export interface Summary {
  readonly entityTypes: number;
  readonly complexTypes: number;
  readonly enumTypes: number;
  readonly actions: number;
  readonly functions: number;
  readonly entitySets: number;
  readonly singletons: number;
  readonly navigationProperties: number;
  readonly properties: number;
}

/** Counts declarations; of actions and functions each overload, of properties those that a type declares itself. */
export function summary(model: Model): Summary {
  const counts = new Map<string, number>();
  const count = (kind: string): void => void counts.set(kind, (counts.get(kind) ?? 0) + 1);
  for (const { json: schema } of model.schemas)
    for (const declaration of declared(schema)) {
      const kind = String(declaration['$Kind']);
      count(kind);
      if (kind === 'EntityType' || kind === 'ComplexType')
        for (const property of declared(declaration)) count(String(property['$Kind'] ?? 'Property'));
      if (kind === 'EntityContainer') for (const child of declared(declaration)) count(sourceKind(child));
    }
  const of = (kind: string): number => counts.get(kind) ?? 0;
  return {
    entityTypes: of('EntityType'),
    complexTypes: of('ComplexType'),
    enumTypes: of('EnumType'),
    actions: of('Action'),
    functions: of('Function'),
    entitySets: of('EntitySet'),
    singletons: of('Singleton'),
    navigationProperties: of('NavigationProperty'),
    properties: of('Property'),
  };
}

/** The objects that a schema, type or container declares, overloads one by one. */
function declared(json: CsdlObject): readonly CsdlObject[] {
  return declaredMembers(json)
    .flatMap(([, value]): readonly CsdlValue[] => (Array.isArray(value) ? value : [value]))
    .filter(isCsdlObject);
}

function sourceKind(child: CsdlObject): string {
  if (child['$Action'] !== undefined || child['$Function'] !== undefined) return 'Import';
  return child['$Collection'] === true ? 'EntitySet' : 'Singleton';
}
