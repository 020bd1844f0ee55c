/** Impacts, differences and relations to be written, on the diagram of the example app, with the language service's own answers. */
import path from 'node:path';
import typescript from 'typescript';
import { describe, expect, it } from 'vitest';
import { diffDiagram } from '../../src/core/diagram/diffDiagram';
import { graphToDiagram } from '../../src/core/diagram/graphToDiagram';
import { createEntityProject } from '../../src/core/typeorm/entityProject';
import { createDiskHost } from '../../src/disk/diskHost';
import type { DiagramAnswer, DiagramQuestion, DiagramView } from '../../src/protocol/diagramQuestions';
import { answerImpact, answerText, previewRelation } from '../../src/service/diagramAnswers';
import type { RelationGraph } from '../../src/core/model/relationGraph';
import { data, focused, menuOf, seriousFindings, show, useDiagrams, type Diagram } from './diagramHarness';
import type { ThemeName } from './themes';

const host = createDiskHost([path.join(__dirname, '../../examples/bookshop/src')]);
const graph = createEntityProject(typescript, host).graph();
const idOf = (name: string): string => graph.entities.find((entity) => entity.name === name)?.id ?? '';

const openDiagram = useDiagrams();

async function openShop(theme: ThemeName = 'dark'): Promise<Diagram> {
  const diagram = await openDiagram({ width: 1500, height: 900, theme });
  await show(diagram, graphToDiagram(graph));
  return diagram;
}

/** Answers every question that was asked since the last call, as extension and server would. */
async function answer(diagram: Diagram, answered: { count: number }): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end; await diagram.page.waitForTimeout(20)) {
    const asked = (await diagram.received()).filter((message) => message.type === 'ask');
    if (asked.length <= answered.count) continue;
    for (const { question } of asked.slice(answered.count)) await diagram.send({ type: 'answer', answer: answerTo(question) });
    answered.count = asked.length;
    await diagram.atRest();
    return;
  }
  throw new Error('The diagram asked nothing.');
}

function answerTo(question: DiagramQuestion): DiagramAnswer {
  switch (question.kind) {
    case 'deleteImpact':
    case 'loadImpact':
      return answerImpact(question, { graph, typeormMajor: 1, statsOf: (entity, relation) => measured[`${entity}.${relation}`] });
    case 'difference':
      return {
        kind: 'difference',
        difference: { revision: question.revision, commit: '0123456789abcdef', note: null, ...diffDiagram(earlier(), graph) },
      };
    case 'text':
      return answerText(question, graph);
    case 'relate':
      return previewRelation({ typescript, graph, readFile: (file) => host.readFile(file) }, question.plan);
  }
}

const stats = { queries: 1, dbTimeMs: 1, worstScope: null, warning: false, sites: [] };
const measured: Readonly<Record<string, Parameters<typeof Object.assign>[0] & never>> = Object.fromEntries(
  [
    { entity: 'Author', relation: 'books', loads: 100, rows: 320 },
    { entity: 'Book', relation: 'reviews', loads: 10, rows: 45 },
    { entity: 'Book', relation: 'categories', loads: 10, rows: 20 },
  ].map((each) => [`${each.entity}.${each.relation}`, { ...each, ...stats }]),
) as never;

/** The graph before `Review` came, with a table that is gone, another type of a column and a column less. */
function earlier(): RelationGraph {
  const book = graph.entities.find(({ name }) => name === 'Book');
  if (!book) throw new Error('The example has no Book.');
  const entities = graph.entities
    .filter(({ name }) => name !== 'Review')
    .map((entity) => {
      if (entity.name === 'Publisher')
        return { ...entity, columns: entity.columns.map((column) => (column.property === 'name' ? { ...column, nullable: true } : column)) };
      if (entity.name === 'Customer')
        return { ...entity, columns: [...entity.columns, { ...book.columns[1], property: 'fax', column: 'fax' } as (typeof book.columns)[number]] };
      return entity.name === 'Book' ? { ...entity, relations: entity.relations.filter(({ property }) => property !== 'reviews') } : entity;
    });
  const supplier = {
    ...book,
    id: book.id.replace(/[^/]*$/, 'supplier.entity.ts#Supplier'),
    name: 'Supplier',
    table: 'supplier',
    columns: book.columns.slice(0, 2),
    relations: [],
  };
  return { entities: [...entities, supplier], problems: [] };
}

