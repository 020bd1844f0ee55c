import { afterEach, describe, expect, test } from 'vitest';
import type { CodeAction, CodeLens, CompletionItem, DocumentSymbol, InlayHint, Location } from 'vscode-languageserver-types';
import {
  DIAGRAM_REQUEST,
  FINDING_EDIT_REQUEST,
  PROFILE_NOTIFICATION,
  SUPPRESS_EDIT_REQUEST,
  type DiagramResult,
  type FindingEditResult,
} from '../../src/protocol/lsp';
import { aFinding, anAdvice, aParent, aSite } from '../unit/builders/findingBuilder';
import { bookshop } from './bookshop';
import { startClient, type Client, type Files } from './client';

let client: Client;
afterEach(() => client.stop());

async function start(files: Files = bookshop, settings?: unknown): Promise<Client> {
  client = await startClient(files, 'stdio', { settings });
  await client.graphChanged();
  return client;
}

const SERVICE = 'src/service.ts';

function theFinding(folder: string) {
  const file = `${folder}/${SERVICE}`;
  return aFinding({
    site: aSite({ file, line: 8, column: 32, function: 'listAuthors' }),
    parent: aParent({ site: aSite({ file, line: 5, column: 55, function: 'listAuthors' }) }),
    advice: anAdvice({ strategy: 'query', predictedQueryCount: 2 }),
  });
}

