/** The path of an entity id below the service root; of a foreign absolute URL the first segment is taken for a root. */
export function pathOfId(id: string, root: string): string {
  const rootPath = new URL(root).pathname.replace(/\/$/, '');
  if (!/^https?:\/\//i.test(id)) return withoutPrefix(id, rootPath);
  const path = id.replace(/^https?:\/\/[^/]*/i, '');
  const own = withoutPrefix(path, rootPath);
  return rootPath !== '' && own === path.slice(1) ? path.replace(/^\/[^/]*\//, '') : own;
}

function withoutPrefix(path: string, prefix: string): string {
  const rest =
    prefix !== '' && path.toLowerCase().startsWith(`${prefix.toLowerCase()}/`) ? path.slice(prefix.length) : path;
  return rest.replace(/^\//, '');
}
