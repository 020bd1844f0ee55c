/** Answers what a diagram asks: from the language service, and for differences from git. */
import typescript from 'typescript';
import { diffDiagram } from '../core/diagram/diffDiagram';
import { createEntityProject } from '../core/typeorm/entityProject';
import { readRevision, RevisionError } from '../disk/gitRevision';
import type { DiagramAnswer, DiagramQuestion } from '../protocol/diagramQuestions';
import { answerText } from '../service/diagramAnswers';
import type { Log } from './fence';
import type { Workspace } from './workspace';

/** A question that throws costs its own answer only; where nothing is served (`workspace` null) the answer says so. */
export async function answerDiagram(question: DiagramQuestion, workspace: Workspace | null, log: Log): Promise<DiagramAnswer> {
  if (!workspace) return failed(question, 'The entities are still being read. Try again in a moment.');
  try {
    return await answer(question, workspace);
  } catch (error) {
    if (error instanceof RevisionError) return failed(question, error.message);
    log.error(`${question.kind}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return failed(question, 'The answer could not be made; the log of Relation Lens says why.');
  }
}

async function answer(question: DiagramQuestion, { service, project, roots }: Workspace): Promise<DiagramAnswer> {
  switch (question.kind) {
    case 'deleteImpact':
    case 'loadImpact':
      return service.impact(question);
    case 'relate':
      return service.relationPreview(question.plan);
    case 'text':
      return answerText(question, project.graph());
    case 'difference': {
      const { commit, host, note } = await readRevision(roots, question.revision);
      const before = createEntityProject(typescript, host).graph();
      return { kind: 'difference', difference: { revision: question.revision, commit, note, ...diffDiagram(before, project.graph()) } };
    }
  }
}

function failed({ kind }: DiagramQuestion, reason: string): DiagramAnswer {
  return { kind: 'failed', question: kind, reason };
}
