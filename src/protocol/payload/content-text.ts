import { parseJson, writeJson } from '../../edm/index.js';

/**
 * The content of a stream as a JSON value: JSON as it is, text as a string, all else in base64url, and so what is not
 * what its type says. [OData-JSON 9]
 */
export function contentText(contentType: string, bytes: Uint8Array): string {
  return written(contentType, bytes) ?? JSON.stringify(Buffer.from(bytes).toString('base64url'));
}

function written(contentType: string, bytes: Uint8Array): string | undefined {
  const isJsonType = isJson(contentType);
  if (!isJsonType && !isText(contentType)) return undefined;
  const text = decoded(bytes, isJsonType ? 'utf-8' : charsetOf(contentType));
  if (text === undefined) return undefined;
  return isJsonType ? jsonOf(text) : JSON.stringify(text);
}

function isJson(contentType: string): boolean {
  return /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(contentType);
}

function isText(contentType: string): boolean {
  return /^text\//i.test(contentType);
}

function charsetOf(contentType: string): string {
  return /;\s*charset="?([^\s";]+)/i.exec(contentType)?.[1] ?? 'utf-8';
}

/** Undefined for bytes that are no text in this encoding, or an encoding that nobody knows. */
function decoded(bytes: Uint8Array, charset: string): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function jsonOf(text: string): string | undefined {
  try {
    return writeJson(parseJson(text));
  } catch {
    return undefined;
  }
}
