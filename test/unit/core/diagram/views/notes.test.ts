import { describe, expect, it } from 'vitest';
import { darkPicture } from '../../../../../src/core/diagram/colours';
import { buildScene } from '../../../../../src/core/diagram/scene';
import { shapeTable } from '../../../../../src/core/diagram/tableShape';
import { sceneToSvg } from '../../../../../src/core/diagram/writeSvg';
import type { Note } from '../../../../../src/core/diagram/views/diagramView';
import { addNote, changeNote, noteRect, removeNote, tieLine } from '../../../../../src/core/diagram/views/noteEdits';
import { sceneWithNotes } from '../../../../../src/core/diagram/views/sceneNotes';
import { aTable } from '../models';

const free: Note = { id: 'n1', text: 'Ask sales', table: null, x: 10, y: 20, width: 190, height: 84, colour: null };
const tied: Note = { ...free, id: 'n2', table: 'Book', x: 220, y: 0 };

describe('notes', () => {
  it('get an id that no other has', () => {
    const { notes, id } = addNote([{ ...free, id: 'n2' }], { ...free });
    expect([id, notes.length]).toEqual(['n3', 2]);
    expect(addNote([], free).id).toBe('n1');
  });

  it('are changed in whole numbers, never too small to be caught, and one alone', () => {
    const [first, second] = changeNote([free, tied], 'n1', { x: 1.4, width: 3 });
    expect(first).toEqual({ ...free, x: 1, width: 90 });
    expect(second).toBe(tied);
    expect(removeNote([free, tied], 'n1')).toEqual([tied]);
  });

  it('go with the table that they are tied to, and away with it', () => {
    expect(noteRect(tied, () => ({ x: 100, y: 50 }))).toEqual({ x: 320, y: 50, width: 190, height: 84 });
    expect(noteRect(tied, () => undefined)).toBeNull();
    expect(noteRect(free, () => undefined)).toEqual({ x: 10, y: 20, width: 190, height: 84 });
  });

  it('are tied by the shortest straight line', () => {
    const box = { x: 0, y: 0, width: 100, height: 100 };
    expect(tieLine({ x: 150, y: 20, width: 50, height: 40 }, box)).toEqual([
      { x: 150, y: 40 },
      { x: 100, y: 40 },
    ]);
  });

  it('stand in exported pictures, within their bounds, with their lines broken', () => {
    const table = aTable('catalog', 'Book', ['id int PK']);
    const measure = (text: string): number => text.length * 7;
    const scene = buildScene(
      { tables: [table], edges: [], modules: [{ id: 'src/catalog', name: 'catalog' }], problems: [] },
      new Map([[table.id, shapeTable(table, 'all', measure)]]),
      new Map([[table.id, { x: 0, y: 0 }]]),
    );
    expect(sceneWithNotes(scene, [])).toBe(scene);
    const noted = sceneWithNotes(scene, [{ ...tied, table: table.id, x: 400, text: 'Asked & answered by the sales department' }]);
    expect(noted.bounds.x + noted.bounds.width).toBe(590);
    const svg = sceneToSvg(noted, darkPicture, measure);
    expect(svg).toContain('>Asked &#38; answered by the</text>');
    expect(svg).toContain('>sales department</text>');
    expect(sceneToSvg(scene, darkPicture, measure)).not.toContain('Note');
  });
});
