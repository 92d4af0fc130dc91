import { randomUUID } from 'node:crypto';

import type { User } from '@microsoft/msgraph-sdk/models/index.js';

/** A user as the documentation creates one. [Graph: Create user] */
export function newUser(displayName: string): User {
  const name = `${displayName.replaceAll(' ', '')}-${randomUUID()}`;
  return {
    accountEnabled: true,
    displayName,
    mailNickname: name,
    userPrincipalName: `${name}@example.com`,
    passwordProfile: { forceChangePasswordNextSignIn: true, password: randomUUID() },
  };
}
