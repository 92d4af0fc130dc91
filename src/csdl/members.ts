import { isCsdlObject, type CsdlObject, type CsdlValue } from '../edm/index.js';

/** The members that are the schema's names, and none of the standard's own. [CSDL-JSON 3] */
export function declaredMembers(json: CsdlObject): [name: string, value: CsdlValue][] {
  return Object.entries(json).filter(([name]) => !name.startsWith('$') && !name.includes('@'));
}

/** Those of the declared members that are objects, such as the properties of a type. */
export function declaredObjects(json: CsdlObject): [name: string, value: CsdlObject][] {
  return declaredMembers(json).filter((entry): entry is [string, CsdlObject] => isCsdlObject(entry[1]));
}

/** The objects of a list, such as the parameters of an operation; nothing where there is no list. */
export function objectsOf(list: CsdlValue | undefined): readonly CsdlObject[] {
  return Array.isArray(list) ? list.filter(isCsdlObject) : [];
}

export function textOf(value: CsdlValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