describe('a workspace with entities', () => {
  test('hover, outline, lens, definition and references over stdio', async () => {
    const { hover, connection, uri } = await start();
    expect(await hover('src/author.ts', 12, 4)).toContain('`book.authorId` → `author.id`, int, not null, indexed, `Book.author` owns it');
    expect(await hover('src/author.ts', 4, 15)).toContain('**Author** · table `author`');
    expect(await hover('src/author.ts', 9, 4)).toContain('column `author.name`');
    expect(await hover('src/author.ts', 0, 0)).toBeNull();
    const textDocument = { uri: uri('src/author.ts') };
    const lenses = await connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument });
    expect(lenses.map(({ command }) => command?.title)).toEqual([
      'table author · 1 relation · 1 references this',
      'Show in diagram',
      'Delete impact',
    ]);
    const symbols = await connection.sendRequest<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument });
    expect(symbols[0]?.children?.map(({ name, detail }) => `${name}: ${detail}`)).toEqual(['id: int', 'name: varchar', 'books: many Book']);
    const position = { line: 12, character: 4 };
    const definitions = await connection.sendRequest<Location[]>('textDocument/definition', { textDocument, position });
    expect(definitions.map((at) => [at.uri, at.range.start.line])).toEqual([
      [uri('src/book.ts'), 13],
      [uri('src/book.ts'), 4],
    ]);
    const references = await connection.sendRequest<Location[]>('textDocument/references', {
      textDocument,
      position: { line: 4, character: 15 },
      context: { includeDeclaration: true },
    });
    expect(references.map((at) => [at.uri, at.range.start.line])).toEqual([[uri('src/book.ts'), 13]]);
  });

  test('strings of a query builder: diagnostics of open documents, completion, hover, definition and references', async () => {
    const list = `import type { Repository } from 'typeorm';
import type { Author } from './author';

export const list = (authors: Repository<Author>) =>
  authors.createQueryBuilder('author').leftJoin('author.books', 'book').where('book.titel = 1').getMany();
`;
    const column = (text: string): number => (list.split('\n')[4] ?? '').indexOf(text);
    const books = column('.books') + 1;
    const { connection, open, diagnostics, hover, uri } = await start({ ...bookshop, 'src/list.ts': list });
    open('src/list.ts');
    const [problem] = await diagnostics('src/list.ts', (found) => found.length > 0);
    expect(problem).toMatchObject({ code: 'qb-unknown-path', severity: 1, range: { start: { line: 4, character: column('titel') } } });
    expect(await hover('src/list.ts', 4, books + 2)).toContain('**Author.books** · one-to-many');
    const textDocument = { uri: uri('src/list.ts') };
    const position = { line: 4, character: books + 2 };
    const definition = await connection.sendRequest<Location[]>('textDocument/definition', { textDocument, position });
    expect(definition.map((at) => [at.uri, at.range.start.line])).toEqual([[uri('src/author.ts'), 12]]);
    const items = await connection.sendRequest<CompletionItem[]>('textDocument/completion', {
      textDocument,
      position: { line: 4, character: books },
    });
    expect(items.map(({ label, detail }) => `${label}: ${detail}`)).toEqual(['books: one-to-many → Book']);
    const references = await connection.sendRequest<Location[]>('textDocument/references', {
      textDocument: { uri: uri('src/author.ts') },
      position: { line: 12, character: 4 },
      context: { includeDeclaration: true },
    });
    expect(references.filter((at) => at.uri === uri('src/list.ts')).map(({ range }) => range.start)).toEqual([{ line: 4, character: books }]);
  });

  test('a join table is promoted to an entity: a file is created, three are edited', async () => {
    const imports = "import { Entity, JoinTable, ManyToMany, PrimaryGeneratedColumn } from 'typeorm';\n";
    const { connection, uri } = await start({
      'package.json': '{"dependencies":{"typeorm":"1.1.1"}}',
      'src/tag.ts': `${imports}import { Post } from './post';\n\n@Entity()\nexport class Tag {\n  @PrimaryGeneratedColumn()\n  id!: number;\n\n  @ManyToMany(() => Post, (post) => post.tags)\n  posts!: Post[];\n}\n`,
      'src/post.ts': `${imports}import { Tag } from './tag';\n\n@Entity()\nexport class Post {\n  @PrimaryGeneratedColumn()\n  id!: number;\n\n  @ManyToMany(() => Tag, (tag) => tag.posts)\n  @JoinTable()\n  tags!: Tag[];\n}\n`,
      'src/data-source.ts': `import { DataSource } from 'typeorm';\nimport { Post } from './post';\nimport { Tag } from './tag';\n\nexport const dataSource = new DataSource({ type: 'postgres', entities: [Post, Tag] });\n`,
    });
    const ask = async (only?: string[]) => {
      const range = { start: { line: 10, character: 3 }, end: { line: 10, character: 3 } };
      const params = { textDocument: { uri: uri('src/post.ts') }, range, context: { diagnostics: [], ...(only ? { only } : {}) } };
      return (await connection.sendRequest<CodeAction[]>('textDocument/codeAction', params)).filter(({ kind }) => kind === 'refactor.rewrite');
    };
    const [action] = await ask();
    expect(action?.title).toBe('Promote the join table post_tags_tag to an entity (PostTag)');
    const changes = action?.edit?.documentChanges ?? [];
    expect(changes[0]).toEqual({ kind: 'create', uri: uri('src/post-tag.ts') });
    const edited = changes.slice(1).map((change) => ('textDocument' in change ? change.textDocument.uri : ''));
    expect(edited).toEqual(['src/post-tag.ts', 'src/post.ts', 'src/tag.ts', 'src/data-source.ts'].map(uri));
    expect(await ask(['quickfix'])).toEqual([]);
    expect(await ask(['refactor'])).toHaveLength(1);
  });

  test('the diagram, whole and around the cursor', async () => {
    const { connection, uri } = await start();
    const whole = await connection.sendRequest<DiagramResult>(DIAGRAM_REQUEST, {});
    expect(whole).toMatchObject({ ready: true, dependsOnTypeorm: true, fileCount: 3, focus: null });
    expect(whole.model.tables.map(({ name }) => name)).toEqual(['Author', 'Book']);
    const around = await connection.sendRequest<DiagramResult>(DIAGRAM_REQUEST, {
      around: { uri: uri('src/book.ts'), position: { line: 9, character: 3 }, depth: 1 },
    });
    expect(around.focus).toMatch(/src\/book\.ts#Book$/);
    const nowhere = await connection.sendRequest<DiagramResult>(DIAGRAM_REQUEST, {
      around: { uri: uri(SERVICE), position: { line: 1, character: 0 }, depth: 1 },
    });
    expect(nowhere).toMatchObject({ focus: null, model: { tables: [] } });
  });

  test('an unsaved edit changes the graph, and the client hears of it', async () => {
    const { open, change, connection, graphChanged, hover } = await start();
    open('src/author.ts');
    change('src/author.ts', (bookshop['src/author.ts'] ?? '').replace('@Entity()', "@Entity('writers')"));
    await graphChanged();
    expect(await hover('src/author.ts', 4, 15)).toContain('table `writers`');
    const { model } = await connection.sendRequest<DiagramResult>(DIAGRAM_REQUEST, {});
    expect(model.tables.map(({ table }) => table)).toEqual(['writers', 'book']);
  });

  test('fixes that are safe are one action for the file, asked for on save', async () => {
    const book = (bookshop['src/book.ts'] ?? '').replace('  @Index()\n', '').replace('Entity, Index,', 'Entity,');
    const { connection, uri } = await start({ ...bookshop, 'src/book.ts': book });
    const actions = (file: string, only: readonly string[]) =>
      connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri: uri(file) },
        range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
        context: { diagnostics: [], only },
      });
    const [all, ...others] = await actions('src/book.ts', ['source.fixAll']);
    expect(all).toMatchObject({ kind: 'source.fixAll.relationLens', title: 'Fix all relation mistakes that are safe to fix' });
    expect(JSON.stringify(all?.edit)).toContain('@Index()');
    expect(others).toEqual([]);
    expect(await actions('src/author.ts', ['source.fixAll'])).toEqual([]);
    expect(await actions('src/book.ts', ['quickfix'])).toEqual([]);
  });

  test('closing without saving brings back what the disk says', async () => {
    const { open, change, close, graphChanged, hover } = await start();
    open('src/author.ts');
    change('src/author.ts', (bookshop['src/author.ts'] ?? '').replace('@Entity()', "@Entity('writers')"));
    await graphChanged();
    close('src/author.ts');
    await graphChanged();
    expect(await hover('src/author.ts', 4, 15)).toContain('table `author`');
  });

  test('a file written by somebody else is read, an ignored one is not', async () => {
    const { write, graphChanged, registered, connection } = await start({ ...bookshop, '.gitignore': 'generated/\n' });
    expect(registered).toMatchObject([{ method: 'workspace/didChangeWatchedFiles' }]);
    const shop =
      "import { Entity, PrimaryGeneratedColumn } from 'typeorm';\n@Entity()\nexport class Shop {\n  @PrimaryGeneratedColumn() id!: number;\n}\n";
    write('generated/shop.ts', shop.replaceAll('Shop', 'Generated'));
    write('src/shop.ts', shop);
    expect(await graphChanged(({ entityCount }) => entityCount === 3)).toMatchObject({ entityCount: 3 });
    const { model } = await connection.sendRequest<DiagramResult>(DIAGRAM_REQUEST, {});
    expect(model.tables.map(({ name }) => name)).toEqual(['Author', 'Book', 'Shop']);
  });

  test('half-typed code keeps the last good picture until it parses again', async () => {
    const { open, change, connection, graphChanged } = await start();
    const tables = async () =>
      (await connection.sendRequest<DiagramResult>(DIAGRAM_REQUEST, {})).model.tables.map(
        ({ name, columns }) => `${name}(${columns.map(({ property }) => property).join(',')})`,
      );
    const before = await tables();
    open('src/author.ts');
    change('src/author.ts', (bookshop['src/author.ts'] ?? '').replace('export class Author {', 'export class {{ Auth'));
    expect(await tables()).toEqual(before);
    change('src/author.ts', (bookshop['src/author.ts'] ?? '').replace('name!: string;', 'name!: string;\n\n  @Column()\n  bio!: string;'));
    await graphChanged();
    expect(await tables()).toContainEqual('Author(id,name,bio)');
  });
});

