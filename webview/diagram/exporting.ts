/** Exports the diagram while it can be used on: says how far it is, and stops at Escape or when another export begins. */
import { sceneWithNotes } from '../../src/core/diagram/views/sceneNotes';
import type { Diagram } from './diagram';
import type { PictureExport } from './exportPicture';
import { runInSlices } from './slices';
import { toBase64 } from './toBase64';

/** What takes less is not announced. */
const announceAfterMs = 300;

export class Exporting {
  private latest = 0;
  private running = false;

  constructor(private readonly diagram: Diagram) {
    window.addEventListener('keydown', (event) => this.stopAtEscape(event), { capture: true });
  }

  /** Writes the shown picture and hands it to the editor under this name. */
  async run(name: string, mime: string, write: PictureExport): Promise<void> {
    const { host, root, picture, stage, view, parts } = this.diagram;
    const mine = ++this.latest;
    const start = performance.now();
    this.running = true;
    root.dataset['exporting'] = name;
    const { colours, measure, fontFamily } = stage;
    let told = '';
    const steps = write({
      scene: sceneWithNotes(picture.scene, view.notes),
      router: picture.router.copy(),
      colours,
      measure,
      fontFamily,
      heatOf: picture.heatOf,
    });
    try {
      const content = await runInSlices(steps, {
        isCancelled: () => mine !== this.latest,
        onProgress: (part) => {
          const text = `Exporting ${name}: ${Math.round(part * 100)} % … Escape stops it.`;
          if (performance.now() - start <= announceAfterMs || text === told) return;
          told = text;
          parts.showSummary(text);
        },
      });
      const base64 = content && (await toBase64(await content));
      if (base64 !== null && mine === this.latest) host.post({ type: 'saveFile', name, mime, base64 });
    } catch (error) {
      host.post({ type: 'failed', message: `The picture could not be exported. ${String(error)}` });
    }
    if (mine === this.latest) this.end();
  }

  private stopAtEscape(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !this.running) return;
    event.stopPropagation();
    this.latest++;
    this.end();
  }

  private end(): void {
    this.running = false;
    delete this.diagram.root.dataset['exporting'];
    this.diagram.describe();
  }
}
