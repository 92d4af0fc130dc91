import { isJsonObject, type JsonValue } from '../edm/index.js';

interface Address {
  /** In lower case, so that the same mailbox is the same. */
  readonly address: string;
  /** `Ada Lovelace <ada@contoso.com>` */
  readonly text: string;
}

/** Whom a recipient names; undefined where it has no address. [Graph: recipient resource type] */
export function addressOf(recipient: JsonValue): Address | undefined {
  const email = isJsonObject(recipient) ? (recipient['emailAddress'] ?? null) : null;
  if (!isJsonObject(email) || typeof email['address'] !== 'string') return undefined;
  const { address, name } = email;
  return {
    address: address.toLowerCase(),
    text: typeof name === 'string' && name !== address ? `${name} <${address}>` : address,
  };
}

/** Each recipient once, without those of certain addresses. */
export function distinctRecipients(recipients: readonly JsonValue[], without: readonly string[] = []): JsonValue[] {
  const seen = new Set(without);
  return recipients.filter((recipient) => {
    const address = addressOf(recipient)?.address;
    if (address === undefined || seen.has(address)) return false;
    seen.add(address);
    return true;
  });
}
