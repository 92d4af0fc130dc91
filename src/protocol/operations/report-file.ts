import type { OperationResult } from '../../behavior/index.js';
import { isJsonObject, type JsonObject, type JsonValue, type Operation, type Property } from '../../edm/index.js';
import type { OperationTarget } from '../../plan/index.js';
import type { QueryOptions } from '../../url/index.js';
import type { Exchange } from '../exchange.js';
import type { ServiceResponse } from '../request.js';

/** The query option of a download's URL that stands for a token, as in `?tempauth=…`. */
export const DOWNLOAD = 'tempauth';

/**
 * Whether the result of a function goes out as a file: where the profile says that it is nothing else, or where the
 * client asks for one. Example: `reports/getUsers(period='D7')`, `…/content`, `…?$format=text/csv`.
 */
export function isReportFile(
  { target, tree, format, parts }: Exchange<OperationTarget>,
  operation: Operation,
): boolean {
  const report = parts.profile.reportOf(operation);
  if (report === undefined || !isWhole(target, operation)) return false;
  return format.media === 'text/csv' || (report === 'file' && tree.options.format === undefined);
}

/** The result itself, or the one stream in it. */
function isWhole({ rest }: OperationTarget, { returnType }: Operation): boolean {
  const [segment, ...others] = rest;
  if (segment === undefined) return true;
  const type = returnType?.type;
  if (others.length > 0 || segment.kind !== 'name' || (type?.kind !== 'complex' && type?.kind !== 'entity'))
    return false;
  return type.properties.get(segment.name)?.type.qualifiedName === 'Edm.Stream';
}

/** Query options without the one that marks a download, which is no parameter of the function. */
export function withoutDownload(options: QueryOptions): QueryOptions {
  return options.custom.some(({ name }) => name === DOWNLOAD)
    ? { ...options, custom: options.custom.filter(({ name }) => name !== DOWNLOAD) }
    : options;
}

/** 302 to where the file is, or at that place the file. */
export function reportAnswer(
  exchange: Exchange<OperationTarget>,
  operation: Operation,
  result: OperationResult,
): ServiceResponse {
  const { request, tree } = exchange;
  if (!tree.options.custom.some(({ name }) => name === DOWNLOAD)) {
    const mark = `${request.url.includes('?') ? '&' : '?'}${DOWNLOAD}=${request.id}`;
    return { status: 302, headers: new Map([['Location', `${request.root}/${request.url}${mark}`]]) };
  }
  return {
    status: 200,
    headers: new Map([
      ['Content-Type', 'text/csv; charset=utf-8'],
      ['Content-Disposition', `attachment; filename="${operation.name}.csv"`],
    ]),
    body: `${lines(operation, result)
      .map((line) => line.map(cell).join(','))
      .join('\r\n')}\r\n`,
  };
}

/** A line of titles, and one for each object of the result. [RFC 4180] */
function lines({ returnType }: Operation, result: OperationResult): string[][] {
  const type = returnType?.type;
  if (type?.kind !== 'complex' && type?.kind !== 'entity') return [['Report Refresh Date']];
  const columns = [...type.properties.values()].filter(isColumn);
  const objects = (Array.isArray(result) ? result : [result]).map(documentOf);
  return columns.length === 0
    ? [['Report Refresh Date']]
    : [
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
