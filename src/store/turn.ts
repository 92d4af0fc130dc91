/** Lets pieces of work run one after another, in the order in which they came. */
export class Turn {
  #taken = false;
  readonly #waiting: (() => void)[] = [];

  /** Runs the work when all earlier work has ended, well or not. */
  async run<T>(work: () => T | Promise<T>): Promise<T> {
    if (this.#taken) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#taken = true;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#taken = false;
      else next();
    }
  }
}
