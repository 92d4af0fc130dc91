import { createHash } from 'node:crypto';

/** The name of a snapshot: equal ones have the same, so that they are kept once. */
export function snapshotKey(content: string): string {
  return createHash('sha256').update(content).digest('base64url');
}
