import type { Frame, Locator } from 'playwright-core';
import { waitFor } from './waiting';
import type { Workbench } from './workbench';

interface ShownEdge {
  readonly kind: string;
  readonly from: string;
  readonly to: string;
}

export interface ShownDiagram {
  /** Counts of the whole picture. */
  readonly tableCount: number;
  readonly edgeCount: number;
  /** Names of the entities and the edges within the visible part, sorted. */
  readonly tables: readonly string[];
  readonly edges: readonly ShownEdge[];
}

/** The entity diagram in its editor panel or in the side bar, read through the DOM that screen readers get. */
export class DiagramPage {
  constructor(
    private readonly workbench: Workbench,
    private readonly mode: 'panel' | 'sidebar',
  ) {}

  /** Waits until an entity is the selected one. */
  async selects(entity: string): Promise<void> {
    const isSelected = async (): Promise<boolean> => {
      const [root] = await dataOf(await this.#frame(), '[data-layout="done"]');
      return nameOf(root?.['selected'] ?? '') === entity;
    };
    await waitFor(isSelected, { what: `${entity} to be selected` });
  }

  /** What the diagram shows, once it is laid out and as expected. */
  async shows(what: string, isExpected: (diagram: ShownDiagram) => boolean): Promise<ShownDiagram> {
    let last: ShownDiagram | null = null;
    try {
      return await waitFor(
        async () => {
          last = await readDiagram(await this.#frame());
          return isExpected(last) && last;
        },
        { what },
      );
    } catch (error) {
      throw new Error(`The ${this.mode} diagram does not show ${what}; it shows ${JSON.stringify(last)}.`, { cause: error });
    }
  }

  openSource(entity: string): Promise<void> {
    return this.key(entity, 'Enter');
  }

  /** Presses a key at an entity; further ones go where the focus is then. */
  async key(entity: string, key: string): Promise<void> {
    const frame = await this.#frame();
    await frame.locator(`[data-name="${entity}"]`).focus();
    await frame.locator(`[data-name="${entity}"]`).press(key);
  }

  /** Runs a command of an entity's context menu, by the keyboard. */
  async menu(entity: string, command: string): Promise<void> {
    await this.key(entity, 'Shift+F10');
    const frame = await this.#frame();
    await frame.getByRole('menuitem', { name: command }).click();
  }

  /** The panel of an impact, a difference or the relation wizard. */
  async sidePanel(): Promise<Locator> {
    return (await this.#frame()).locator('.side:visible');
  }

  /** Chooses from the menu of named views. */
  async chooseView(item: string): Promise<void> {
    const frame = await this.#frame();
    await frame.locator('button.view').click();
    await frame.locator('.views .menu button', { hasText: item }).click();
  }

  /** What the menu of named views lists: a view with its folder's name, where there are several. */
  async viewMenu(): Promise<string[]> {
    const frame = await this.#frame();
    await frame.locator('button.view').click();
    const rows = await frame.locator('.views .menu button').allInnerTexts();
    await frame.locator('.views .menu').press('Escape');
    return rows.map((row) => row.replaceAll(/\s+/g, ' ').trim());
  }

  /** Answers the question that the diagram asks. */
  async answer(text: string): Promise<void> {
    const input = (await this.#frame()).locator('.dialog input');
    await input.fill(text);
    await input.press('Enter');
  }

  /** Waits until the button of the views says so. */
  async showsView(label: string): Promise<void> {
    await waitFor(async () => (await (await this.#frame()).locator('button.view').getAttribute('aria-label')) === label, { what: label });
  }

  #frame(): Promise<Frame> {
    return this.workbench.webview(`body[data-mode="${this.mode}"] [data-layout="done"]`);
  }
}

async function readDiagram(frame: Frame): Promise<ShownDiagram> {
  const [root] = await dataOf(frame, '[data-layout="done"]');
  const tables = await dataOf(frame, '[data-entity]');
  const edges = await dataOf(frame, '[data-edge]');
  return {
    tableCount: Number(root?.['tableCount']),
    edgeCount: Number(root?.['edgeCount']),
    tables: tables.map(({ name = '' }) => name).sort(),
    edges: edges
      .map(({ kind = '', from = '', to = '' }) => ({ kind, from: nameOf(from), to: nameOf(to) }))
      .sort((a, b) => `${a.from} ${a.to}`.localeCompare(`${b.from} ${b.to}`)),
  };
}

/** The `data-…` attributes of the elements; tests are compiled without the browser's types. */
function dataOf(frame: Frame, selector: string): Promise<Record<string, string | undefined>[]> {
  return frame.locator(selector).evaluateAll((nodes: readonly { dataset: object }[]) => nodes.map(({ dataset }) => ({ ...dataset })));
}

/** Entity ids end with the class's name. */
function nameOf(id: string): string {
  return id.slice(id.lastIndexOf('#') + 1);
}
