import type { Frame } from 'playwright-core';
import { waitFor } from './waiting';
import type { Workbench } from './workbench';

export interface ShownEdge {
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

  /** Clicks an entity's box where it lies on the canvas. */
  async openSource(entity: string): Promise<void> {
    const frame = await this.#frame();
    await frame.locator(`[data-name="${entity}"]`).focus();
    await frame.locator(`[data-name="${entity}"]`).press('Enter');
  }

  #frame(): Promise<Frame> {
    return this.workbench.webview(`body[data-mode="${this.mode}"] [data-layout="done"]`);
  }
}

function readDiagram(frame: Frame): Promise<ShownDiagram> {
  return frame.evaluate(() => {
    const root = document.querySelector<HTMLElement>('[data-layout="done"]');
    const tables = [...document.querySelectorAll<HTMLElement>('[data-entity]')];
    const nameOf = (id: string | undefined) => id?.slice(id.lastIndexOf('#') + 1) ?? '';
    const edges = [...document.querySelectorAll<HTMLElement>('[data-edge]')].map(({ dataset }) => ({
      kind: dataset['kind'] ?? '',
      from: nameOf(dataset['from']),
      to: nameOf(dataset['to']),
    }));
    return {
      tableCount: Number(root?.dataset['tableCount']),
      edgeCount: Number(root?.dataset['edgeCount']),
      tables: tables.map(({ dataset }) => dataset['name'] ?? '').sort(),
      edges: edges.sort((a, b) => `${a.from} ${a.to}`.localeCompare(`${b.from} ${b.to}`)),
    };
  });
}
