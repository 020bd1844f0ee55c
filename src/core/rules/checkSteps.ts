/** Which files' problems changed from one result to the next, so that whoever follows them looks at those and not at the whole workspace. */

/** Results are known by a mark of their own, which holds on to nothing. */
export interface CheckStep {
  readonly to: object;
  /** The mark of the result that it follows; null for the first one. */
  readonly from: object | null;
  /** Files whose list is another one than in the result before, or is gone. */
  readonly files: readonly string[];
}

export function nextStep(before: CheckStep | null, files: readonly string[]): CheckStep {
  return { to: {}, from: before?.to ?? null, files };
}

/**
 * The files to look at for one who has last looked when the mark was `seen`: none, those of one step, or null for all of them, where a step was
 * missed.
 */
export function filesSince(seen: object | null, { to, from, files }: CheckStep): readonly string[] | null {
  if (seen === to) return [];
  return seen !== null && seen === from ? files : null;
}
