/** Notes in pictures that are written to files; on the screen they are elements of the page. */
import { moduleColoursAt, type DiagramColours } from '../colours';
import { boundsOf, type Rect } from '../geometry';
import type { Painter } from '../paint';
import type { Scene, SceneNote } from '../scene';
import type { MeasureText } from '../tableShape';
import { colourIndex } from './colourNames';
import type { Note } from './diagramView';
import { noteRect, tieLine } from './noteEdits';

const lineHeight = 16;
const padding = { x: 12, y: 8 } as const;

/** The scene with the notes whose place is shown, and bounds that hold them. */
export function sceneWithNotes(scene: Scene, notes: readonly Note[]): Scene {
  const placed = notes.flatMap((note): SceneNote[] => {
    const rect = noteRect(note, (id) => scene.boxById.get(id));
    const box = note.table === null ? undefined : scene.boxById.get(note.table);
    return rect ? [{ ...rect, text: note.text, colour: colourIndex(note.colour ?? 'amber'), tie: box ? tieLine(rect, box) : null }] : [];
  });
  return placed.length === 0 ? scene : { ...scene, notes: placed, bounds: boundsOf([scene.bounds, ...placed]) };
}

export function paintNote(painter: Painter, note: SceneNote, colours: DiagramColours): void {
  const { accent } = moduleColoursAt(colours, note.colour);
  if (note.tie) painter.line(note.tie, { stroke: colours.secondary, lineWidth: 1, dash: [3, 3] });
  painter.rect(note, { fill: colours.surface, stroke: accent, lineWidth: 1, radius: 3 });
  painter.rect({ ...note, width: 4 }, { fill: accent });
  wrapLines(note.text, note, painter.measure).forEach((line, index) => {
    painter.text(line, { x: note.x + padding.x, y: note.y + padding.y + (index + 0.5) * lineHeight }, 'type', { colour: colours.text });
  });
}

/** As many lines as the note has room for, broken between words where one can. */
function wrapLines(text: string, { width, height }: Rect, measure: MeasureText): string[] {
  const room = width - 2 * padding.x;
  const lines = text.split('\n').flatMap((paragraph) => {
    const own: string[] = [];
    let line = '';
    for (const word of paragraph.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (line !== '' && measure(longer, 'type') > room) {
        own.push(line);
        line = word;
      } else line = longer;
    }
    return [...own, line];
  });
  return lines.slice(0, Math.max(1, Math.floor((height - padding.y) / lineHeight)));
}
