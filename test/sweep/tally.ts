/** What became of one request: as it should, refused as the documentation allows, or neither. */
export type Outcome = 'passed' | 'refused' | 'failed';

export interface Check {
  readonly name: 'read' | 'create' | 'read back' | 'refuse' | 'relate';
  readonly path: string;
  readonly outcome: Outcome;
  /** What was asked and answered, for those that failed. */
  readonly detail?: string;
}

export type Totals = Readonly<Record<string, number>>;

/** Counts by check and outcome: `create: passed`. */
export function totalsOf(checks: readonly Check[]): Totals {
  const totals: Record<string, number> = {};
  for (const { name, outcome } of checks) {
    const key = `${name}: ${outcome}`;
    totals[key] = (totals[key] ?? 0) + 1;
  }
  return Object.fromEntries(Object.entries(totals).sort());
}

/** Where the totals are worse than those that are kept, in words: fewer passed, or more failed. */
export function worse(kept: Totals, totals: Totals): string[] {
  const names = [...new Set([...Object.keys(kept), ...Object.keys(totals)])];
  return names.flatMap((name) => {
    const [before, now] = [kept[name] ?? 0, totals[name] ?? 0];
    const isWorse = name.endsWith(': failed') ? now > before : name.endsWith(': passed') && now < before;
    return isWorse ? [`${name} was ${String(before)} and is ${String(now)}.`] : [];
  });
}
