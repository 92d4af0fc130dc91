/**
 * The CSDL JSON representation of a schema, as plain data. It is the form in which schemas arrive here:
 * XML documents are turned into it first. Members that start with `$` or contain `@` are the standard's own;
 * all others are the schema's names. [CSDL-JSON 3]
 */
export interface CsdlDocument {
  readonly $Version: string;
  /** Qualified name of the entity container. */
  readonly $EntityContainer?: string;
  readonly $Reference?: CsdlObject;
  readonly [namespace: string]: CsdlValue | undefined;
}

export interface CsdlObject {
  readonly [member: string]: CsdlValue;
}

export type CsdlValue = null | boolean | number | string | readonly CsdlValue[] | CsdlObject;

export function isCsdlObject(value: CsdlValue | undefined): value is CsdlObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const leftOpen = new WeakSet<CsdlObject>();

/** Notes of a collection that its XML says nothing of `Nullable`, which has no default there and no such form in JSON. [CSDL-XML 7.2.1] */
export function leaveNullableOpen(json: CsdlObject): void {
  leftOpen.add(json);
}

export function isNullableLeftOpen(json: CsdlObject): boolean {
  return leftOpen.has(json);
}
