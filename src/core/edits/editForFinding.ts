/**
 * A finding's advice → the edit of the user's source that follows it, against the text as it is now.
 * The lightbulb, the Problems panel, the profiler panel and the CLI all ask here.
 */
import type { AdviceKind, Finding } from '../profile/queryProfile';
import { batchEdit } from './batchEdit';
import { bulkWriteEdit } from './bulkWriteEdit';
import { decline, type EditContext, type FindingEdit } from './editContext';
import { loadEdit } from './loadEdit';
import { nearestFirst } from './nearestFirst';
import { strategyEdit } from './strategyEdit';
import { addIndexEdit, removeRelationEdit, selectColumnsEdit } from './wasteEdits';

export function editForFinding(context: EditContext, finding: Finding): FindingEdit {
  const place = finding.parent?.site ?? finding.site;
  const edit = followAdvice(place ? { ...context, graph: nearestFirst(context.graph, place.file) } : context, finding);
  const { currentQueryCount: before } = finding.advice;
  const isWasted =
    edit.kind === 'edit' && FEWER_QUERIES.has(finding.advice.kind) && edit.predicted !== null && before !== undefined && edit.predicted >= before;
  return isWasted ? decline(`It would save no query here: ${before} → ${edit.predicted}.`) : edit;
}

/** Advice that is about the number of queries; the rest is about rows, columns and time. */
const FEWER_QUERIES: ReadonlySet<AdviceKind> = new Set<AdviceKind>(['load-relations', 'batch-in', 'bulk-write']);

function followAdvice(context: EditContext, finding: Finding): FindingEdit {
  const { advice } = finding;
  if (!advice.editable) return decline(advice.whyNot ?? 'No edit follows from this finding.');
  switch (advice.kind) {
    case 'load-relations':
      return loadEdit(context, finding);
    case 'query-strategy':
      return strategyEdit(context, finding);
    case 'batch-in':
      return batchEdit(context, finding);
    case 'bulk-write':
      return bulkWriteEdit(context, finding);
    case 'remove-relation':
      return removeRelationEdit(context, finding);
    case 'select-columns':
      return selectColumnsEdit(context, finding);
    case 'add-index':
      return addIndexEdit(context, finding);
    default:
      return decline('This change is yours to make; the advice says how.');
  }
}
