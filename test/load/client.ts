import type { Answer, Send } from './http.js';
import type { Ledger } from './ledger.js';

export const SHARED = { counters: 4, rooms: 6, groups: 5 } as const;

/** Numbers from 0 to below `limit`; the same for the same seed. */
type Random = (limit: number) => number;

/** One client: it writes one thing after another until its time is over. */
export class Client {
  readonly #name: string;
  readonly #send: Send;
  readonly #ledger: Ledger;
  readonly #random: Random;
  readonly #own: string[] = [];
  #made = 0;

  constructor(number: number, send: Send, ledger: Ledger) {
    this.#name = `client${String(number)}`;
    this.#send = send;
    this.#ledger = ledger;
    this.#random = randomFrom(number + 1);
  }

  async run(isOver: () => boolean): Promise<void> {
    const steps = [
      () => this.#create(),
      () => this.#rename(),
      () => this.#renameTwo(),
      () => this.#changeNotes(),
      () => this.#link(),
      () => this.#unlink(),
      () => this.#orderPair(),
      () => this.#count(),
      () => this.#count(),
      () => this.#manage(),
      () => this.#useRoom(),
      () => this.#remove(),
    ];
    while (!isOver()) await steps[this.#own.length < 2 ? 0 : this.#random(steps.length)]!();
  }

  async #ask(
    operation: string,
    expected: readonly number[],
    method: string,
    path: string,
    json?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer> {
    const begun = performance.now();
    const answer = await this.#send(method, path, json, headers);
    this.#ledger.note(operation, answer.status, expected, performance.now() - begun, answer.text);
    return answer;
  }

  async #create(): Promise<void> {
    const Id = this.#newName();
    const note = { Id: 'first', Text: Id };
    const { status } = await this.#ask('create', [201], 'POST', 'Accounts', { Id, Name: Id, Notes: [note] });
    if (status !== 201) return;
    this.#ledger.accounts.set(Id, { name: Id, notes: new Map([['first', Id]]), groups: new Set() });
    this.#own.push(Id);
  }