async function open(diagram: Diagram, view: DiagramView): Promise<{ count: number }> {
  const answered = { count: (await diagram.received()).filter(({ type }) => type === 'ask').length };
  await diagram.send({ type: 'open', view });
  await answer(diagram, answered);
  await diagram.page.locator('.side:not([hidden]) h3, .side:not([hidden]) p').first().waitFor();
  return answered;
}

/** The panel's rows as text, one line each. */
async function rows(diagram: Diagram): Promise<string[]> {
  return diagram.page.$$eval('.side:not([hidden]) .row', (nodes) =>
    nodes.map((node) =>
      [...node.children]
        .map((part) => part.textContent)
        .join(' ')
        .trim(),
    ),
  );
}

async function labelOf(diagram: Diagram, name: string): Promise<string | null> {
  await diagram.atRest();
  return diagram.page.locator(`[data-name="${name}"]`).getAttribute('aria-label');
}

describe('delete impact', () => {
  it('lists what goes, painted and in the mirror, and is left by Escape', async () => {
    const diagram = await openShop();
    await open(diagram, { kind: 'deleteImpact', entity: 'Book' });
    expect(await rows(diagram)).not.toEqual([]);
    expect(await labelOf(diagram, 'Book')).toContain('Marked: the row that is deleted.');
    expect(await labelOf(diagram, 'Review')).toMatch(/Marked: /);
    expect(await labelOf(diagram, 'Publisher')).not.toContain('Marked');
    await diagram.page.keyboard.press('Escape');
    expect(await diagram.page.locator('.side:not([hidden])').count()).toBe(0);
    expect(await labelOf(diagram, 'Review')).not.toContain('Marked');
    expect(diagram.errors()).toEqual([]);
  });

  it('is left with the focus on its table, seen as before', async () => {
    const diagram = await openShop();
    const zoom = diagram.page.getByRole('button', { name: /^Zoom \d/ });
    const whole = await zoom.textContent();
    await diagram.page.keyboard.press('+');
    await expect.poll(() => zoom.textContent()).not.toBe(whole);
    const before = await zoom.textContent();
    const answered = { count: 0 };
    await menuOf(diagram, 'Customer', 'Delete Impact…');
    await answer(diagram, answered);
    await expect.poll(() => zoom.textContent()).not.toBe(before);
    await diagram.page.keyboard.press('Escape');
    expect(await focused(diagram)).toBe('Customer');
    expect(await data(diagram, 'selected')).toBe(idOf('Customer'));
    await expect.poll(() => zoom.textContent()).toBe(before);
  });

  it('asks again with the way of deleting, by keyboard alone', async () => {
    const diagram = await openShop();
    await diagram.page.locator('[data-name="Author"]').focus();
    await diagram.page.keyboard.press('Shift+F10');
    const answered = { count: 0 };
    await diagram.page.keyboard.type('D');
    await diagram.page.getByRole('menuitem', { name: 'Delete Impact' }).press('Enter');
    await answer(diagram, answered);
    await diagram.page.locator('.side:visible [data-key=way]').selectOption('delete');
    await answer(diagram, answered);
    expect((await diagram.waitFor('ask')).question).toMatchObject({ kind: 'deleteImpact', entity: idOf('Author'), way: 'delete' });
    expect(await diagram.page.evaluate('document.activeElement.dataset.key')).toBe('way');
  });
});

describe('load impact', () => {
  it('counts queries, columns and multiplied rows of the relations that are ticked, and gives the code', async () => {
    const diagram = await openShop();
    const answered = await open(diagram, { kind: 'loadImpact', entity: 'Book' });
    const status = diagram.page.locator('.side [role=status]:visible');
    expect(await status.textContent()).toMatch(/^1 query · \d+ columns$/);
    await diagram.page.getByRole('checkbox', { name: /^reviews/ }).check();
    await answer(diagram, answered);
    await diagram.page.getByRole('checkbox', { name: /^categories/ }).check();
    await answer(diagram, answered);
    expect(await status.textContent()).toMatch(/9 rows for each Book \((?:reviews × categories|categories × reviews)\), carrying 7.5 entities$/);
    expect(await diagram.page.locator('.side:visible .warning').textContent()).toContain('paired row by row');
    expect(await diagram.page.locator('.side:visible code').textContent()).toBe('find({ relations: { categories: true, reviews: true } })');
    await diagram.page.locator('.side:visible [data-key=strategy]').selectOption('query');
    await answer(diagram, answered);
    expect(await status.textContent()).toMatch(/^5 queries/);
    expect(await diagram.page.locator('.side:visible code').textContent()).toBe(
      `find({ relations: { categories: true, reviews: true }, relationLoadStrategy: 'query' })`,
    );
    expect(diagram.errors()).toEqual([]);
  });
});