describe('a profiled run', () => {
  test('is a diagnostic at the query, with an edit on both lines that takes it away', async () => {
    const { open, change, connection, diagnostics, folder, uri, hover } = await start();
    open(SERVICE);
    const finding = theFinding(folder);
    const stats = {
      entity: 'Author',
      relation: 'books',
      loads: 100,
      queries: 100,
      rows: 300,
      dbTimeMs: 46,
      worstScope: 'GET /authors',
      warning: true,
      sites: [],
    };
    const scopes = [{ scope: 1, name: 'GET /authors', queries: 100, rows: 300, dbTimeMs: 46 }];
    const siteStats = [{ file: `${folder}/${SERVICE}`, line: 8, scopes }];
    void connection.sendNotification(PROFILE_NOTIFICATION, { runId: 'run 1', findings: [finding], relationStats: [stats], siteStats });
    const [diagnostic] = await diagnostics(SERVICE, (list) => list.length === 1);
    expect(diagnostic).toMatchObject({
      code: 'lazy-n-plus-one',
      source: 'Relation Lens',
      severity: 2,
      range: { start: { line: 4, character: 24 } },
      relatedInformation: [{ location: { uri: uri(SERVICE), range: { start: { line: 7 } } } }],
    });
    expect(await hover('src/author.ts', 12, 4)).toContain('**Last run** loaded it 100 ×');
    const lenses = await connection.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: uri('src/author.ts') } });
    expect(lenses.map(({ command }) => command?.title)).toContain('$(warning) loaded 100 × · 46 ms in GET /authors');
    const whole = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const hints = await connection.sendRequest<InlayHint[]>('textDocument/inlayHint', { textDocument: { uri: uri(SERVICE) }, range: whole });
    expect(hints.map(({ position, label }) => [position.line, label])).toEqual([[7, '100 queries · 300 rows · 46 ms']]);
    for (const line of [4, 7]) {
      const range = { start: { line, character: 0 }, end: { line, character: 0 } };
      const actions = await connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri: uri(SERVICE) },
        range,
        context: { diagnostics: [] },
      });
      expect(actions[0]).toMatchObject({
        title: 'Load Author.books here: 101 → 2 queries (relations + query strategy)',
        isPreferred: true,
        kind: 'quickfix',
      });
      expect(actions[0]?.edit?.changes?.[uri(SERVICE)]).toEqual([
        {
          range: { start: { line: 4, character: 62 }, end: { line: 4, character: 62 } },
          newText: "{\n    relations: { books: true },\n    relationLoadStrategy: 'query',\n  }",
        },
      ]);
    }
    const mended = (bookshop[SERVICE] ?? '').replace('.find()', ".find({ relations: { books: true }, relationLoadStrategy: 'query' })");
    change(SERVICE, mended);
    expect(await diagnostics(SERVICE, (list) => list.length === 0)).toEqual([]);
  });

  // While VS Code waits for the hints of one change, it does not hear of the next.
  test('has hints asked for twice after each change, for an editor that was still waiting', async () => {
    const { connection, hintRefreshes } = await start();
    await expect.poll(hintRefreshes).toBe(2);
    void connection.sendNotification(PROFILE_NOTIFICATION, { runId: 'run 1', findings: [], relationStats: [] });
    await expect.poll(hintRefreshes).toBe(4);
  });

  test('the edit follows lines that moved, and says so when the query is gone', async () => {
    const { open, change, connection, folder, uri } = await start();
    const finding = theFinding(folder);
    const ask = () => connection.sendRequest<FindingEditResult>(FINDING_EDIT_REQUEST, { finding });
    void connection.sendNotification(PROFILE_NOTIFICATION, { runId: 'run 1', findings: [finding], relationStats: [] });
    open(SERVICE);
    change(SERVICE, `// one\n// two\n${bookshop[SERVICE] ?? ''}`);
    expect(await ask()).toMatchObject({ kind: 'edit', edits: [{ uri: uri(SERVICE), range: { start: { line: 6, character: 62 } } }] });
    change(SERVICE, 'export {};\n');
    expect(await ask()).toMatchObject({ kind: 'declined', reason: expect.stringContaining('not found in the present sources') });
  });

  test('goes where the client says that its scope has none any more', async () => {
    const { open, connection, diagnostics, folder } = await start();
    const finding = theFinding(folder);
    open(SERVICE);
    void connection.sendNotification(PROFILE_NOTIFICATION, { runId: 'run 1', findings: [finding], relationStats: [] });
    await diagnostics(SERVICE, (list) => list.length === 1);
    const changedFindings = [{ scope: finding.scope, findings: [] }];
    void connection.sendNotification(PROFILE_NOTIFICATION, { runId: 'run 1', changedFindings, relationStats: [] });
    expect(await diagnostics(SERVICE, (list) => list.length === 0)).toEqual([]);
  });

  test('a comment silences it', async () => {
    const { open, change, connection, diagnostics, folder } = await start();
    open(SERVICE);
    void connection.sendNotification(PROFILE_NOTIFICATION, { runId: 'run 1', findings: [theFinding(folder)], relationStats: [] });
    await diagnostics(SERVICE, (list) => list.length === 1);
    change(
      SERVICE,
      (bookshop[SERVICE] ?? '').replace(
        '  const authors',
        '  // relation-lens-ignore-next-line lazy-n-plus-one: a handful of authors\n  const authors',
      ),
    );
    expect(await diagnostics(SERVICE, (list) => list.length === 0)).toEqual([]);
  });
});

