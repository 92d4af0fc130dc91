/** What a client knows of an account of its own: all of it was acknowledged, and nobody else changes it. */
export interface OwnAccount {
  name: string | null;
  /** Text by key. */
  readonly notes: Map<string, string>;
  readonly groups: Set<string>;
}

/** What the service has acknowledged, told apart by who may change it. */
export class Ledger {
  /** By key; gone from here once their removal was acknowledged. */
  readonly accounts = new Map<string, OwnAccount>();
  readonly removed = new Set<string>();
  /** Pairs of orders by what became of their change set, with the account that they are for. */
  readonly pairs = new Map<string, { readonly account: string; readonly isKept: boolean }>();
  /** How often each shared counter was counted up. */
  readonly counts = new Map<string, number>();
  /** Answers by what was asked for and what came. */
  readonly answers = new Map<string, number>();
  readonly unexpected: string[] = [];
  readonly #durations: number[] = [];

  /** Notes an answer; one that the operation does not allow for is a fault of the service. */
  note(operation: string, status: number, expected: readonly number[], milliseconds: number, text: string): void {
    const name = `${operation} ${String(status)}`;
    this.answers.set(name, (this.answers.get(name) ?? 0) + 1);
    this.#durations.push(milliseconds);
    if (!expected.includes(status) && this.unexpected.length < 20)
      this.unexpected.push(`${name}: ${text.slice(0, 300)}`);
  }

  countUp(counter: string): void {
    this.counts.set(counter, (this.counts.get(counter) ?? 0) + 1);
  }

  get requests(): number {
    return this.#durations.length;
  }

  /** The time within which this share of all requests was answered, in milliseconds. */
  percentile(share: number): number {
    const sorted = this.#durations.toSorted((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  }
}
