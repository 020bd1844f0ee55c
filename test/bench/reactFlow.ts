/** Opens the plain React Flow diagram in the same browser, with the same tables at the same places. */
import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { DiagramModel } from '../../src/core/diagram/diagramModel';
import type { Positions } from '../../src/core/diagram/layoutDiagram';
import type { Harness, Webview } from '../webview/harness';
import type { PlainEdge, PlainTable } from './plainTables';

// This file runs as a bundle that lies as deep as its source does.
const root = path.join(__dirname, '../..');

const styles = `#app { position: fixed; inset: 0; background: #1f1f1f; }
.table { background: #252526; border: 1px solid #454549; border-radius: 5px; width: 200px; font: 13px sans-serif; color: #ccc; }
.name { height: 30px; line-height: 30px; padding: 0 12px; font-weight: 600; background: #264f78; }
.column { height: 22px; padding: 0 12px; display: flex; justify-content: space-between; }`;

export async function openReactFlow(harness: Harness, model: DiagramModel, positions: Positions): Promise<Webview<never, never>> {
  const { outputFiles } = await build({
    entryPoints: [path.join(root, 'test/bench/reactFlow.browser.ts')],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    platform: 'browser',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'warning',
  });
  const webview = await harness.open<never, never>({ bundle: 'none', width: 1600, height: 1000 });
  await webview.page.addStyleTag({ content: readFileSync(path.join(root, 'node_modules/@xyflow/react/dist/style.css'), 'utf8') + styles });
  // The page's policy forbids added scripts; the debugger may.
  await webview.page.evaluate(outputFiles[0]?.text ?? '');
  const tables = model.tables.map(({ id, name, columns }): PlainTable => {
    const { x, y } = positions.get(id) ?? { x: 0, y: 0 };
    return { id, name, x, y, columns: columns.map(({ property, type }) => ({ name: property, type })) };
  });
  const edges = model.edges.map(({ id, from, to }): PlainEdge => ({ id, source: to.table, target: from.table }));
  await webview.page.evaluate(`showReactFlow(${JSON.stringify(tables)}, ${JSON.stringify(edges)})`);
  return webview;
}