describe('a finding is suppressed by a comment', () => {
  test('above its statement, where the lines stand now; then it is heard no more', async () => {
    const { open, change, connection, diagnostics, folder, uri } = await start();
    const finding = theFinding(folder);
    open(SERVICE);
    void connection.sendNotification(PROFILE_NOTIFICATION, { runId: 'run 1', findings: [finding], relationStats: [] });
    await diagnostics(SERVICE, (list) => list.length === 1);
    const moved = `// one\n// two\n${bookshop[SERVICE] ?? ''}`;
    change(SERVICE, moved);
    const ask = () => connection.sendRequest<FindingEditResult>(SUPPRESS_EDIT_REQUEST, { finding, reason: 'a handful' });
    const result = await ask();
    const newText = expect.stringMatching(/^ *\/\/ relation-lens-ignore-next-line lazy-n-plus-one: a handful\n$/) as string;
    expect(result).toMatchObject({ kind: 'edit', edits: [{ uri: uri(SERVICE), newText }] });
    if (result.kind !== 'edit') return;
    const [edit] = result.edits;
    const lines = moved.split('\n');
    lines.splice(edit?.range.start.line ?? 0, 0, edit?.newText.trimEnd() ?? '');
    change(SERVICE, lines.join('\n'));
    expect(await diagnostics(SERVICE, (list) => list.length === 0)).toEqual([]);
    expect(await ask()).toEqual({ kind: 'declined', reason: 'A comment there says so already.' });
  });
});

