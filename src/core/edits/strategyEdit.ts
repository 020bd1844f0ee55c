/** `relationLoadStrategy: 'query'` at the find whose joins multiply rows. */
import type { Finding } from '../profile/queryProfile';
import { readSource, toEdit, type EditContext, type FindingEdit } from './editContext';
import { findCall } from './findCall';
import { useQueryStrategy } from './findOptions';
import { lineAt } from './sourceText';

export function strategyEdit(context: EditContext, { site, entity, advice }: Finding): FindingEdit {
  const source = site && readSource(context, site.file);
  if (!site || !source) return { kind: 'gone' };
  const calls = ['find', 'findOne', 'findOneOrFail', 'findAndCount'].flatMap((api) => findCall(source, { site, api, entity }) ?? []);
  const call =
    calls.find((each) => lineAt(source, each.expression.name.getStart(source.tree)) === site.line) ?? (calls.length === 1 ? calls[0] : undefined);
  if (!call) return { kind: 'gone' };
  const title = `Load each relation by a query of its own: relationLoadStrategy: 'query'`;
  const result = useQueryStrategy(source, call, context.graph, entity, advice.driver ?? null);
  const extra = result.kind === 'changes' ? (result.extraQueries ?? 0) : 0;
  return toEdit(source, title, advice.currentQueryCount === undefined ? null : advice.currentQueryCount + extra, result);
}
