import { explainStatement } from '../core/profile/explain/explainStatement';
import { readPlan } from '../core/profile/explain/readPlan';
import type { SentStatement } from '../core/profile/profileBuilder';
import type { Explanation } from '../protocol/collector';
import type { AnswerEvent } from '../protocol/probe';
import type { Question } from './questions';

export type AskProbe = (processId: number, question: Question) => Promise<Pick<AnswerEvent, 'rows' | 'error'>>;

/** Asks the app's database, through the app, how it would run a statement; whatever stands in the way is said. */
export async function explainQuery(statement: SentStatement | null, ask: AskProbe): Promise<Explanation> {
  if (statement === null) return { whyNot: 'This query was not kept; repeat the request to see it again.' };
  const { processId, source, driver, sql, parameters } = statement;
  const explain = explainStatement(sql, driver);
  if ('whyNot' in explain) return explain;
  const { rows, error } = await ask(Number(processId), { q: 'explain', source, sql: explain.sql, params: parameters ?? [] });
  if (error !== null) return { whyNot: error };
  const steps = readPlan(sql, rows, driver);
  return steps.length > 0 ? { steps } : { whyNot: `${driver} answered with a plan that is not understood.` };
}
