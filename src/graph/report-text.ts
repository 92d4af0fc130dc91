import type { OperationResult } from '../behavior/index.js';
import { isJsonObject, type JsonObject, type JsonValue, type Operation, type Property } from '../edm/index.js';

/** The result of a function as comma-separated values, by the columns that its type declares. [RFC 4180] */
export function reportText(operation: Operation, result: OperationResult): string {
  const texts = lines(operation, result).map((line) => line.map(cell).join(','));
  return `${texts.join('\r\n')}\r\n`;
}

/** A line of titles, and one for each object of the result. */
function lines({ returnType }: Operation, result: OperationResult): string[][] {
  const type = returnType?.type;
  const isStructured = type?.kind === 'complex' || type?.kind === 'entity';
  const columns = isStructured ? [...type.properties.values()].filter(isColumn) : [];
  if (columns.length === 0) return [['Report Refresh Date']];
  const objects = (Array.isArray(result) ? result : [result]).map(documentOf);
  return [
    columns.map(({ name }) => title(name)),
    ...objects.map((object) => columns.map(({ name }) => textOf(object[name]))),
  ];
}

function isColumn({ type, isCollection }: Property): boolean {
  return !isCollection && type.kind !== 'complex' && type.kind !== 'entity' && type.qualifiedName !== 'Edm.Stream';
}

function documentOf(item: unknown): JsonObject {
  const document: unknown = typeof item === 'object' && item !== null && 'document' in item ? item.document : item;
  return isJsonObject(document as JsonValue) ? (document as JsonObject) : {};
}

function textOf(value: JsonValue | undefined): string {
  return value === undefined || value === null ? '' : String(value);
}

/** `reportRefreshDate` as `Report Refresh Date`. */
function title(name: string): string {
  return name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/^./, (letter) => letter.toUpperCase());
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
