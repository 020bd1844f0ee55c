import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { withoutMethodBodies } from '../../../../../src/core/typeorm/parse/methodBodies';
import { memoryProject } from '../memoryProject';

function parse(text: string): ts.SourceFile {
  return ts.createSourceFile('file.ts', text, ts.ScriptTarget.ESNext);
}

/** A tree as text, without what stands in the bodies that end at the given positions. */
function outline(text: string, emptied: ReadonlySet<number>): string[] {
  const tree = parse(text);
  const lines: string[] = tree.getLineStarts().map(String);
  const visit = (node: ts.Node): void => {
    lines.push(`${ts.SyntaxKind[node.kind]} ${node.getStart(tree)}-${node.end}`);
    if (!(ts.isBlock(node) && emptied.has(node.end))) ts.forEachChild(node, visit);
  };
  visit(tree);
  return lines;
}

function inClass(members: string): string {
  return `@Entity()\nexport class Post extends Base<{ a: 1 }> {\n  @Column({ length: 10 }) title: string;\n${members}\n  @Column() last: number;\n}\n`;
}

/** The bodies that are left out, as they were written. */
function leftOut(text: string): string[] {
  const emptied = withoutMethodBodies(text)?.emptied ?? new Set<number>();
  const tree = parse(text);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isBlock(node) && emptied.has(node.end)) found.push(node.getText(tree));
    else ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

const long = 'return `${this.title}: what this method does matters to nobody but those who call it`;';

describe('a text without method bodies', () => {
  it.each([
    ['a method', `label(): string { ${long} }`],
    ['an accessor', `get label(): string { ${long} }`],
    ['a static method with a generic return type', `static async all(limit = 10): Promise<Map<string, Post[]>> { ${long} }`],
    ['braces in strings', `label() { return "}" + '}{' + '\\'}' + 'and so on, to be worth it'; }`],
    ['braces in templates', 'label() { return `}${ { a: `}${1}` }.a }{ and so on, to be worth it, whatever`; }'],
    ['braces in comments', `label() { /* } */ // }\n ${long} }`],
    ['braces in patterns', `label() { return /[}/]\\}/.test(this.title) && this.title.replace(/\\{/g, 'and so on, to be worth it'); }`],
    ['a division', `half() { return this.last / 2 + 0 * 'and so on, to be worth it, whatever it be'.length; }`],
    ['Windows line ends', `label() {\r\n  ${long}\r\n}\r\n`],
  ])('leaves out %s, and nothing else', (_, member) => {
    const text = inClass(member);
    const shortened = withoutMethodBodies(text);
    expect(leftOut(text)).toHaveLength(1);
    expect(outline(shortened?.text ?? '', shortened?.emptied ?? new Set())).toEqual(outline(text, shortened?.emptied ?? new Set()));
  });

  it.each([
    ['a constructor', `constructor(title: string) { this.title = title; if (!title) throw new Error('a title is needed for a post'); }`],
    ['a constructor behind a blank', `constructor (title: string) { this.title = title; if (!title) throw new Error('a title is needed'); }`],
    ['the initializer of a property', `private run = (title: string) => { ${long} };`],
    ['a method that declares a class', `static of() { class Inner { @Column() name: string; } return Inner; /* and so on, to be worth it */ }`],
    ['a method with a return type in braces', `label(): { text: string } { ${long} }`],
    ['a method with braces in its return type', `async label(): Promise<{ text: string }> { ${long} }`],
    ['a method that returns one of several', `label(): string | { text: string } { ${long} }`],
    ['a slash that may be one of several', `label() { return (this.last) / 2 / 3 + 'and so on, to be worth it, whatever it may be'.length; }`],
    ['a string that has no end', `label() { return 'and so on, to be worth it, whatever it may be; }`],
    ['a brace too few', `label() { if (this.title) { ${long} }`],
  ])('leaves %s as it is', (_, member) => {
    expect(withoutMethodBodies(inClass(member))).toBeNull();
  });

  it('leaves functions and statements outside of classes as they are', () => {
    const body = `(title: string) { ${long} }`;
    expect(
      withoutMethodBodies(`export function options${body}\nconst made = { run${body} };\nitem.class = 1;\nif (made) { if (item) { ${long} } }\n`),
    ).toBeNull();
  });

  it('keeps every position of the sources of this project', () => {
    const folder = path.resolve('src');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const shortened = files.flatMap((file) => {
      const text = readFileSync(path.join(folder, file), 'utf8');
      const short = withoutMethodBodies(text);
      return short ? [{ file, expected: outline(text, short.emptied), actual: outline(short.text, short.emptied) }] : [];
    });
    expect(shortened.length).toBeGreaterThan(50);
    for (const { expected, actual, file } of shortened) expect(actual, file).toEqual(expected);
  });
});

describe('a graph of entities with methods', () => {
  const column = (members: string, options: string): string =>
    `import { Column, Entity, PrimaryColumn } from 'typeorm';\n@Entity()\nexport class Post {\n  @PrimaryColumn() id: number;\n  @Column(${options}) title: string;\n${members}\n}\n`;
  const describing = `describe(): string { ${long} }\n  get label(): string { ${long} }`;

  it('knows the options that a method of the entity returns, though it is parsed without methods', () => {
    const options = `static options() {\n    const length = 80;\n    return { name: 'post_title', type: 'varchar' as const, length, nullable: true };\n  }`;
    const { project, filesParsed } = memoryProject({ 'post.ts': column(`  ${describing}\n  ${options}`, 'Post.options()') });
    const [post] = project.graph().entities;
    expect(post?.columns[1]).toMatchObject({ column: 'post_title', length: '80', nullable: true, type: 'varchar' });
    expect(filesParsed()).toEqual(['post.ts', 'post.ts']);
  });

  it('tells the line where a method has what only the app knows', () => {
    const options = `static options() {\n    const length = 80;\n    return {\n      length,\n      name: process.env['TITLE_COLUMN_NAME_OF_POSTS'],\n    };\n  }`;
    const { project } = memoryProject({ 'post.ts': column(`  ${options}`, 'Post.options()') });
    expect(project.graph().problems).toMatchObject([{ code: 'unknown-value', source: { line: 10, column: 7 } }]);
  });

  it('parses a file once where nothing asks for its methods', () => {
    const { project, filesParsed } = memoryProject({ 'post.ts': column(`  ${describing}`, '') });
    project.graph();
    expect(filesParsed()).toEqual(['post.ts']);
  });

  it('follows an edit of such a method', () => {
    const withName = (name: string): string =>
      column(`  ${describing}\n  static options() { return { name: '${name}', comment: 'and so on, to be worth it' }; }`, 'Post.options()');
    const { project, write } = memoryProject({ 'post.ts': withName('first') });
    expect(project.graph().entities[0]?.columns[1]?.column).toBe('first');
    write('post.ts', withName('second'));
    expect(project.graph().entities[0]?.columns[1]?.column).toBe('second');
  });
});
