import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { Address, Store } from '../../../src/store/index.js';
import { at, exists, insert, newSpace, type OpenStore } from './fixture.js';

export function containedConformance(open: OpenStore): void {
  describe('contained rows', () => {
    let store: Store;
    beforeAll(async () => {
      store = await open();
    });
    afterAll(() => store.close());

    const cases: readonly { readonly removed: Address; readonly gone: Address[]; readonly kept: Address[] }[] = [
      {
        removed: at('users', '1'),
        gone: [at('users/1/messages', 'a'), at('users/1/messages/a/parts', 'b'), at('users/1/manager', '')],
        kept: [at('users', '10'), at('users/10/messages', 'a'), at('users/1-/messages', 'a'), at('users/1.5/m', 'a')],
      },
      {
        removed: at('settings', ''),
        gone: [at('settings/rules', 'a')],
        kept: [at('settings0', 'a'), at('settingsX/rules', 'a'), at('SETTINGS/rules', 'a')],
      },
      {
        removed: at('users', 'a_b%25'),
        gone: [at('users/a_b%25/messages', '\u{1F600}')],
        kept: [at('users/aXb%25/messages', 'a'), at('users/a_bcd25/messages', 'a'), at('users/é/messages', 'a')],
      },
    ];
    it.each(cases)('go with $removed.collection $removed.key', async ({ removed, gone, kept }) => {
      const [space, other] = [newSpace(store), newSpace(store)];
      for (const address of [removed, ...gone, ...kept]) await insert(space, address);
      for (const address of gone) await insert(other, address);
      expect(await space.write((unit) => unit.remove(removed, 1))).toBe(true);
      for (const address of gone) expect([address, await exists(space, address)]).toEqual([address, false]);
      for (const address of kept) expect([address, await exists(space, address)]).toEqual([address, true]);
      for (const address of gone) expect(await exists(other, address)).toBe(true);
    });
  });
}
