import type { Draft, Judging, Loading } from '../detect/judging';
import type { Call } from '../evidence';
import { adviseFor } from './loadRelations';

/**
 * Findings that end at the same call share one change: nested and sibling relations become one `relations` object, with one strategy and the
 * query count after all of it (cases D1 and D4).
 */
export function combineAdvice(judging: Judging, drafts: readonly Draft[]): Draft[] {
  const byCall = new Map<Call, Loading[]>();
  for (const { loading } of drafts) {
    if (loading !== null) byCall.set(loading.call, [...(byCall.get(loading.call) ?? []), loading]);
  }
  return drafts.map((draft) => {
    const together = draft.loading && byCall.get(draft.loading.call);
    if (!draft.loading || !together || together.length < 2) return draft;
    return {
      ...draft,
      advice: {
        ...draft.advice,
        ...adviseFor(
          judging,
          draft.loading.call,
          together.map(({ cost }) => cost),
        ),
      },
    };
  });
}
