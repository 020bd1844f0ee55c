/** Remembers the whole diagrams that the client was sent last, so that after an edit only what changed travels. */
import { randomUUID } from 'node:crypto';
import type { DiagramModel } from '../core/diagram/diagramModel';
import { applyChange, changeBetween } from '../protocol/diagramChange';
import type { DiagramResult } from '../protocol/lsp';

/** Several parts of a client ask for themselves, one of them a version later than another. */
const remembered = 4;
const empty: DiagramModel = { tables: [], edges: [], modules: [], problems: [] };

export class DiagramVersions {
  /** A client that outlives a server must not take its versions for the next one's. */
  private readonly origin = randomUUID();
  private count = 0;
  private made: DiagramModel | null = null;
  /** They share what did not change, so that a version costs little more than the difference. */
  private readonly versions = new Map<string, DiagramModel>();
  private latest: { readonly version: string; readonly model: DiagramModel } | null = null;

  /** @param held the version that the client has; it is answered with the difference where that is remembered. */
  answer(made: DiagramModel, held: string | undefined): Pick<DiagramResult, 'model' | 'version' | 'change'> {
    const { version, model } = this.remember(made);
    const before = held === undefined ? undefined : this.versions.get(held);
    return before ? { model: empty, version, change: changeBetween(before, model) } : { model, version };
  }

  private remember(made: DiagramModel): { readonly version: string; readonly model: DiagramModel } {
    if (this.latest && made === this.made) return this.latest;
    const model = this.latest ? applyChange(this.latest.model, changeBetween(this.latest.model, made)) : made;
    const version = `${this.origin}/${++this.count}`;
    this.made = made;
    this.latest = { version, model };
    this.versions.set(version, model);
    for (const old of this.versions.keys()) if (this.versions.size > remembered) this.versions.delete(old);
    return this.latest;
  }
}
