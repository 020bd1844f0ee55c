/** Sources that nobody wrote on purpose: mutated, huge, nested without end. There is always a graph, and what was left out is a problem. */
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { parseSource } from '../../../../src/core/edits/sourceText';
import { graphToJson } from '../../../../src/core/typeorm/graphToJson';
import { seededRandom, type SeededRandom } from '../../builders/seededRandom';
import { memoryProject } from './memoryProject';

const head = "import { Column, Entity, ManyToMany, ManyToOne, JoinTable, OneToMany, PrimaryGeneratedColumn, Index } from 'typeorm';\n";
const thing = `${head}import { Other } from './other';
const options = { nullable: true, ...(() => ({ length: 10 }))() };
export enum Kind { Small = 'small', Large = 'large' }
@Entity({ name: \`table_\${1 + 1}\` })
@Index(['name', 'other'], { unique: true })
export class Thing extends Other {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column({ ...options, type: 'enum', enum: Kind }) name: string | null;
  @ManyToOne(() => Other, ({ things }) => things, { onDelete: 'CASCADE' }) other: Other;
  @ManyToMany(() => Other) @JoinTable({ joinColumn: { name: 'x' } }) others: Other[];
}
`;
const other = `${head}import { Thing } from './thing';
@Entity() export class Other { @PrimaryGeneratedColumn() id: number; @OneToMany(() => Thing, 'other') things: Thing[]; }
`;
const bystander = `${head}@Entity() export class Bystander { @PrimaryGeneratedColumn() id: number; }\n`;

const characters = ['{', '}', '(', ')', '`', "'", '@', '\\', '/*', '\u0000', '\u2028', '\uFEFF', '\uD800', '𝒳', '…', '=>', '...', '<', ';', '\r'];

type Mutation = (text: string, random: SeededRandom) => string;

const mutations: readonly Mutation[] = [
  (text, random) => text.slice(0, random.below(text.length + 1)),
  (text, random) => text.slice(random.below(text.length + 1)),
  (text, random) => withTokens(text, (tokens) => tokens.splice(random.below(tokens.length), 1 + random.below(4))),
  (text, random) => withTokens(text, (tokens) => tokens.splice(random.below(tokens.length), 0, random.pick(tokens))),
  (text, random) => withLines(text, (lines) => lines.splice(random.below(lines.length), 0, random.pick(lines), random.pick(lines))),
  (text, random) => insertAt(text, random.below(text.length + 1), random.pick(characters)),
  (text) => text.replaceAll('\n', '\r\n'),
  (text) => `\uFEFF${text}`,
  (text, random) =>
    text.replaceAll(random.pick(['Other', 'Thing', 'id', 'typeorm']), random.pick(['Other', 'Thing', 'constructor', '__proto__', ''])),
];

function withTokens(text: string, change: (tokens: string[]) => unknown): string {
  const tokens = text.split(/(\b|(?<=\W))/);
  change(tokens);
  return tokens.join('');
}

function withLines(text: string, change: (lines: string[]) => unknown): string {
  const lines = text.split('\n');
  change(lines);
  return lines.join('\n');
}

function insertAt(text: string, at: number, inserted: string): string {
  return text.slice(0, at) + inserted + text.slice(at);
}

describe('mutated sources', () => {
  it.each([11, 12, 13, 14])('give a graph with everybody else in it, and after edits the one that a fresh project gives, series %i', (seed) => {
    const random = seededRandom(seed);
    const { project, write, fresh } = memoryProject({ 'thing.ts': thing, 'other.ts': other, 'bystander.ts': bystander });
    for (let round = 0; round < 20; round++) {
      let text = random.pick([thing, other]);
      for (let count = random.below(3); count >= 0; count--) text = random.pick(mutations)(text || ' ', random);
      write(random.pick(['thing.ts', 'other.ts']), text);
      const json = graphToJson(project.graph(), '/work');
      expect(json).toContain('"name": "Bystander"');
      expect(json, text).toBe(graphToJson(fresh().graph(), '/work'));
    }
  });
});

