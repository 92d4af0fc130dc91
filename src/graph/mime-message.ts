import type { EntityType, JsonObject, Operation } from '../edm/index.js';
import { badRequest } from '../error/index.js';

const MESSAGE = 'microsoft.graph.message';
const RECIPIENT = 'microsoft.graph.recipient';
const ON_MESSAGES: ReadonlySet<string> = new Set([MESSAGE, 'microsoft.graph.user']);

/**
 * Parameters of an action on mail whose body is a message as MIME in base64: `Content-Type: text/plain`. Recipients that the
 * action asks for besides are those of the message. Undefined for other actions and content types. [Graph: Send Outlook messages in MIME format]
 */
export function mimeParameters(operation: Operation, contentType: string, bytes: Uint8Array): JsonObject | undefined {
  const binding = operation.bindingParameter?.reference;
  const isOfMail = binding !== undefined && !binding.isCollection && ON_MESSAGES.has(binding.typeName);
  const parameter = operation.nonBindingParameters.find(({ reference }) => reference.typeName === MESSAGE);
  if (!isOfMail || parameter === undefined || !isText(contentType)) return undefined;
  const message = messageOf(decoded(bytes));
  const others = operation.nonBindingParameters.filter(({ reference }) => reference.typeName === RECIPIENT);
  return Object.fromEntries([
    [parameter.name, message],
    ...others.map(({ name }) => [name, message['toRecipients'] ?? []] as const),
  ]);
}

/** A new message whose body is MIME in base64: `Content-Type: text/plain`. [Graph: Create message] */
export function mimeReader(type: EntityType, contentType: string): ((bytes: Uint8Array) => JsonObject) | undefined {
  if (!isText(contentType) || !isMessage(type)) return undefined;
  return (bytes) => messageOf(decoded(bytes));
}

export function isMessage({ lineage }: EntityType): boolean {
  return lineage.some(({ qualifiedName }) => qualifiedName === MESSAGE);
}

function isText(contentType: string): boolean {
  return /^text\/plain\s*(;|$)/i.test(contentType);
}

function decoded(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1').replaceAll(/\s/g, '');
  if (text === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.length % 4 === 1)
    throw badRequest('A body of the type text/plain must be a message as MIME in base64.');
  return Buffer.from(text, 'base64').toString('utf8');
}

/** The properties that headers and body tell. [RFC 5322 2.2, RFC 2045] */
function messageOf(mime: string): JsonObject {
  const [head = '', ...rest] = mime.split(/\r?\n\r?\n/);
  const headers = headersOf(head);
  if (headers.size === 0) throw badRequest('The message has no header that MIME knows.');
  const subject = headers.get('subject');
  const from = recipients(headers.get('from'))[0];
  const isHtml = /^text\/html/i.test(headers.get('content-type') ?? '');
  return {
    ...(subject === undefined ? {} : { subject: withoutEncodedWords(subject) }),
    ...(from === undefined ? {} : { from }),
    toRecipients: recipients(headers.get('to')),
    ccRecipients: recipients(headers.get('cc')),
    bccRecipients: recipients(headers.get('bcc')),
    body: { contentType: isHtml ? 'html' : 'text', content: contentOf(headers, rest.join('\r\n\r\n')) },
  };
}

/** Names in lower case; a line that begins with a space goes on with the one before. [RFC 5322 2.2.3] */
function headersOf(head: string): ReadonlyMap<string, string> {
  const lines = head.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  return new Map(
    lines.flatMap((line) => {
      const colon = line.indexOf(':');
      const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
      return /^[a-z][a-z0-9-]*$/.test(name) ? [[name, line.slice(colon + 1).trim()] as const] : [];
    }),
  );
}

/** `Ada <ada@contoso.com>, eva@contoso.com` */
function recipients(text = ''): JsonObject[] {
  const parts = text.match(/(?:"[^"]*"|[^",])+/g) ?? [];
  return parts.flatMap((part) => {
    const angled = /^(.*)<([^<>\s]+)>\s*$/s.exec(part);
    const address = (angled?.[2] ?? part).trim();
    const name = withoutEncodedWords((angled?.[1] ?? '').trim().replaceAll('"', ''));
    return address === '' ? [] : [{ emailAddress: { address, ...(name === '' ? {} : { name }) } }];
  });
}

/** `=?utf-8?B?w5xuYWw=?=` is `Ünal`. [RFC 2047] */
function withoutEncodedWords(text: string): string {
  return text.replaceAll(/=\?utf-8\?B\?([^?]*)\?=/gi, (_, word: string) =>
    Buffer.from(word, 'base64').toString('utf8'),
  );
}

function contentOf(headers: ReadonlyMap<string, string>, body: string): string {
  const isEncoded = headers.get('content-transfer-encoding')?.toLowerCase() === 'base64';
  return isEncoded ? Buffer.from(body, 'base64').toString('utf8') : body;
}