describe('the difference with a revision', () => {
  it('paints what came, went and changed, with ghosts, and takes them away in the end', async () => {
    const diagram = await openShop();
    await open(diagram, { kind: 'difference', revision: 'HEAD' });
    await diagram.page.locator('.side:visible .row').first().waitFor();
    const texts = await rows(diagram);
    expect(texts.map((text) => text.split(' ').slice(0, 2).join(' '))).toEqual(['+ Review', '− Supplier', '~ Book', '~ Customer', '~ Publisher']);
    expect(texts.join('\n')).toContain('− removed column fax');
    expect(texts.join('\n')).toContain('~ changed column name (nullable: yes → no)');
    expect(await labelOf(diagram, 'Supplier')).toContain('Marked: removed.');
    expect(await labelOf(diagram, 'Review')).toContain('Marked: added.');
    await diagram.page.keyboard.press('Escape');
    await diagram.page.waitForSelector('[data-name="Supplier"]', { state: 'detached' });
    expect(await labelOf(diagram, 'Review')).not.toContain('Marked');
    expect(diagram.errors()).toEqual([]);
  });
});

describe('relating two tables', () => {
  it('previews both files, keeps what is typed, and hands the plan to the editor', async () => {
    const diagram = await openShop();
    const answered = await open(diagram, { kind: 'relate', entity: 'Publisher' });
    const side = diagram.page.locator('.side:visible');
    await side.locator('[data-key=to]').selectOption({ label: 'Customer' });
    await answer(diagram, answered);
    expect(await side.locator('[data-key=property]').inputValue()).toBe('customer');
    expect(await side.locator('[data-key=inverse]').inputValue()).toBe('publishers');
    expect(await side.locator('.preview').allTextContents()).toEqual([
      expect.stringContaining('+   @ManyToOne(() => Customer, (customer) => customer.publishers)'),
      expect.stringContaining('+   @OneToMany(() => Publisher, (publisher) => publisher.customer)'),
    ]);
    await side.locator('[data-key=property]').fill('owner');
    await answer(diagram, answered);
    await side.locator('[data-key=kind]').selectOption('one-to-one');
    await answer(diagram, answered);
    expect(await side.locator('[data-key=property]').inputValue()).toBe('owner');
    expect(await side.locator('[data-key=inverse]').inputValue()).toBe('publisher');
    await side.getByRole('button', { name: 'Write Relation' }).click();
    expect((await diagram.waitFor('writeRelation')).plan).toMatchObject({
      kind: 'one-to-one',
      from: idOf('Publisher'),
      to: idOf('Customer'),
      property: 'owner',
      inverse: 'publisher',
      owner: 'from',
    });
    expect(diagram.errors()).toEqual([]);
  });

  it('says why it cannot be written, and does not write it', async () => {
    const diagram = await openShop();
    const answered = await open(diagram, { kind: 'relate', entity: 'Publisher' });
    await diagram.page.locator('.side:visible [data-key=property]').fill('name');
    await answer(diagram, answered);
    expect(await diagram.page.locator('.side:visible .warning').textContent()).toContain('has a field “name” already');
    expect(await diagram.page.getByRole('button', { name: 'Write Relation' }).isDisabled()).toBe(true);
  });

  it('begins by dragging the handle of the selected table to another one', async () => {
    const diagram = await openShop();
    const boxOf = async (name: string): Promise<{ x: number; y: number; width: number }> => {
      const box = await diagram.page.locator(`[data-name="${name}"]`).boundingBox();
      if (!box) throw new Error(`${name} is not on the screen.`);
      return box;
    };
    const author = await boxOf('Author');
    await diagram.page.mouse.click(author.x + author.width / 2, author.y + 8);
    const handle = diagram.page.getByRole('button', { name: /^Relate Author to another table/ });
    const at = await handle.boundingBox();
    if (!at) throw new Error('There is no handle.');
    const target = await boxOf('Customer');
    await diagram.page.mouse.move(at.x + 9, at.y + 9);
    await diagram.page.mouse.down();
    await diagram.page.mouse.move(target.x + 40, target.y + 30, { steps: 5 });
    await diagram.page.mouse.up();
    expect((await diagram.waitFor('ask')).question).toMatchObject({ kind: 'relate', plan: { from: idOf('Author'), to: idOf('Customer') } });
  });
});

