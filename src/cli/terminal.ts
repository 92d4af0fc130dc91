/** Where the command line writes; a test hands in its own. */
export interface Terminal {
  out(line: string): void;
  error(line: string): void;
  /** Shows how far something is, in place of what was shown before; an empty text takes it away. Absent where nobody watches. */
  readonly progress?: ((text: string) => void) | undefined;
}

export const terminal: Terminal = {
  out: (line) => void process.stdout.write(`${line}\n`),
  error: (line) => void process.stderr.write(`${line}\n`),
  progress: process.stderr.isTTY ? (text) => void process.stderr.write(`\r\u001B[K${text}`) : undefined,
};
