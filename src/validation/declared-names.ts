import { oncePer, type JsonObject, type StructuredType } from '../edm/index.js';

/**
 * An object whose members have the names that its type declares, where they differ in case alone; what has the declared name
 * already keeps it, and so do annotations without a member and dynamic properties.
 * Example: `{"Subject": "a", "ToRecipients@odata.type": "…"}` becomes `{"subject": "a", "toRecipients@odata.type": "…"}`.
 */
export function withDeclaredNames(json: JsonObject, type: StructuredType): JsonObject {
  const renamed = new Map<string, string>();
  for (const name of Object.keys(json)) {
    const declared = declaredName(name, type);
    if (declared !== name && !Object.hasOwn(json, declared) && !renamed.has(declared)) renamed.set(declared, name);
  }
  if (renamed.size === 0) return json;
  const names = new Map([...renamed].map(([declared, name]) => [name, declared]));
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [names.get(name) ?? name, value]));
}

/** `Topic` is `topic`, and `Threads@odata.bind` is `threads@odata.bind`. */
function declaredName(name: string, type: StructuredType): string {
  const at = name.indexOf('@');
  const member = at < 0 ? name : name.slice(0, at);
  if (member === '' || type.properties.has(member) || type.navigationProperties.has(member)) return name;
  const declared = namesInAnyCase(type).get(member.toLowerCase());
  return declared === undefined ? name : declared + name.slice(member.length);
}

/** Declared names by what they are in lower case; without those that differ from another one in case alone. */
const namesInAnyCase = oncePer((type: StructuredType): ReadonlyMap<string, string> => {
  const names = [...type.properties.keys(), ...type.navigationProperties.keys()];
  const found = new Map<string, string>();
  const twice = new Set<string>();
  for (const name of names) {
    const lower = name.toLowerCase();
    if (found.has(lower)) twice.add(lower);
    found.set(lower, name);
  }
  for (const lower of twice) found.delete(lower);
  return found;
});
