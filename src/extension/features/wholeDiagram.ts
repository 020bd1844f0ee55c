import type { DiagramModel } from '../../protocol/diagramPanel';
import { applyChange, changeBetween } from '../../protocol/diagramChange';
import type { DiagramParams, DiagramResult } from '../../protocol/lsp';

/**
 * Asks for the whole diagram and is sent only what changed since the last time. What did not change keeps its objects from answer to
 * answer. Pure but for what it holds.
 */
export class WholeDiagram {
  private held: { readonly version: string; readonly model: DiagramModel } | null = null;

  async ask(request: (params: DiagramParams) => Promise<DiagramResult>): Promise<DiagramResult> {
    const before = this.held;
    const { change, ...result } = await request(before ? { held: before.version } : {});
    const model = before ? applyChange(before.model, change ?? changeBetween(before.model, result.model)) : result.model;
    if (result.version === undefined) return { ...result, model };
    // Another question may have been answered with the same version meanwhile.
    if (this.held?.version === result.version) return { ...result, model: this.held.model };
    this.held = { version: result.version, model };
    return { ...result, model };
  }
}
