/** Undo and redo of what one changes in the diagram by hand: where tables stand. */
import type { Positions } from '../../src/core/diagram/layoutDiagram';
import type { Diagram } from './diagram';

const maxSteps = 50;

export class EditHistory {
  private readonly undone: Positions[] = [];
  private readonly done: Positions[] = [];

  constructor(private readonly diagram: Diagram) {}

  /** Call before a change. */
  keep(): void {
    this.done.push(this.diagram.positions);
    this.undone.length = 0;
    if (this.done.length > maxSteps) this.done.shift();
  }

  undo(): void {
    this.step(this.done, this.undone);
  }

  redo(): void {
    this.step(this.undone, this.done);
  }

  private step(from: Positions[], to: Positions[]): void {
    const { diagram } = this;
    const target = from.pop();
    if (!target) return;
    to.push(diagram.positions);
    // Tables that came since then keep their place.
    diagram.positions = new Map([...diagram.positions].map(([id, corner]) => [id, target.get(id) ?? corner]));
    diagram.rebuildPicture();
    diagram.updateMirror();
    diagram.saveSoon();
  }
}
