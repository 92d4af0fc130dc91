import { readAnnotations } from './annotation.js';
import type { XmlElement } from './element.js';
import type { Draft, Reading } from './reading.js';

/** [CSDL-XML 13] */
export function entityContainer(reading: Reading, element: XmlElement, namespace: string): Draft {
  const children = reading.children(element);
  const json: Draft = reading.note({ $Kind: 'EntityContainer' }, element);
  reading.copyQualifiedName(element, 'Extends', json);
  const own = `${reading.aliases.shorten(`${namespace}.${reading.name(element)}`)}/`;
  for (const child of children) {
    if (child.name === 'Annotation') continue;
    reading.declare(json, reading.name(child), containerChild(reading, child, own), child);
  }
  readAnnotations(reading, children, json);
  return json;
}

function containerChild(reading: Reading, element: XmlElement, container: string): Draft {
  const children = reading.children(element);
  const json: Draft = reading.note({}, element);
  switch (element.name) {
    case 'EntitySet':
      json['$Collection'] = true;
      json['$Type'] = reading.qualifiedName(element, 'EntityType');
      if (reading.boolean(element, 'IncludeInServiceDocument') === false) json['$IncludeInServiceDocument'] = false;
      break;
    case 'Singleton':
      json['$Type'] = reading.qualifiedName(element, 'Type');
      if (reading.boolean(element, 'Nullable')) json['$Nullable'] = true;
      break;
    default:
      operationImport(reading, element, container, json);
  }
  readBindings(reading, children, container, json);
  readAnnotations(reading, children, json);
  return json;
}

/** [CSDL-XML 13.5, 13.6] */
function operationImport(reading: Reading, element: XmlElement, container: string, json: Draft): void {
  const kind = element.name === 'ActionImport' ? 'Action' : 'Function';
  json[`$${kind}`] = reading.qualifiedName(element, kind);
  const entitySet = element.attributes['EntitySet'];
  if (entitySet !== undefined) json['$EntitySet'] = withoutContainer(reading.aliases.shorten(entitySet), container);
  if (reading.boolean(element, 'IncludeInServiceDocument')) json['$IncludeInServiceDocument'] = true;
}

/** [CSDL-XML 13.4] */
function readBindings(reading: Reading, children: readonly XmlElement[], container: string, json: Draft): void {
  const bindings: Draft = {};
  for (const child of children) {
    if (child.name !== 'NavigationPropertyBinding') continue;
    reading.children(child);
    const path = reading.qualifiedName(child, 'Path');
    reading.declare(bindings, path, withoutContainer(reading.qualifiedName(child, 'Target'), container), child);
    reading.noteMember(bindings, path, child);
  }
  if (Object.keys(bindings).length > 0) json['$NavigationPropertyBinding'] = bindings;
}

/** Targets in the same container are named without it. [CSDL-JSON 13.4.1] */
function withoutContainer(target: string, container: string): string {
  return target.startsWith(container) ? target.slice(container.length) : target;
}
