import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { findCall } from '../../../../src/core/edits/findCall';
import { parseSource } from '../../../../src/core/edits/sourceText';
import { aSite } from '../../builders/findingBuilder';

function found(
  text: string,
  site: { line: number; column?: number; function?: string },
  entity: string | null = 'Author',
  api = 'Repository.find',
): string | null {
  const source = parseSource(ts, '/app/service.ts', text, new Set(['Author', 'Book']));
  return findCall(source, { site: aSite(site), api, entity })?.getText(source.tree) ?? null;
}

describe('finding a query again', () => {
  test('at its line', () => {
    expect(found('a.find(1);\nb.find(2);\n', { line: 2 })).toBe('b.find(2)');
  });

  test('at its column, where a line has two', () => {
    expect(found('[a.find(1), b.find(2)];\n', { line: 1, column: 14 })).toBe('b.find(2)');
  });

  test('where lines moved, by the function it stood in', () => {
    expect(found('// new\n\nfunction other() { a.find(1); }\nfunction list() {\n  b.find(2);\n}\n', { line: 2, function: 'list' })).toBe('b.find(2)');
  });

  test('a query of another entity is never taken for it', () => {
    expect(found('manager.find(Book);\nmanager.find(Author);\n', { line: 1 })).toBe('manager.find(Author)');
    expect(found('manager.find(Book);\n', { line: 1 })).toBeNull();
    expect(found('class S {\n  books: Repository<Book>;\n  list() { this.books.find(); }\n}\n', { line: 3 })).toBeNull();
  });

  test('where two could be meant, none is', () => {
    expect(found('\n\na.find(1);\n\nb.find(2);\n', { line: 1 })).toBeNull();
  });

  test('a chain over lines is found from any of them', () => {
    expect(found("repo\n  .createQueryBuilder('a')\n  .getMany();\n", { line: 1 }, 'Author', 'SelectQueryBuilder.getMany')).toContain('getMany()');
  });

  test('findBy that has become find is still the same query', () => {
    expect(found('repo.find({ where: { id: 1 } });\n', { line: 1 }, 'Author', 'Repository.findBy')).toContain('find(');
  });

  test('array methods of the same name on another line are not it', () => {
    expect(found('xs.find((x) => x);\n\nfunction list() {\n  return repo.find();\n}\n', { line: 4, function: 'list' })).toBe('repo.find()');
  });
});