describe('every side panel', () => {
  const themes: readonly ThemeName[] = ['dark', 'light', 'hc-dark', 'hc-light'];
  it.each(themes)('has check boxes as dark as the editor in %s', async (theme) => {
    const diagram = await openShop(theme);
    await open(diagram, { kind: 'loadImpact', entity: 'Book' });
    await diagram.page.getByRole('checkbox', { name: /^reviews/ }).waitFor();
    const scheme = await diagram.page.evaluate(`getComputedStyle(document.querySelector('.side input[type="checkbox"]')).colorScheme`);
    expect(scheme).toBe(theme.includes('dark') ? 'dark' : 'normal');
  });

  it.each(themes)('looks right and has no serious accessibility findings in %s', async (theme) => {
    const diagram = await openShop(theme);
    for (const view of [
      { kind: 'deleteImpact', entity: 'Author' },
      { kind: 'loadImpact', entity: 'Book' },
      { kind: 'difference', revision: 'HEAD' },
      { kind: 'relate', entity: 'Publisher' },
    ] as const satisfies readonly DiagramView[]) {
      const answered = await open(diagram, view);
      if (view.kind === 'loadImpact') {
        await diagram.page.getByRole('checkbox', { name: /^reviews/ }).check();
        await answer(diagram, answered);
        await diagram.page.getByRole('checkbox', { name: /^categories/ }).check();
        await answer(diagram, answered);
      }
      if (view.kind === 'difference') await diagram.page.locator('.side:visible .row').first().waitFor();
      await diagram.atRest();
      await diagram.screenshot(`impact-${view.kind}-${theme}`);
      expect(await seriousFindings(diagram)).toEqual([]);
    }
    expect(diagram.errors()).toEqual([]);
  });
});

describe('the menu of exports', () => {
  it.each([
    ['Export as Mermaid', 'relations.mmd', /^erDiagram\n {2}Author \{/],
    ['Export as DBML', 'relations.dbml', /^Table author \{/],
    ['Export as PlantUML', 'relations.puml', /^@startuml\n/],
    ['Export as Graphviz DOT', 'relations.dot', /^digraph relations \{/],
  ])('%s writes what is shown', async (label, name, beginning) => {
    const diagram = await openShop();
    const answered = { count: 0 };
    await diagram.page.getByRole('button', { name: 'Export', exact: true }).click();
    await diagram.page.getByRole('menuitem', { name: label }).click();
    await answer(diagram, answered);
    const file = await diagram.waitFor('saveFile');
    expect(file.name).toBe(name);
    expect(Buffer.from(file.base64, 'base64').toString('utf8')).toMatch(beginning);
  });

  it('leaves out what is hidden', async () => {
    const diagram = await openShop();
    await diagram.page.locator('[data-name=Author]').focus();
    await diagram.page.keyboard.press('Delete');
    await diagram.page.locator('[data-name="Author"]').waitFor({ state: 'detached' });
    await diagram.page.getByRole('button', { name: 'Export', exact: true }).click();
    await diagram.page.getByRole('menuitem', { name: 'Export as Mermaid' }).click();
    const { question } = await diagram.waitFor('ask');
    expect(question.kind === 'text' && question.entities).not.toContain(idOf('Author'));
    expect(question.kind === 'text' && question.entities).toContain(idOf('Book'));
  });

  it('says why nothing was written', async () => {
    const diagram = await openShop();
    await diagram.send({ type: 'answer', answer: { kind: 'failed', question: 'text', reason: 'The entities are still being read.' } });
    expect((await diagram.waitFor('failed')).message).toContain('The entities are still being read.');
  });
});
