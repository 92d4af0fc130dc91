/** An object with some members of its own, and all others of another object, which they go on working on. */
export function replacingMembers<T extends object, U extends object>(object: T, members: U): T & U {
  return new Proxy(object, {
    get(target, name) {
      if (Object.hasOwn(members, name)) return Reflect.get(members, name);
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  }) as T & U;
}
