/** Undo and redo of what one changes in the diagram by hand: where tables stand, colours and notes. */
import type { DiagramView } from '../../src/core/diagram/views/diagramView';
import type { Diagram } from './diagram';

type Edited = Pick<DiagramView, 'positions' | 'tableColours' | 'moduleColours' | 'notes'>;

const maxSteps = 100;

export class EditHistory {
  private undone: Edited[] = [];
  private done: Edited[] = [];

  constructor(private readonly diagram: Diagram) {}

  /** Call before a change. */
  keep(): void {
    this.done.push(this.diagram.view);
    this.undone = [];
    if (this.done.length > maxSteps) this.done.shift();
  }

  /** Another view is shown: its steps are not this one's. */
  forget(): void {
    this.done = [];
    this.undone = [];
  }

  undo(): void {
    this.step(this.done, this.undone);
  }

  redo(): void {
    this.step(this.undone, this.done);
  }

  /** A change that was begun is dropped: as if it had not been. */
  drop(): void {
    const before = this.done.pop();
    if (before) this.show(before);
  }

  private step(from: Edited[], to: Edited[]): void {
    const target = from.pop();
    if (!target) return;
    to.push(this.diagram.view);
    this.show(target);
    this.diagram.touchView();
  }

  private show(target: Edited): void {
    const { diagram } = this;
    const { tableColours, moduleColours, notes } = target;
    // Tables that came since then keep their place.
    const positions = new Map([...diagram.positions].map(([id, corner]) => [id, target.positions.get(id) ?? corner]));
    diagram.view = { ...diagram.view, positions, tableColours, moduleColours, notes };
    diagram.applyView();
    diagram.rebuildPicture();
    diagram.updateMirror();
  }
}