describe('nesting of ten thousand levels', () => {
  const depth = 10_000;
  it.each([
    ['parentheses', `@Entity(${'('.repeat(depth)}'x'${')'.repeat(depth)}) export class Deep { @PrimaryGeneratedColumn() id: number }`],
    ['arrays', `const x = ${'['.repeat(depth)}${']'.repeat(depth)};\n@Entity(x) export class Deep { @PrimaryGeneratedColumn() id: number }`],
    ['objects', `const x = ${'{a:'.repeat(depth)}1${'}'.repeat(depth)};\n@Entity(x) export class Deep { @PrimaryGeneratedColumn() id: number }`],
    ['calls', `@Entity(${'f('.repeat(depth)}${')'.repeat(depth)}) export class Deep { @PrimaryGeneratedColumn() id: number }`],
    ['sums', `@Entity(${'"a" + '.repeat(depth)}'x') export class Deep { @PrimaryGeneratedColumn() id: number }`],
    ['accesses', `@Entity(a${'.a'.repeat(depth)}) export class Deep { @PrimaryGeneratedColumn() id: number }`],
    ['blocks', `function f() ${'{'.repeat(depth)}${'}'.repeat(depth)}\n@Entity(f()) export class Deep { @PrimaryGeneratedColumn() id: number }`],
    ['brackets that never close', `@Entity(${'[{('.repeat(depth)} export class Deep { @PrimaryGeneratedColumn() id: number }`],
    ['unions in types', `@Entity() export class Deep { @PrimaryGeneratedColumn() id: ${'('.repeat(depth)}number${')'.repeat(depth)} }`],
  ])('of %s overflows nothing, and costs nobody else anything', (_what, text) => {
    const { project } = memoryProject({ 'deep.ts': `${head}${text}\n`, 'bystander.ts': bystander });
    const { entities, problems } = project.graph();
    expect(entities.map(({ name }) => name)).toContain('Bystander');
    // Either it was read, or it is said why not.
    expect(entities.some(({ name }) => name === 'Deep') || problems.some(({ source }) => source.file === '/work/deep.ts')).toBe(true);
    expect(project.sourceFile('/work/deep.ts')).toBeDefined();
  });

  it('leaves the parser in order for the next text', () => {
    const nested = `const f = ${'('.repeat(depth)}(a) => 1${')'.repeat(depth)}`;
    const next = 'const f = (a: number): number => a;\n';
    const before = parseSource(ts, '/next.ts', next).tree;
    parseSource(ts, '/deep.ts', nested);
    const { tree } = parseSource(ts, '/next.ts', next);
    const kinds = (node: ts.Node): unknown[] => [node.kind, node.pos, node.end, ...node.getChildren(node.getSourceFile()).map(kinds)];
    expect(kinds(tree)).toEqual(kinds(before));
  });
});

describe('sheer size', () => {
  it('a class of ten thousand columns is read whole', () => {
    const columns = Array.from({ length: 10_000 }, (_, index) => `  @Column() c${index}: string;`).join('\n');
    const { project } = memoryProject({
      'wide.ts': `${head}@Entity() export class Wide {\n  @PrimaryGeneratedColumn() id: number;\n${columns}\n}\n`,
    });
    expect(project.graph().entities[0]?.columns).toHaveLength(10_001);
  });

  it('a file of a megabyte is read like any other', () => {
    const text = `${other}// ${'filler '.repeat(150_000)}\n`;
    const { project } = memoryProject({ 'other.ts': text, 'thing.ts': thing });
    expect(project.graph().entities.map(({ name }) => name)).toEqual(['Other', 'Thing']);
  });

  it('two hundred files may import each other in a circle, and extend each other in one', () => {
    const files = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => {
        const next = (index + 1) % 200;
        const base = index % 100 === 99 ? 'Missing' : `E${next}`;
        return [
          `e${index}.ts`,
          `${head}import { E${next} } from './e${next}';\n@Entity() export class E${index} extends ${base} { @PrimaryGeneratedColumn() id: number; @ManyToOne(() => E${next}) next: E${next}; }\n`,
        ];
      }),
    );
    const { entities } = memoryProject(files).project.graph();
    expect(entities).toHaveLength(200);
    expect(entities.every(({ relations }) => relations.some(({ property, targetId }) => property === 'next' && targetId !== null))).toBe(true);
  });
});
