/**
 * A finding's advice → the edit of the user's source that follows it, against the text as it is now.
 * The lightbulb, the Problems panel, the profiler panel and the CLI all ask here.
 */
import type { Finding } from '../profile/queryProfile';
import { batchEdit } from './batchEdit';
import { bulkWriteEdit } from './bulkWriteEdit';
import { decline, type EditContext, type FindingEdit } from './editContext';
import { loadEdit } from './loadEdit';
import { strategyEdit } from './strategyEdit';

export function editForFinding(context: EditContext, finding: Finding): FindingEdit {
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
    default:
      return decline('This change is yours to make; the advice says how.');
  }
}
