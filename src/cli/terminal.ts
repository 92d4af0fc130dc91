/** Where the command line writes; a test hands in its own. */
export interface Terminal {
  out(line: string): void;
  error(line: string): void;
}

export const terminal: Terminal = {
  out: (line) => void process.stdout.write(`${line}\n`),
  error: (line) => void process.stderr.write(`${line}\n`),
};
