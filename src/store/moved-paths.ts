/** What is kept under one path and has another one from now on, or none. */
export interface MovedPath {
  readonly from: string;
  readonly to: string | undefined;
}

/**
 * The paths that change, such as `Places/1/Photo` to `Places/0/Photo`, in an order in which none is needed before it is
 * free: items keep their order, so those that go forward begin at the front, and those that go back at the end.
 */
export function movedPaths(
  paths: readonly string[],
  placeAfter: (path: string) => string | undefined,
): readonly MovedPath[] {
  const changed = paths
    .map((from): MovedPath => ({ from, to: placeAfter(from) }))
    .filter(({ from, to }) => from !== to)
    .toSorted((one, other) => compare(one.from, other.from));
  const isForward = ({ from, to }: MovedPath): boolean => to !== undefined && compare(to, from) < 0;
  return [
    ...changed.filter(({ to }) => to === undefined),
    ...changed.filter(isForward),
    ...changed.filter((each) => each.to !== undefined && !isForward(each)).toReversed(),
  ];
}

function compare(one: string, other: string): number {
  const [left, right] = [one.split('/'), other.split('/')];
  const at = left.findIndex((step, index) => step !== right[index]);
  const [here = '', there = ''] = [left[at], right[at]];
  if (here === there) return 0;
  const difference = Number(here) - Number(there);
  if (Number.isNaN(difference)) return here < there ? -1 : 1;
  return difference;
}