describe('manners', () => {
  test('without typeorm it reads nothing and says so', async () => {
    const { connection, hover } = await start({ 'package.json': '{ "name": "plain" }', 'src/author.ts': 'export class Author {}\n' });
    expect(await connection.sendRequest<DiagramResult>(DIAGRAM_REQUEST, {})).toMatchObject({
      ready: true,
      dependsOnTypeorm: false,
      model: { tables: [] },
    });
    expect(await hover('src/author.ts', 0, 14)).toBeNull();
  });

  test('settings switch lenses off', async () => {
    const { connection, uri } = await start(bookshop, { codeLens: { entities: false } });
    expect(await connection.sendRequest('textDocument/codeLens', { textDocument: { uri: uri('src/author.ts') } })).toEqual([]);
  });

  test('documents that are no files, and questions about files that are not there, get an empty answer', async () => {
    const { connection, hover } = await start();
    expect(
      await connection.sendRequest('textDocument/hover', { textDocument: { uri: 'untitled:one' }, position: { line: 0, character: 0 } }),
    ).toBeNull();
    expect(await hover('src/gone.ts', 99, 99)).toBeNull();
  });

  test('one malformed request costs one answer', async () => {
    const { connection, hover } = await start();
    const result = await connection.sendRequest<FindingEditResult>(FINDING_EDIT_REQUEST, { finding: { advice: null } });
    expect(result).toMatchObject({ kind: 'declined' });
    expect(await hover('src/author.ts', 12, 4)).not.toBeNull();
  });
});

test('it speaks over Node IPC too, and ends with status 0', async () => {
  client = await startClient(bookshop, 'ipc');
  await client.graphChanged();
  expect(await client.hover('src/author.ts', 12, 4)).toContain('Author.books');
  const status = await client.stop();
  expect(status).toBe(0);
  client = await startClient({});
});

test('an editor with an outline of its own is not given a second one', async () => {
  client = await startClient(bookshop, 'stdio', { outline: false });
  expect(client.capabilities).not.toHaveProperty('documentSymbolProvider');
  await client.stop();
  client = await startClient(bookshop);
  expect(client.capabilities).toHaveProperty('documentSymbolProvider');
});
