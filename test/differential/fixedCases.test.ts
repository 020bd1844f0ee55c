/**
 * TypeORM itself as the judge of what quick fixes, refactorings and new relations write into test/cases/graph: it starts with them where it did before,
 * and builds what the graph then says.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CodeAction, TextEdit } from 'vscode-languageserver-types';
import { COUNTERPARTS } from '../../src/core/edits/relationPlan';
import { groupBy } from '../../src/core/model/groupBy';
import type { RelationKind } from '../../src/core/model/relationGraph';
import { fromUri } from '../../src/service/toLsp';
import { casesFolder, openFolder, withLspEdits, type OpenFolder } from '../unit/builders/openFolder';
import { readGraph } from './readGraph';

/** Cannot be loaded, mended or not. */
const names = fs.readdirSync(casesFolder).filter((name) => name !== 'half-written');
/** TypeORM refuses a foreign key to one of them, whose column has no type until the key is generated; the graph says so. */
const keysWithoutType = ['object-columns'];
const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'relation-lens-fixed-'));
// What the fixtures ask for besides TypeORM.
fs.symlinkSync(path.join(__dirname, '../../node_modules'), path.join(temporary, 'node_modules'), 'junction');
afterAll(() => fs.rmSync(temporary, { recursive: true, force: true }));

/** Something that the editor offers to write. */
interface Offer {
  readonly title: string;
  readonly edits: readonly { readonly uri: string; readonly edits: readonly TextEdit[] }[];
}

interface Written {
  readonly title: string;
  readonly folder: string;
}

function editsOf({ edit }: CodeAction): Offer['edits'] {
  const changed = (edit?.documentChanges ?? []).flatMap((change) =>
    'edits' in change ? { uri: change.textDocument.uri, edits: change.edits as TextEdit[] } : [],
  );
  return [...Object.entries(edit?.changes ?? {}).map(([uri, edits]) => ({ uri, edits })), ...changed];
}

function offersOf({ service }: OpenFolder): Offer[] {
  const { entities } = service.graph();
  const fixes = [...service.diagnostics()].flatMap(([uri, list]) => list.flatMap(({ range }) => service.codeActions(uri, range)));
  const promotions = entities.flatMap(({ relations }) =>
    relations.flatMap(({ source: { file, line, column } }) => service.refactorings(`file://${file}`, { line: line - 1, character: column - 1 })),
  );
  const actions = [...fixes, ...promotions].map((action) => ({ title: action.title, edits: editsOf(action) }));
  return [...actions, ...relationsBetween(service)].filter(({ edits }) => edits.length > 0);
}

/** A relation of each kind, between the first two entities and between the last two; within one file the order of its classes counts. */
function relationsBetween(service: OpenFolder['service']): Offer[] {
  const { entities } = service.graph();
  const pairs = [entities.slice(0, 2), entities.slice(-2), entities.slice(0, 2).reverse()];
  return (Object.keys(COUNTERPARTS) as RelationKind[]).flatMap((kind) =>
    pairs.flatMap(([from, to]) => {
      if (!from || !to || from === to) return [];
      const plan = { kind, from: from.id, to: to.id, property: 'newOne', inverse: 'newBack', nullable: true, onDelete: null, index: true } as const;
      const result = service.relationEdit({ ...plan, owner: 'from' });
      if (result.kind !== 'edit') return [];
      return [{ title: `${kind} from ${from.name} to ${to.name}`, edits: result.edits.map(({ uri, ...edit }) => ({ uri, edits: [edit] })) }];
    }),
  );
}

/** The fixture with what is offered, in a folder of its own. */
function write(name: string, opened: OpenFolder, { title, edits }: Offer, index: number): Written {
  const from = path.join(casesFolder, name);
  const folder = path.join(temporary, `${name}-${index}`);
  fs.cpSync(from, folder, { recursive: true });
  for (const [uri, changes] of groupBy(edits, (each) => each.uri)) {
    const file = fromUri(uri) ?? '';
    const changed = withLspEdits(
      file,
      opened.read(file),
      changes.flatMap((each) => each.edits),
    );
    fs.writeFileSync(path.join(folder, path.relative(from, file)), changed);
  }
  return { title, folder };
}

const cases = names.map((name) => {
  const opened = openFolder(path.join(casesFolder, name));
  const offers = new Map(offersOf(opened).map((offer) => [JSON.stringify(offer.edits), offer]));
  return { name, written: [...offers.values()].map((offer, index) => write(name, opened, offer, index)) };
});

interface Metadata {
  readonly entities?: readonly unknown[];
  readonly error?: string;
}

describe.each([
  { line: '1.x', packageName: 'typeorm' },
  { line: '0.3', packageName: 'typeorm-0.3' },
])('TypeORM $line starts with what is written, and builds what is read, in', ({ packageName }) => {
  let metadata: Record<string, Metadata> = {};

  beforeAll(() => {
    const folders = cases.flatMap(({ name, written }) => [path.join(casesFolder, name), ...written.map(({ folder }) => folder)]);
    const script = path.join(__dirname, 'typeormMetadata.cjs');
    const output = execFileSync(process.execPath, [script, packageName, ...folders], { encoding: 'utf8', maxBuffer: 1e9 });
    metadata = JSON.parse(output) as typeof metadata;
  }, 240_000);

  it.each(cases.filter(({ written }) => written.length > 0))('$name', ({ name, written }) => {
    const before = metadata[path.join(casesFolder, name)]?.error;
    for (const { title, folder } of written) {
      const { entities, error } = metadata[folder] ?? {};
      const read = readGraph(folder, packageName);
      expect(read.errors.length > 0, `${title}: ${error ?? 'TypeORM starts'}`).toBe(error !== undefined);
      if (before === undefined && !keysWithoutType.includes(name)) expect(error, title).toBeUndefined();
      if (entities) expect(read.entities, title).toEqual(entities);
    }
  });
});
