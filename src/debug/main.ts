/** The debug adapter's process: `debugAdapter.js [STORAGE_FOLDER]`, DAP over stdin and stdout. */
import fs from 'node:fs';
import path from 'node:path';
import { createCollector } from '../collector/collector';
import { keepHeapSmall } from '../collector/smallHeap';
import { askInspectorPort } from './inspectorPort';
import { DebugRuntime, type RuntimeHost } from './runtime';
import { TypeormDebugSession } from './session';

/** Where recordings and the measures of earlier runs are kept; without it nothing is written. */
const [storageFolder] = process.argv.slice(2);

keepHeapSmall();

const probeFile = path.join(__dirname, 'probe.js');

const host: RuntimeHost = {
  probeFile,
  isFile: (file) => fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false,
  isFolder: (folder) => fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false,
  readText: (file) => fs.readFileSync(file, 'utf8'),
  env: process.env,
  askInspectorPort,
  terminate,
  editorPid: process.ppid,
};

const session = new TypeormDebugSession((onUpdate) => {
  const collector = createCollector({ probePath: probeFile, storageFolder: storageFolder ?? null, watchReads: true });
  return new DebugRuntime(collector, host, onUpdate);
});
process.on('uncaughtException', (error) => session.faulted(error));
// A client that disappears, or asks politely, leaves no socket behind.
process.on('SIGTERM', () => session.shutdown());
session.start(process.stdin, process.stdout);

function terminate(pid: number): void {
  try {
    process.kill(pid, 'SIGTERM');
  } catch {
    // It has ended already.
  }
}
