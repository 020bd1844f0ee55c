import { describe, expect, it } from 'vitest';
import type { DiagramModel } from '../../src/core/diagram/diagramModel';
import { anEdge, aTable, generatedModel } from '../unit/core/diagram/models';
import { cornersByName, data, focused, laidOut, namesShown, seriousFindings, show, useDiagrams } from './diagramHarness';
import type { ThemeName } from './themes';

const openDiagram = useDiagrams();

function modelOf(tables: DiagramModel['tables'], edges: DiagramModel['edges'] = []): DiagramModel {
  const modules = [...new Set(tables.map(({ module }) => module))].map((id) => ({ id, name: id.replace('src/', '') }));
  return { tables, edges, modules, problems: [] };
}

describe('few and many', () => {
  it('shows one entity, which the arrows reach and leave in peace', async () => {
    const diagram = await openDiagram();
    await show(diagram, modelOf([aTable('shop', 'Alone', ['id int PK'])]));
    expect(await namesShown(diagram)).toEqual(['Alone']);
    await diagram.page.keyboard.press('ArrowRight');
    await diagram.page.keyboard.press('ArrowRight');
    expect(await focused(diagram)).toBe('Alone');
    await diagram.page.keyboard.press('f');
    expect(await seriousFindings(diagram)).toEqual([]);
    expect(diagram.errors()).toEqual([]);
  });

  it('comes back from nothing, and says what to do meanwhile', async () => {
    const diagram = await openDiagram();
    await show(diagram, modelOf([]), null, { kind: 'no-entities' });
    expect(await diagram.page.locator('.page').textContent()).toContain('No entities yet');
    await show(diagram, modelOf([aTable('shop', 'First', ['id int PK'])]));
    expect(await namesShown(diagram)).toEqual(['First']);
    expect(await diagram.page.locator('.page').count()).toBe(0);
  });

  it('shows ten thousand entities with a bounded page, and one of them on demand', async () => {
    const diagram = await openDiagram({ width: 1600, height: 1000 });
    const model = generatedModel(10_000);
    await show(diagram, model);
    expect(await data(diagram, 'tableCount')).toBe('10000');
    expect(await diagram.page.evaluate(`document.querySelectorAll('*').length`)).toBeLessThan(2000);
    const wanted = model.tables[7_777]?.name ?? '';
    await diagram.page.keyboard.press('/');
    await diagram.page.keyboard.type(wanted);
    await diagram.page.keyboard.press('Enter');
    await expect.poll(() => focused(diagram)).toBe(wanted);
    await diagram.screenshot('diagram-10000');
    expect(diagram.errors()).toEqual([]);
  });
});

describe('unusual entities', () => {
  const long = aTable('shop', 'Very'.repeat(75), ['id int PK', `${'column'.repeat(50)} varchar`]);
  const wide = aTable('shop', 'Wide', ['id int PK', ...Array.from({ length: 499 }, (_, index) => `column${index} int`)]);
  const [one, other] = [aTable('knots', 'One', ['id int PK']), aTable('knots', 'Other', ['id int PK'])];
  const relations = Array.from({ length: 200 }, (_, index) =>
    anEdge(index % 2 === 0 ? one : other, index % 2 === 0 ? other : one, { from: { property: `relation${index}`, columns: ['id'] } }),
  );
  const loops = [one, other, long, wide].map((table) => anEdge(table, table, { from: { property: 'self', columns: ['id'] } }));
  const ring = [anEdge(long, wide), anEdge(wide, one, { from: { property: 'ring' } }), anEdge(other, long, { from: { property: 'back' } })];
  const model = modelOf([long, wide, one, other], [...relations, ...loops, ...ring]);

  it('stay readable: long names are cut, columns counted, every relation told', async () => {
    const diagram = await openDiagram({ width: 1600, height: 1000 });
    await show(diagram, model);
    expect(await namesShown(diagram)).toHaveLength(4);
    const size = await diagram.page.locator(`[data-name=Wide]`).evaluate((node: { style: { height: string } }) => parseInt(node.style.height, 10));
    expect(size).toBeLessThan(700);
    expect(await diagram.page.locator('[data-edge]').count()).toBe(207);
    await diagram.page.locator('[data-name=One]').focus();
    for (let step = 0; step < 3; step++) await diagram.page.keyboard.press('Shift+ArrowDown');
    expect(await focused(diagram)).toContain('relation');
    expect(await seriousFindings(diagram)).toEqual([]);
    await diagram.screenshot('diagram-unusual');
    expect(diagram.errors()).toEqual([]);
  });

  it('can be hidden and filtered like others', async () => {
    const diagram = await openDiagram();
    await show(diagram, model);
    const before = await cornersByName(diagram);
    await diagram.page.locator('[data-name=Wide]').focus();
    await diagram.page.keyboard.press('Delete');
    expect(await namesShown(diagram)).toHaveLength(3);
    await diagram.page.locator('.chip').getByRole('button').click();
    await laidOut(diagram);
    expect(await cornersByName(diagram)).toEqual(before);
  });
});

describe('pictures in every theme', () => {
  it.each([3, 30, 300, 3000])('of %d entities', async (count) => {
    const diagram = await openDiagram({ width: 1600, height: 1000 });
    await show(diagram, generatedModel(count));
    for (const theme of ['dark', 'light', 'hc-dark', 'hc-light'] satisfies ThemeName[]) {
      await diagram.setTheme(theme);
      await diagram.screenshot(`diagram-${count}-${theme}`);
    }
    expect(diagram.errors()).toEqual([]);
  });
});
