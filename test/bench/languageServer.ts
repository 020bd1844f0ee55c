/** The built language server over a workspace on disk, asked as an editor would: when its first diagnostics are there, and its memory. */
import fs from 'node:fs';
import { startClient, type Client } from '../server/client';
import type { BenchRow } from './benchRow';
import { makeWorkspace, type MadeUpWorkspace } from './graphWorkspace';

const edits = 200;
/** Longer than the server waits for the sources to be still. */
const quietMs = 1_500;
/** A rule objects to it, so that diagnostics have something to say. */
const objectionable = '@ManyToOne(() => Nowhere) nowhere: Nowhere;\n  ';

/** @returns rows in wall-clock milliseconds and in MB of resident memory, as the operating system counts it; none where that cannot be read. */
export async function serverRows(size: number): Promise<BenchRow[]> {
  const workspace = makeWorkspace(size, '');
  const edited = workspace.entityFiles.find(({ text }) => text.includes('@ManyToOne'));
  if (!edited || !fs.existsSync('/proc/self/status')) return [];
  const file = edited.file.slice(1);
  const client = await startClient(withMistake(workspace, file));
  try {
    const start = Date.now();
    await client.diagnostics(file, (diagnostics) => diagnostics.length > 0);
    const first = Date.now() - start;
    const settled = await memoryAtRest(client);
    await edit(client, file, edited.text);
    const after = await memoryAtRest(client);
    return rowsOf(size, first, settled, after);
  } finally {
    await client.stop();
  }
}

function rowsOf(size: number, first: number, settled: Memory, after: Memory): BenchRow[] {
  const entities = `${size.toLocaleString('en')} entities`;
  const told = ({ now, peak }: Memory): string => `${now.toFixed(0)} MB (peak ${peak.toFixed(0)} MB)`;
  return [
    { what: `language server, ${entities}: initialized → first diagnostics`, measured: `${first} ms`, reach: 'as soon as it can be' },
    { what: `language server, ${entities}: memory, diagnostics settled`, measured: told(settled), reach: '≤ 250 MB' },
    { what: `language server, ${entities}: memory after ${edits} edits`, measured: told(after), reach: '≤ 250 MB' },
  ];
}

function withMistake({ files }: MadeUpWorkspace, wrong: string): Record<string, string> {
  return Object.fromEntries(files.map(({ file, text }) => [file.slice(1), file === `/${wrong}` ? mistaken(text) : text]));
}

function mistaken(text: string): string {
  const at = text.indexOf('@ManyToOne');
  return text.slice(0, at) + objectionable + text.slice(at);
}

/** Letter by letter, each with its graph and diagnostics: the mistake comes and goes. */
async function edit(client: Client, file: string, text: string): Promise<void> {
  client.open(file, mistaken(text));
  for (let index = 0; index < edits; index++) {
    const isWrong = index % 2 === 1;
    client.change(file, `${isWrong ? mistaken(text) : text}// ${index}\n`);
    await client.diagnostics(file, (diagnostics) => diagnostics.some(({ message }) => message.includes('Nowhere')) === isWrong);
  }
}

interface Memory {
  readonly now: number;
  readonly peak: number;
}

async function memoryAtRest({ pid }: Client): Promise<Memory> {
  await new Promise((resolve) => setTimeout(resolve, quietMs));
  const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (field: string): number => Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1_024;
  return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') };
}
