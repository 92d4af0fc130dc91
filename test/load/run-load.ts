import { checkAnswers } from './check-answers.js';
import { Client, SHARED, at } from './client.js';
import { sender, type Send } from './http.js';
import { Ledger } from './ledger.js';

export interface Load {
  /** URL of the service root. */
  readonly root: string;
  readonly clients: number;
  readonly seconds: number;
}

export interface LoadReport {
  readonly ledger: Ledger;
  /** What does not agree with what was acknowledged; empty where all is well. */
  readonly faults: readonly string[];
}

/** Lets many clients write at once for some time, and checks afterwards that nothing was lost and nothing is left over. */
export async function runLoad({ root, clients, seconds }: Load): Promise<LoadReport> {
  const ledger = new Ledger();
  const { send, close } = sender(root, clients);
  try {
    await prepare(send);
    const end = performance.now() + seconds * 1000;
    const isOver = () => performance.now() >= end;
    await Promise.all(Array.from({ length: clients }, (_, number) => new Client(number, send, ledger).run(isOver)));
    const faults = [...ledger.unexpected, ...(await checkAnswers(ledger, send, root))];
    return { ledger, faults };
  } finally {
    close();
  }
}

async function prepare(send: Send): Promise<void> {
  const paths = [
    ...Array.from({ length: SHARED.counters }, (_, index) => at('Accounts', `counter${String(index)}`)),
    ...Array.from({ length: SHARED.groups }, (_, index) => at('Groups', `group${String(index)}`)),
  ];
  for (const path of paths) {
    const { status, text } = await send('PUT', path, path.startsWith('Accounts') ? { Count: 0 } : {});
    if (status !== 201) throw new Error(`${path}: ${String(status)} ${text}`);
  }
}
