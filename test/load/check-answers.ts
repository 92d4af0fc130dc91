import { SHARED, at } from './client.js';
import { all, type Send } from './http.js';
import type { Ledger } from './ledger.js';

interface Account {
  readonly Id: string;
  readonly Name: string | null;
  readonly Count: number | null;
  readonly Notes: readonly { readonly Id: string; readonly Text: string }[];
  readonly Groups: readonly { readonly Id: string }[];
}

interface Order {
  readonly Id: string;
  readonly Pair: string | null;
  readonly AccountId: string;
}

/** Compares what the service answers with what it has acknowledged; gives what does not agree. */
export async function checkAnswers(ledger: Ledger, send: Send, root: string): Promise<string[]> {
  const accounts = await all<Account>(send, 'Accounts?$expand=Notes,Groups', root);
  const byId = new Map(accounts.map((account) => [account.Id, account]));
  const orders = await all<Order>(send, 'Orders', root);
  return [
    ...checkAccounts(ledger, byId),
    ...checkPairs(ledger, orders),
    ...orders.filter((order) => !byId.has(order.AccountId)).map(({ Id }) => `order ${Id} has lost its account`),
    ...checkCounters(ledger, byId),
    ...(await checkManagers(send)),
  ];
}

function checkAccounts(ledger: Ledger, accounts: ReadonlyMap<string, Account>): string[] {
  const faults: string[] = [];
  for (const [id, known] of ledger.accounts) {
    const account = accounts.get(id);
    if (account === undefined) {
      faults.push(`${id} is gone`);
      continue;
    }
    const notes = account.Notes.map(({ Id, Text }) => `${Id}=${Text}`).toSorted();
    const expected = [...known.notes].map(([key, text]) => `${key}=${text}`).toSorted();
    if (account.Name !== known.name) faults.push(`${id} is called ${String(account.Name)}, not ${String(known.name)}`);
    if (notes.join() !== expected.join()) faults.push(`${id} has the notes ${notes.join()}, not ${expected.join()}`);
    const groups = account.Groups.map(({ Id }) => Id).toSorted();
    if (groups.join() !== [...known.groups].toSorted().join()) faults.push(`${id} is in ${groups.join()}`);
  }
  for (const id of ledger.removed) if (accounts.has(id)) faults.push(`${id} is back`);
  return faults;
}

/** Of a change set there is all or nothing, as it was answered; what belongs to a deleted account is gone. */
function checkPairs(ledger: Ledger, orders: readonly Order[]): string[] {
  const counts = new Map<string, number>();
  for (const { Pair } of orders) if (Pair !== null) counts.set(Pair, (counts.get(Pair) ?? 0) + 1);
  return [...ledger.pairs].flatMap(([pair, { account, isKept }]) => {
    const expected = isKept && !ledger.removed.has(account) ? 2 : 0;
    const count = counts.get(pair) ?? 0;
    return count === expected ? [] : [`of ${pair} there are ${String(count)} orders, not ${String(expected)}`];
  });
}

function checkCounters(ledger: Ledger, accounts: ReadonlyMap<string, Account>): string[] {
  return [...ledger.counts].flatMap(([counter, count]) => {
    const found = accounts.get(counter)?.Count;
    return found === count ? [] : [`${counter} has counted to ${String(found)}, not to ${String(count)}`];
  });
}

async function checkManagers(send: Send): Promise<string[]> {
  const faults: string[] = [];
  for (let index = 0; index < SHARED.counters; index++) {
    const { status } = await send('GET', `${at('Accounts', `counter${String(index)}`)}/Manager`);
    if (status !== 200 && status !== 204)
      faults.push(`the manager of counter${String(index)} is answered with ${String(status)}`);
  }
  return faults;
}
