/** As much of an `AbortSignal` as is needed; a whole one for each request costs more than reading an entity by its key. */
export interface Signal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** How far the statements of a session may go. */
export interface Bounds {
  /**
   * The longest time that one statement may take, waiting for others included, in milliseconds; without it there is no
   * end. SQLite cannot keep it: its driver has the only thread until the statement is done.
   */
  readonly milliseconds?: number;
  /** Ends what a read has running when it aborts; units of work go on to their end. */
  readonly signal?: Signal;
}
