/** Notes of a view: where they stand, and the lists that adding, changing and removing one make. */
import type { Point, Rect } from '../geometry';
import type { DiagramView, Note } from './diagramView';

export const noteSize = { width: 190, height: 84 } as const;
const smallestNote = { width: 90, height: 40 } as const;

/** Where a note stands in the plane; null while the table that it is tied to is not shown. */
export function noteRect({ x, y, width, height, table }: Note, boxOf: (id: string) => Point | undefined): Rect | null {
  const corner = table === null ? { x: 0, y: 0 } : boxOf(table);
  return corner ? { x: corner.x + x, y: corner.y + y, width, height } : null;
}

/** The line between a tied note and its box: from the nearest point of the one to the nearest of the other. */
export function tieLine(note: Rect, box: Rect): readonly [Point, Point] {
  const middleX = overlapMiddle(note.x, note.x + note.width, box.x, box.x + box.width);
  const middleY = overlapMiddle(note.y, note.y + note.height, box.y, box.y + box.height);
  return [nearest(note, middleX, middleY), nearest(box, middleX, middleY)];
}

export function addNote(notes: DiagramView['notes'], note: Omit<Note, 'id'>): { readonly notes: readonly Note[]; readonly id: string } {
  const id = freeId(notes);
  return { notes: [...notes, { ...note, id }], id };
}

/** Sizes stay large enough to be caught with the pointer; numbers are whole. */
export function changeNote(notes: DiagramView['notes'], id: string, change: Partial<Omit<Note, 'id'>>): readonly Note[] {
  return notes.map((note) => {
    if (note.id !== id) return note;
    const next = { ...note, ...change };
    return {
      ...next,
      x: Math.round(next.x),
      y: Math.round(next.y),
      width: Math.round(Math.max(smallestNote.width, next.width)),
      height: Math.round(Math.max(smallestNote.height, next.height)),
    };
  });
}

export function removeNote(notes: DiagramView['notes'], id: string): readonly Note[] {
  return notes.filter((note) => note.id !== id);
}

/** Short, so that a line of the file is readable: `n1`, `n2` …. */
function freeId(notes: DiagramView['notes']): string {
  const taken = new Set(notes.map(({ id }) => id));
  for (let number = notes.length + 1; ; number++) if (!taken.has(`n${number}`)) return `n${number}`;
}

/** The middle of what two stretches share, else the middle of the gap between them. */
function overlapMiddle(start: number, end: number, otherStart: number, otherEnd: number): number {
  return (Math.max(start, otherStart) + Math.min(end, otherEnd)) / 2;
}

function nearest({ x, y, width, height }: Rect, towardsX: number, towardsY: number): Point {
  return { x: Math.min(x + width, Math.max(x, towardsX)), y: Math.min(y + height, Math.max(y, towardsY)) };
}
