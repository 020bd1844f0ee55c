/** Undo and redo of what one changes in the diagram by hand: where tables stand, colours and notes, and what is shown. */
import type { DiagramView } from '../../src/core/diagram/views/diagramView';
import type { Camera } from './camera';
import type { Diagram } from './diagram';

export interface Step {
  readonly view: DiagramView;
  readonly camera: Camera;
  /** The id of the table that was selected. */
  readonly selected: string | null;
}

const maxSteps = 100;
/** A step that differs in one of these shows other tables, or the same ones otherwise: it has to be laid out. */
const laidOutBy = ['filter', 'focus', 'detail', 'junctions', 'junctionsOtherwise', 'grouping'] as const;

export class EditHistory {
  private undone: Step[] = [];
  private done: Step[] = [];
  private series: string | null = null;

  constructor(
    private readonly diagram: Diagram,
    /** Shows an earlier state of the view as it was looked at then. */
    private readonly showAgain: (step: Step) => void,
  ) {}

  get canUndo(): boolean {
    return this.done.length > 0;
  }

  get canRedo(): boolean {
    return this.undone.length > 0;
  }

  /** Call before a change. Those of one series that follow each other, the letters of a word, are one step. */
  keep(series: string | null = null): void {
    const goesOn = series !== null && series === this.series && this.done.length > 0;
    this.series = series;
    this.undone = [];
    if (goesOn) return;
    this.done.push(this.now);
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
    if (before) this.repaint(before.view);
  }

  private get now(): Step {
    const { view, stage } = this.diagram;
    return { view, camera: stage.camera, selected: stage.interaction.selected };
  }

  private step(from: Step[], to: Step[]): void {
    const target = from.pop();
    if (!target) return;
    const { view } = this.diagram;
    to.push(this.now);
    this.series = null;
    if (laidOutBy.some((part) => target.view[part] !== view[part])) this.showAgain(target);
    else {
      this.repaint(target.view);
      this.diagram.touchView();
    }
  }

  private repaint({ positions: then, tableColours, moduleColours, notes }: DiagramView): void {
    const { diagram } = this;
    // Tables that came since then keep their place.
    const positions = new Map([...diagram.positions].map(([id, corner]) => [id, then.get(id) ?? corner]));
    diagram.view = { ...diagram.view, positions, tableColours, moduleColours, notes };
    diagram.applyView();
    diagram.rebuildPicture();
    diagram.updateMirror();
  }
}
