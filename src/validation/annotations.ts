import { isJsonObject, type JsonValue, type Model, type StructuredType } from '../edm/index.js';
import { suggestion } from '../error/index.js';

import { annotationName, CONTROL_INFORMATION, isIgnorable, type AnnotationName } from './control-information.js';
import type { ObjectReading, RelatedValue } from './object-reading.js';

/** Control information that says to which entities a navigation property leads. [OData-JSON 8.5, 15] */
const RELATED: Readonly<Record<string, RelatedValue['as'] | undefined>> = { bind: 'binding', delta: 'delta' };

/** Reads a member whose name has an `@`; everything but bindings and changes is checked and dropped. [OData-JSON 4.6] */
export function readAnnotation(name: string, json: JsonValue, type: StructuredType, reading: ObjectReading): void {
  const annotation = annotationName(name);
  const as = annotation.isControlInformation && annotation.member !== '' ? RELATED[annotation.term] : undefined;
  if (as !== undefined) {
    readRelated(name, annotation, as, json, type, reading);
  } else {
    checkAnnotation(name, annotation, reading);
  }
}

/** Unknown control information might mean something important; unknown annotations never do. [OData-JSON 4.6, 20] */
export function checkAnnotation(name: string, annotation: AnnotationName, reading: ObjectReading): void {
  if (!annotation.isControlInformation || isIgnorable(annotation)) return;
  reading.draft.payload.violations.report('InvalidAnnotation', reading.targetOf(name), () => {
    const known = suggestion(`@odata.${annotation.term}`, CONTROL_INFORMATION);
    return `The annotation '${reading.targetOf(name)}' is not control information that a request may carry.${known}`;
  });
}

function readRelated(
  name: string,
  { member }: AnnotationName,
  as: RelatedValue['as'],
  json: JsonValue,
  type: StructuredType,
  reading: ObjectReading,
): void {
  const property = type.navigationProperties.get(member);
  if (property && reading.keepRelated(property, as, json)) return;
  const target = reading.targetOf(name);
  reading.draft.payload.violations.report('InvalidAnnotation', target, () => {
    if (property) return `'${target}' stands inside a complex value, where this service keeps no links.`;
    const known = suggestion(member, type.navigationProperties.keys());
    return `'${target}' does not belong to a navigation property of type '${type.qualifiedName}'.${known}`;
  });
}

/**
 * An operation that an answer has said can be called, or cannot; clients send it back with entities that they read.
 * Examples: `"#ns.Touch": {}`, `"#ns.Days(from,to)": null`. [OData-JSON 16, 17]
 */
export function isAdvertisement(name: string, json: JsonValue, type: StructuredType, model: Model): boolean {
  if (!name.startsWith('#') || !(json === null || isJsonObject(json))) return false;
  const callable = model.operationsBoundTo(type, false);
  return model.operations(name.slice(1).replace(/\([^()]*\)$/, '')).some((operation) => callable.includes(operation));
}
