/** Answers of a diagram's questions about the graph as it is now. */
import { writeDbml } from '../core/diagram/writeDbml';
import { writeDot } from '../core/diagram/writeDot';
import { writeMermaid } from '../core/diagram/writeMermaid';
import { writePlantuml } from '../core/diagram/writePlantuml';
import type { EditContext } from '../core/edits/editContext';
import { relateEntities } from '../core/edits/relateEntities';
import type { RelationPlan } from '../core/edits/relationPlan';
import { relationTree } from '../core/edits/relationTree';
import { deleteImpact } from '../core/model/deleteImpact';
import { loadImpact } from '../core/model/loadImpact';
import type { RelationGraph } from '../core/model/relationGraph';
import type { RelationLoadStats } from '../core/profile/queryProfile';
import type { DiagramAnswer, DiagramQuestion, TextFormat } from '../protocol/diagramQuestions';
import type { FindingEditResult } from '../protocol/lsp';
import { previewEdits } from './relationPreview';
import { toRange, toUri } from './toLsp';

export interface ImpactSources {
  readonly graph: RelationGraph;
  readonly typeormMajor: number | null;
  /** What the last profiled run measured. */
  readonly statsOf: (entity: string, relation: string) => RelationLoadStats | undefined;
}

export type ImpactQuestion = Extract<DiagramQuestion, { kind: 'deleteImpact' | 'loadImpact' }>;

export function answerImpact(question: ImpactQuestion, { graph, typeormMajor, statsOf }: ImpactSources): DiagramAnswer {
  const gone: DiagramAnswer = {
    kind: 'failed',
    question: question.kind,
    reason: 'The entity is gone from the sources. Choose another one in the diagram.',
  };
  switch (question.kind) {
    case 'deleteImpact': {
      const impact = deleteImpact(graph, question.entity, { way: question.way, loaded: question.loaded, typeormMajor });
      return impact ? { kind: 'deleteImpact', typeormMajor, impact } : gone;
    }
    case 'loadImpact': {
      const { strategy, relations } = question;
      const fanOut = (entity: string, relation: string): number | null => fanOutOf(statsOf(entity, relation));
      const impact = loadImpact(graph, question.entity, { relations: relationTree(relations), strategy, typeormMajor, fanOut });
      return impact ? { kind: 'loadImpact', typeormMajor, impact } : gone;
    }
  }
}

/** Rows that one load of the relation returned on average. */
function fanOutOf(stats: RelationLoadStats | undefined): number | null {
  return stats === undefined || stats.loads === 0 ? null : stats.rows / stats.loads;
}

export type TextQuestion = Extract<DiagramQuestion, { kind: 'text' }>;

/** The entities that were asked for, and the relations among them, in a text format: what `relation-lens graph --format` writes of them. */
export function answerText({ format, entities }: TextQuestion, graph: RelationGraph): DiagramAnswer {
  const wanted = new Set(entities);
  const part = { ...graph, entities: graph.entities.filter(({ id }) => wanted.has(id)) };
  return { kind: 'text', format, text: textWriters[format](part) };
}

const textWriters: Readonly<Record<TextFormat, (graph: RelationGraph) => string>> = {
  mermaid: writeMermaid,
  dbml: writeDbml,
  plantuml: writePlantuml,
  dot: writeDot,
};

/** The edits in the editor's terms. */
export function relationEdit(context: EditContext, plan: RelationPlan): FindingEditResult {
  const result = relateEntities(context, plan);
  if (result.kind === 'declined') return result;
  return { ...result, edits: result.edits.map((edit) => ({ uri: toUri(edit.file), range: toRange(edit), newText: edit.newText })) };
}

export function previewRelation(context: EditContext, plan: RelationPlan): DiagramAnswer {
  const result = relateEntities(context, plan);
  if (result.kind === 'declined') return { kind: 'failed', question: 'relate', reason: result.reason };
  return { kind: 'relate', plan, preview: previewEdits(result.edits, context.readFile) };
}
