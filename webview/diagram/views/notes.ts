/** Sticky notes, on the canvas or tied to a table: elements of the page that move with the camera, so that everybody can reach them. */
import type { Point, Rect } from '../../../src/core/diagram/geometry';
import type { Hit } from '../../../src/core/diagram/hitTest';
import { colourIndex, type ColourName } from '../../../src/core/diagram/views/colourNames';
import type { Note } from '../../../src/core/diagram/views/diagramView';
import { addNote, changeNote, noteRect, noteSize, removeNote, tieLine } from '../../../src/core/diagram/views/noteEdits';
import type { SceneBox } from '../../../src/core/diagram/scene';
import { findFreePlace } from '../../../src/core/diagram/updateLayout';
import { toPlane, toScreen } from '../camera';
import { element } from '../dom';
import type { MenuItem } from '../menu';
import type { DiagramFeature, DiagramProgram } from '../program';
import { swatchesFor } from './colouring';
import { createNoteElement, type NoteElement } from './noteElement';

const ownColour: ColourName = 'amber';
const gapToTable = 28;
const keyStep = 10;
/** A note that is begun is shown no smaller than this: one writes into it. */
const writingScale = 0.8;

export class Notes implements DiagramFeature {
  readonly root: HTMLElement;
  private readonly plane = element('div', { class: 'notes-plane' });
  private readonly ties = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  private readonly elements = new Map<string, NoteElement>();

  constructor(private readonly program: DiagramProgram) {
    this.ties.setAttribute('aria-hidden', 'true');
    this.plane.append(this.ties);
    this.root = element('div', { class: 'notes', role: 'region', 'aria-label': 'Notes' }, [this.plane]);
    // A scroll into view of a focused note would shift the notes against the canvas.
    this.root.addEventListener('scroll', () => this.root.scrollTo(0, 0));
    // Over a note one pans and zooms as beside it.
    this.root.addEventListener('wheel', (event) => {
      event.preventDefault();
      program.diagram.stage.canvas.dispatchEvent(new WheelEvent('wheel', event));
    });
    program.onViewChange.push(() => this.show());
  }

  /** With each frame: tables may have been dragged, the camera moved. */
  drawn(): void {
    const { notes } = this.program.diagram.view;
    const { x, y, scale } = this.program.diagram.stage.camera;
    this.root.hidden = notes.length === 0;
    if (notes.length === 0) return;
    this.plane.style.transform = `scale(${scale}) translate(${-x}px, ${-y}px)`;
    if (notes.some(({ table }) => table !== null)) this.place();
  }

  menuItems(hit: Hit, at: Point): MenuItem[] {
    if (hit.kind === 'box') {
      const { id, table } = hit.box;
      return [{ icon: 'note', label: `Add Note to ${table.name}`, run: () => this.add(this.placeNear(hit.box), id) }];
    }
    if (hit.kind === 'edge' || hit.kind === 'hidden-mark') return [];
    const corner = toPlane(this.program.diagram.stage.camera, at);
    return [{ icon: 'note', label: 'Add Note', run: () => this.add({ ...corner, ...noteSize }, null) }];
  }

  toolbarItems(): MenuItem[] {
    return [{ icon: 'note', label: 'Add Note', startsGroup: true, run: () => this.add(this.placeInMiddle(), null) }];
  }

  private add(rect: Rect, table: string | null): void {
    const { stage, view, picture } = this.program.diagram;
    const { notes, id } = addNote(view.notes, { ...rect, table, text: '', colour: null });
    const base = picture.scene.boxById.get(table ?? '') ?? { x: 0, y: 0 };
    const middle = { x: base.x + rect.x + rect.width / 2, y: base.y + rect.y + rect.height / 2 };
    if (stage.camera.scale < writingScale) stage.zoomBy(writingScale / stage.camera.scale, toScreen(stage.camera, middle));
    this.change(changeNote(notes, id, {}));
    this.elements.get(id)?.edit();
  }

  /** Below the table, where edges seldom run, or at the nearest place that is free; relative to the table's corner. */
  private placeNear(box: SceneBox): Rect {
    const { x, y } = this.freePlace({ x: box.x, y: box.y + box.height + gapToTable });
    return { x: x - box.x, y: y - box.y, ...noteSize };
  }

  private placeInMiddle(): Rect {
    const { stage } = this.program.diagram;
    const { x, y } = toPlane(stage.camera, stage.middle);
    return { ...this.freePlace({ x: x - noteSize.width / 2, y: y - noteSize.height / 2 }), ...noteSize };
  }

  /** Of the plane: over no table and no other note. */
  private freePlace(wanted: Point): Point {
    const { picture, view } = this.program.diagram;
    const { boxes, boxById } = picture.scene;
    const notes = view.notes.flatMap((note) => noteRect(note, (id) => boxById.get(id)) ?? []);
    return findFreePlace({ ...wanted, ...noteSize }, wanted, [...boxes, ...notes], gapToTable / 2);
  }

  private change(notes: readonly Note[], keepForUndo = true): void {
    const { diagram, history } = this.program;
    if (keepForUndo) history.keep();
    diagram.view = { ...diagram.view, notes };
    diagram.touchView();
  }

