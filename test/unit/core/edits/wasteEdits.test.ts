import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { editForFinding } from '../../../../src/core/edits/editForFinding';
import { applyEdits } from '../../../../src/core/edits/sourceText';
import { aFinding, anAdvice, aSite } from '../../builders/findingBuilder';
import { aGraph, anEntity, anId, aRelation, nowhere } from '../../builders/graphBuilder';
import { editOf, expectDeclined, expectEdit, type LoadCase } from './loadEdits';

const unused = (...relations: string[]): LoadCase => ({
  of: 'Book',
  finding: {
    kind: 'unused-eager-load',
    entity: 'Book',
    relation: relations[0] ?? null,
    advice: anAdvice({ kind: 'remove-relation', relations, strategy: null }),
  },
});

describe('a relation that nobody was seen to read', () => {
  const query = '{ relations: { author: true } }';

  test.each([
    ['of the row', `const book = await repo.|findOne(${query});\nif (isNew) show(book.author);\n`],
    ['of an element of a for … of', `const books = await repo.|find(${query});\nfor (const book of books) if (isNew) show(book.author.name);\n`],
    ['of the parameter of a callback', `const books = await repo.|find(${query});\nif (isNew) books.filter(open).map((b) => b.author?.name);\n`],
  ])('stays loaded where the source reads it %s', (_, text) => expectDeclined(text, unused('author'), /^Line 2 reads .*author.*no run took/));

  test.each([
    ['of another row', 'const other = await repo.find();\nshow(other.author);\n'],
    ['of an element of another list', 'for (const each of others) show(each.author);\n'],
  ])('goes where the source reads it %s only', (_, text) => {
    expectEdit(`const book = await repo.|findOne(${query});\n${text}`, unused('author'), `const book = await repo.findOne();\n${text}`);
  });
});

describe('a relation that nobody reads', () => {
  test.each([
    ['the only one', 'await repo.|find({ relations: { author: true } });\n', ['author'], 'await repo.find();\n'],
    [
      'one of two',
      'await repo.|find({ where: { id }, relations: { author: true, tags: true } });\n',
      ['author'],
      'await repo.find({ where: { id }, relations: { tags: true } });\n',
    ],
    ['the last property', 'await repo.|find({ order, relations: { author: true } });\n', ['author'], 'await repo.find({ order });\n'],
    [
      'beneath one that is used',
      'await repo.|find({ relations: { author: { awards: true } } });\n',
      ['author.awards'],
      'await repo.find({ relations: { author: true } });\n',
    ],
    [
      'with what hangs below it',
      "await repo.|find({ relations: ['author', 'author.awards', 'tags'] });\n",
      ['author'],
      "await repo.find({ relations: ['tags'] });\n",
    ],
    [
      'a join',
      "await repo.createQueryBuilder('b').leftJoinAndSelect('b.author', 'author').where('b.id > 1').|getMany();\n",
      ['author'],
      "await repo.createQueryBuilder('b').where('b.id > 1').getMany();\n",
    ],
    [
      'a join that the condition needs',
      "await repo.createQueryBuilder('b').leftJoinAndSelect('b.author', 'author').where('author.id = 1').|getMany();\n",
      ['author'],
      "await repo.createQueryBuilder('b').leftJoin('b.author', 'author').where('author.id = 1').getMany();\n",
    ],
    [
      'an inner join goes on filtering',
      "await repo.createQueryBuilder('b').innerJoinAndSelect('b.author', 'author').|getMany();\n",
      ['author'],
      "await repo.createQueryBuilder('b').innerJoin('b.author', 'author').getMany();\n",
    ],
  ])('%s', (_, before, relations, after) => expectEdit(before, unused(...relations), after));

  test('is left alone where it is computed', () => {
    expectDeclined('await repo.|find({ relations: pick() });\n', unused('author'), /computed/);
    const eager = aGraph(
      anEntity('Book', { columns: [anId()], relations: [aRelation('many-to-one', 'author', 'Author', { eager: true })] }),
      anEntity('Author'),
    );
    expectDeclined('await repo.|find();\n', { ...unused('author'), graph: eager }, /eager in the entity/);
  });
});

describe('columns that nobody reads', () => {
  const few: LoadCase = {
    of: 'Publisher',
    finding: {
      kind: 'over-fetched-columns',
      entity: 'Publisher',
      relation: null,
      advice: anAdvice({ kind: 'select-columns', relations: [], strategy: null, columns: ['name'] }),
    },
  };

  test('the others are selected, with the key', () => {
    expectEdit('await repo.|find();\n', few, 'await repo.find({ select: { id: true, name: true } });\n');
    expectEdit('await repo.|find({ where });\n', few, 'await repo.find({ where, select: { id: true, name: true } });\n');
  });

  test.each([
    ['it is saved', 'const p = await repo.|find();\nawait repo.save(p);\n', /saves entities/],
    ['relations are loaded', 'await repo.|find({ relations: { books: true } });\n', /loads relations/],
  ])('not where %s', (_, text, reason) => expectDeclined(text, few, reason));
});

test('an index is put at the foreign key, wherever the finding was seen', () => {
  const { result } = editOf('await repo.|find();\n', {
    finding: { kind: 'slow-query', entity: 'Nobody', relation: 'books', advice: anAdvice({ kind: 'add-index', relations: [], strategy: null }) },
  });
  expect(result).toEqual({ kind: 'declined', reason: 'The foreign key is not declared in the sources.' });
});

describe('of two entities with one name, in a workspace of two apps,', () => {
  const declared = '@Entity()\nclass Book {\n  @ManyToOne(() => Author)\n  author: Author;\n}\n';
  const indexed = "import { Index } from 'typeorm';\n\n@Entity()\nclass Book {\n  @Index()\n  @ManyToOne(() => Author)\n  author: Author;\n}\n";
  const bookOf = (app: string) => {
    const source = { ...nowhere, file: `/work/${app}/book.ts`, line: 4 };
    return anEntity('Book', { id: `${source.file}#Book`, source, relations: [aRelation('many-to-one', 'author', 'Author', { source })] });
  };
  const graph = aGraph(bookOf('blog'), bookOf('shop'));
  const indexFor = (file: string | null) =>
    editForFinding(
      { typescript: ts, graph, readFile: (name) => (name.endsWith('/book.ts') ? declared : undefined) },
      aFinding({
        kind: 'slow-query',
        entity: 'Book',
        relation: 'author',
        site: file === null ? null : aSite({ file }),
        parent: null,
        advice: anAdvice({ kind: 'add-index', relations: ['author'], strategy: null }),
      }),
    );

  test.each(['blog', 'shop'])('the one of the app that asked is changed: %s', (app) => {
    const edit = indexFor(`/work/${app}/list.ts`);
    expect(edit).toMatchObject({ kind: 'edit', title: 'Add @Index() to Book.author' });
    const edits = edit.kind === 'edit' ? edit.edits : [];
    expect(new Set(edits.map(({ file }) => file))).toEqual(new Set([`/work/${app}/book.ts`]));
    expect(applyEdits(ts, `/work/${app}/book.ts`, declared, edits)).toBe(indexed);
  });

  test('none is changed where no line tells which', () => {
    expect(indexFor(null)).toEqual({ kind: 'declined', reason: 'The sources declare 2 entities named Book.' });
  });
});
