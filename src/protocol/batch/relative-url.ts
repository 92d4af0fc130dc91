/**
 * A URL of a batch, relative to the service root: `https://host/beta/users`, `/beta/users`, `/users` and `users` are
 * the same. Whatever its origin, since clients write the real service's. [OData-Protocol 11.7.7.1]
 */
export function relativeUrl(url: string, root: string): string {
  const path = url.replace(/^https?:\/\/[^/?]*/i, '');
  if (!path.startsWith('/')) return path;
  const own = pathOf(root);
  const isBelow =
    path.slice(0, own.length).toLowerCase() === own.toLowerCase() && /^[/?]|^$/.test(path.slice(own.length));
  return (isBelow ? path.slice(own.length) : path).replace(/^\/+/, '');
}

/** `/beta` of `http://127.0.0.1:3000/beta` */
function pathOf(root: string): string {
  return root.replace(/^[a-z][a-z+.-]*:\/\/[^/]*/i, '').replace(/\/$/, '');
}