  private show(): void {
    const { view } = this.program.diagram;
    const wanted = new Set(view.notes.map(({ id }) => id));
    for (const [id, { root }] of this.elements) {
      if (wanted.has(id)) continue;
      root.remove();
      this.elements.delete(id);
    }
    for (const { id } of view.notes) if (!this.elements.has(id)) this.create(id);
    this.place();
    this.drawn();
  }

  private place(): void {
    const { diagram } = this.program;
    const { boxById } = diagram.picture.scene;
    const lines: string[] = [];
    for (const note of diagram.view.notes) {
      const shown = this.elements.get(note.id);
      const rect = noteRect(note, (id) => boxById.get(id));
      if (!shown) continue;
      shown.root.hidden = rect === null;
      if (!rect) continue;
      const box = note.table === null ? undefined : boxById.get(note.table);
      const accent = diagram.stage.colours.modules[colourIndex(note.colour ?? ownColour)]?.accent ?? 'currentColor';
      shown.show(note.text, `Note${box ? ` on ${box.table.name}` : ''}: ${note.text === '' ? 'empty' : note.text}`, accent, rect);
      if (!box) continue;
      const [from, to] = tieLine(rect, box);
      lines.push(`<line x1="${from.x}" y1="${from.y}" x2="${to.x}" y2="${to.y}" />`);
    }
    this.ties.innerHTML = lines.join('');
  }

  private create(id: string): void {
    const { diagram } = this.program;
    const find = (): Note | undefined => diagram.view.notes.find((note) => note.id === id);
    let atStart: Note | undefined;
    const follow = (change: (note: Note) => Partial<Note>, done: boolean): void => {
      const before = atStart ?? find();
      if (!before) return;
      this.change(changeNote(diagram.view.notes, id, change(before)), atStart === undefined);
      atStart = done ? undefined : before;
    };
    const made = createNoteElement(id, {
      move: (dx, dy, done) => {
        const { scale } = diagram.stage.camera;
        follow(({ x, y }) => ({ x: x + dx / scale, y: y + dy / scale }), done);
      },
      resize: (dx, dy, done) => {
        const { scale } = diagram.stage.camera;
        follow(({ width, height }) => ({ width: width + dx / scale, height: height + dy / scale }), done);
      },
      edited: (text, height) => this.finishEdit(find(), text, height),
      key: (event) => this.onKey(event, find()),
      menu: (event) => this.openMenu(find(), { x: event.clientX, y: event.clientY }),
    });
    this.elements.set(id, made);
    this.plane.append(made.root);
  }

  /** A note that was left empty is taken away again. */
  private finishEdit(note: Note | undefined, text: string, height: number): void {
    if (!note) return;
    const { notes } = this.program.diagram.view;
    if (text === '' && note.text === '') this.change(removeNote(notes, note.id), false);
    else if (text !== note.text) this.change(changeNote(notes, note.id, { text, height: Math.max(note.height, height) }), note.text !== '');
  }

  private onKey(event: KeyboardEvent, note: Note | undefined): void {
    if (!note) return;
    const { diagram } = this.program;
    const steps: Readonly<Record<string, Point>> = {
      ArrowLeft: { x: -keyStep, y: 0 },
      ArrowRight: { x: keyStep, y: 0 },
      ArrowUp: { x: 0, y: -keyStep },
      ArrowDown: { x: 0, y: keyStep },
    };
    const step = steps[event.key];
    if (event.key === 'Enter' || event.key === 'F2') this.elements.get(note.id)?.edit();
    else if (event.key === 'Delete') this.remove(note);
    else if (step) this.change(changeNote(diagram.view.notes, note.id, { x: note.x + step.x, y: note.y + step.y }));
    else if (event.key === 'Escape') diagram.focusBack();
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) this.openMenu(note, this.placeOnScreen(note));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private remove(note: Note): void {
    const { diagram } = this.program;
    this.change(removeNote(diagram.view.notes, note.id));
    diagram.focusBack();
  }

  private placeOnScreen(note: Note): Point {
    const { stage, picture } = this.program.diagram;
    const rect = noteRect(note, (id) => picture.scene.boxById.get(id));
    return toScreen(stage.camera, { x: (rect?.x ?? 0) + 12, y: (rect?.y ?? 0) + 12 });
  }

  private openMenu(note: Note | undefined, at: Point): void {
    const shown = note && this.elements.get(note.id);
    if (!note || !shown) return;
    const { diagram } = this.program;
    const { notes } = diagram.view;
    const choose = (colour: ColourName | null): void => this.change(changeNote(notes, note.id, { colour }));
    const items: MenuItem[] = [
      { icon: 'edit', label: 'Edit', hint: 'Enter', run: () => shown.edit() },
      { icon: 'trash', label: 'Delete', hint: 'Delete', run: () => this.remove(note) },
      swatchesFor(diagram.stage.colours, 'Colour', note.colour ?? undefined, choose),
    ];
    diagram.parts.menu.open(items, at, shown.root);
  }
}