  async #rename(): Promise<void> {
    const id = this.#anyOwn();
    const Name = this.#newName();
    const { status } = await this.#ask('update', [204], 'PATCH', at('Accounts', id), { Name });
    if (status === 204) this.#ledger.accounts.get(id)!.name = Name;
  }

  /** A list of changes: both or none. */
  async #renameTwo(): Promise<void> {
    const [one, two] = [this.#own[0]!, this.#own.at(-1)!];
    const Name = this.#newName();
    const fails = this.#random(4) === 0;
    const value = [{ Id: one, Name }, { Id: two, Name }, ...(fails ? [{ '@removed': {}, Id: 'nobody' }] : [])];
    const { status } = await this.#ask('delta', [fails ? 404 : 204], 'PATCH', 'Accounts', {
      '@context': '#$delta',
      value,
    });
    if (status === 204) for (const id of [one, two]) this.#ledger.accounts.get(id)!.name = Name;
  }

  async #changeNotes(): Promise<void> {
    const id = this.#anyOwn();
    const { notes } = this.#ledger.accounts.get(id)!;
    const [gone] = notes.keys();
    const added = this.#newName();
    const changes = [{ Id: added, Text: added }, ...(gone === undefined ? [] : [{ '@removed': {}, Id: gone }])];
    const { status } = await this.#ask('deep update', [204], 'PATCH', at('Accounts', id), { 'Notes@delta': changes });
    if (status !== 204) return;
    notes.set(added, added);
    if (gone !== undefined) notes.delete(gone);
  }

  async #link(): Promise<void> {
    const id = this.#anyOwn();
    const group = `group${String(this.#random(SHARED.groups))}`;
    const json = { '@odata.id': at('Accounts', id) };
    const { status } = await this.#ask('link', [204], 'POST', `${at('Groups', group)}/Members/$ref`, json);
    if (status === 204) this.#ledger.accounts.get(id)!.groups.add(group);
  }

  async #unlink(): Promise<void> {
    const id = this.#anyOwn();
    const [group] = this.#ledger.accounts.get(id)!.groups;
    if (group === undefined) return;
    const path = `${at('Groups', group)}/Members/$ref?$id=${encodeURIComponent(at('Accounts', id))}`;
    const { status } = await this.#ask('unlink', [204], 'DELETE', path);
    if (status === 204) this.#ledger.accounts.get(id)!.groups.delete(group);
  }

  /** A change set of two orders, and now and then a third request that fails and takes both with it. */
  async #orderPair(): Promise<void> {
    const account = this.#anyOwn();
    const Pair = this.#newName();
    const fails = this.#random(3) === 0;
    const order = (id: string, Id: string) => ({
      id,
      atomicityGroup: 'pair',
      method: 'POST',
      url: 'Orders',
      headers: { 'content-type': 'application/json' },
      body: { Id, Pair, AccountId: account },
    });
    const requests = [order('1', `${Pair}-a`), order('2', `${Pair}-b`), ...(fails ? [order('3', `${Pair}-a`)] : [])];
    const { status, text } = await this.#ask('change set', [200], 'POST', '$batch', { requests });
    if (status !== 200) return;
    const answers = (JSON.parse(text) as { responses: { status: number }[] }).responses;
    const isKept = answers.every((each) => each.status === 201);
    if (isKept === fails) this.#ledger.unexpected.push(`change set: ${text.slice(0, 300)}`);
    this.#ledger.pairs.set(Pair, { account, isKept });
  }

  /** Counts a shared counter up under `If-Match`: where another was faster, nothing is counted. */
  async #count(): Promise<void> {
    const counter = `counter${String(this.#random(SHARED.counters))}`;
    const { text, headers } = await this.#ask('read', [200], 'GET', at('Accounts', counter));
    const { Count } = JSON.parse(text) as { Count: number };
    const condition = { 'If-Match': String(headers['etag']) };
    const { status } = await this.#ask(
      'count',
      [204, 412],
      'PATCH',
      at('Accounts', counter),
      { Count: Count + 1 },
      condition,
    );
    if (status === 204) this.#ledger.countUp(counter);
  }

  /** Many clients set the one manager of a shared account. */
  async #manage(): Promise<void> {
    const counter = `counter${String(this.#random(SHARED.counters))}`;
    const json = { '@odata.id': at('Accounts', this.#anyOwn()) };
    await this.#ask('set reference', [204], 'PUT', `${at('Accounts', counter)}/Manager/$ref`, json);
  }

  /** Shared accounts come and go while others write below them, order for them and join them to groups. */
  async #useRoom(): Promise<void> {
    const room = `room${String(this.#random(SHARED.rooms))}`;
    const path = at('Accounts', room);
    const Id = this.#newName();
    switch (this.#random(5)) {
      case 0:
        await this.#ask('upsert', [201, 204, 409], 'PUT', path, { Name: Id, Count: 0 });
        return;
      case 1:
        await this.#ask('delete shared', [204, 404], 'DELETE', path);
        return;
      case 2:
        await this.#ask('create below', [201, 404], 'POST', `${path}/Notes`, { Id, Text: Id });
        return;
      case 3:
        await this.#ask('create dependent', [201, 400], 'POST', 'Orders', { Id, AccountId: room });
        return;
      default:
        await this.#ask('link shared', [204, 400, 404], 'POST', `${at('Groups', 'group0')}/Members/$ref`, {
          '@odata.id': path,
        });
    }
  }

  async #remove(): Promise<void> {
    const [id] = this.#own;
    const { status } = await this.#ask('delete', [204], 'DELETE', at('Accounts', id!));
    if (status !== 204) return;
    this.#own.shift();
    this.#ledger.accounts.delete(id!);
    this.#ledger.removed.add(id!);
  }

  #anyOwn(): string {
    return this.#own[this.#random(this.#own.length)]!;
  }

  #newName(): string {
    return `${this.#name}-${String(++this.#made)}`;
  }
}

export function at(set: string, key: string): string {
  return `${set}('${key}')`;
}

/** A small generator of numbers (mulberry32), so that a run can be told apart from another by its seeds alone. */
function randomFrom(seed: number): Random {
  let state = seed * 0x9e3779b9;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}
