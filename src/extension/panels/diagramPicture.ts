/** What a diagram shows in which situation. Pure. */
import type { DiagramMode, DiagramModel, DiagramState } from '../../protocol/diagramPanel';
import type { DiagramResult } from '../../protocol/lsp';
import type { WorkspaceState } from '../contributions';

export interface Situation {
  readonly mode: DiagramMode;
  readonly workspace: WorkspaceState;
  /** Why there is no language server; null where there is one or one is on its way. */
  readonly serverError: string | null;
  /** Entities in the whole graph, as far as the server has told; null before it did. */
  readonly entityCount: number | null;
  readonly result: DiagramResult | null;
}

export const EMPTY_MODEL: DiagramModel = { tables: [], edges: [], modules: [], problems: [] };

export function diagramState({ mode, workspace, serverError, entityCount, result }: Situation): DiagramState {
  if (workspace === 'noTypeorm' || workspace === 'noFolder') return { kind: 'no-typeorm' };
  if (serverError !== null) return { kind: 'error', message: `The language server could not be started: ${serverError}` };
  if (!result) return { kind: 'loading', filesRead: 0 };
  if (result.model.tables.length > 0) return { kind: 'ready' };
  if (!result.ready) return { kind: 'loading', filesRead: result.fileCount };
  return mode === 'sidebar' && entityCount !== 0 ? { kind: 'no-focus' } : { kind: 'no-entities' };
}
