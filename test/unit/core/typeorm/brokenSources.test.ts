/** Sources as they are while they are typed, and sources that are wrong: nothing crashes, nothing hangs, the rest is understood. */
import { describe, expect, it } from 'vitest';
import { memoryProject } from './memoryProject';

const healthy = `import { Column, Entity, ManyToMany, ManyToOne, JoinTable, PrimaryGeneratedColumn, Index } from 'typeorm';
import { Other } from './other';
const options = { nullable: true, ...(() => ({ length: 10 }))() };
@Entity({ name: \`table_\${1 + 1}\` })
@Index(['name', 'other'], { unique: true })
export class Thing {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column({ ...options, type: 'varchar' }) name: string | null;
  @ManyToOne(() => Other, ({ things }) => things, { onDelete: 'CASCADE' }) other: Other;
  @ManyToMany(() => Other) @JoinTable({ joinColumn: { name: 'x' } }) others: Other[];
}
`;
const other = `import { Entity, OneToMany, PrimaryGeneratedColumn } from 'typeorm';
import { Thing } from './thing';
@Entity() export class Other { @PrimaryGeneratedColumn() id: number; @OneToMany(() => Thing, 'other') things: Thing[]; }
`;

describe('broken sources', () => {
  it('survive being cut off anywhere', () => {
    const { project, write } = memoryProject({ 'thing.ts': healthy, 'other.ts': other });
    for (let end = 0; end <= healthy.length; end += 11) {
      write('thing.ts', healthy.slice(0, end));
      expect(project.graph().entities.some(({ name }) => name === 'Other')).toBe(true);
    }
  });

  it('survive losing any one character', () => {
    const { project, write } = memoryProject({ 'thing.ts': healthy, 'other.ts': other });
    for (let at = 0; at < healthy.length; at += 13) {
      write('thing.ts', healthy.slice(0, at) + healthy.slice(at + 1));
      expect(project.graph().entities.some(({ name }) => name === 'Other')).toBe(true);
    }
  });

  it.each(['const load = createRequire(\n', 'const later = () => {\n', 'const list = [\n', 'export const kinds = { of: new Map(\n'])(
    'swallow no exported entity behind %j',
    (unclosed) => {
      const { project } = memoryProject({ 'thing.ts': healthy.replace('@Entity(', `${unclosed}\n@Entity(`), 'other.ts': other });
      expect(project.graph().entities.map(({ name }) => name)).toEqual(['Other', 'Thing']);
    },
  );

  it('lose no entity behind a return that a missing bracket puts on the top level', () => {
    const { project } = memoryProject({ 'thing.ts': healthy.replace('@Entity(', 'function one()\n  return 1;\n}\n@Entity('), 'other.ts': other });
    expect(project.graph().entities.map(({ name }) => name)).toEqual(['Other', 'Thing']);
  });

  it('name each entity that a mistake hides', () => {
    const { project } = memoryProject({ 'thing.ts': healthy.replace('const options', 'const text = `\nconst options'), 'other.ts': other });
    const { entities, problems } = project.graph();
    expect(entities.map(({ name }) => name)).toEqual(['Other']);
    const [told] = problems.filter(({ code }) => code === 'broken-syntax');
    expect(told?.message).toBe(
      "`Thing` cannot be read because of a mistake in the syntax (line 5: ',' expected), so it is left out: mend that line.",
    );
    expect(told?.source).toMatchObject({ line: 7, column: 14, endColumn: 19 });
  });

  it.each([
    ['@Enity()', "import { Column, PrimaryGeneratedColumn } from 'typeorm';", 'write `@Entity` if that is meant'],
    ['@entity()', "import { Column, PrimaryGeneratedColumn } from 'typeorm';", 'write `@Entity` if that is meant'],
    ['@Entity()', "import { Column, PrimaryGeneratedColumn } from 'typeorm';", 'import it from typeorm'],
    ['@Entity() @Idnex()', "import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';", 'write `@Index` if that is meant'],
  ])('tell of %s, which nothing declares', (decorators, imports, next) => {
    const { project } = memoryProject({
      'thing.ts': `${imports}\n${decorators}\nexport class Thing { @PrimaryGeneratedColumn() id: number; @Column() name: string; }\n`,
    });
    const [told, ...others] = project.graph().problems;
    expect(told).toMatchObject({ code: 'unknown-decorator', source: { line: 2 } });
    expect(told?.message).toContain(`neither declared nor imported here, so that it says nothing to TypeORM: ${next}.`);
    expect(others).toEqual([]);
  });

  it('tell once of a column that is misspelt again and again', () => {
    const columns = '@PrimaryGeneratedColumn() id: number; @Colum() first: string; @Colum() second: string;';
    const { project } = memoryProject({
      'thing.ts': `import { Entity, PrimaryGeneratedColumn } from 'typeorm';\n@Entity() export class Thing { ${columns} }\n`,
    });
    expect(project.graph().problems.map(({ code }) => code)).toEqual(['unknown-decorator']);
  });

  it.each([
    "import { Enity } from './decorators';\n@Enity() export class Thing",
    "import Enity = require('./decorators');\n@Enity() export class Thing",
    'function Enity() { return () => undefined; }\n@Enity() export class Thing',
    "const { Enity } = require('./decorators');\n@Enity() export class Thing",
    'declare const Enity: () => ClassDecorator;\n@Enity() export class Thing',
    "import * as own from './decorators';\n@own.Enity() export class Thing",
    'export const made = (Enity: () => ClassDecorator) => {\n@Enity() class Thing',
  ])('say nothing of a decorator of the project’s own with a similar name: %j', (start) => {
    const end = start.endsWith('export class Thing') ? '' : '\nreturn Thing; };';
    const body = '{ @PrimaryGeneratedColumn() id: number; @Column() name: string; }';
    const { project } = memoryProject({
      'thing.ts': `import { Column, PrimaryGeneratedColumn } from 'typeorm';\n${start} ${body}${end}\n`,
      'decorators.ts': 'export const Enity = () => () => undefined;\n',
    });
    expect(project.graph().problems).toEqual([]);
  });

  it('say nothing of classes that have nothing to do with TypeORM', () => {
    const { project } = memoryProject({
      'thing.ts': "import { Repository } from 'typeorm';\n@Enity() export class Thing { constructor(readonly things: Repository<object>) {} }\n",
    });
    expect(project.graph().problems).toEqual([]);
  });

  it('are told from what a function makes, and from other libraries', () => {
    const made = 'export function translated(Base) {\n  @Entity() class Translation extends Base {}\n  return Translation;\n}\nconst x = ;\n';
    const { project } = memoryProject({
      'thing.ts': `${healthy}${made}`,
      'other.ts': other,
      'foreign.ts': "import { Entity } from '@mikro-orm/core';\n@Entity()\nexport class Foreign {}\nconst x = ;\n",
    });
    const { entities, problems } = project.graph();
    expect(entities.map(({ name }) => name)).toEqual(['Other', 'Thing']);
    expect(problems).toEqual([]);
  });

  it('may begin with a byte order mark and end lines with CRLF', () => {
    const plain = memoryProject({ 'thing.ts': healthy, 'other.ts': other }).project.graph();
    const dressed = memoryProject({ 'thing.ts': `\uFEFF${healthy.replaceAll('\n', '\r\n')}`, 'other.ts': other }).project.graph();
    expect(dressed).toEqual(plain);
  });

  it.each([
    ['a class that extends itself', 'export class A extends A {}'],
    ['classes that extend each other', 'export class A extends B {}\nexport class B extends A {}'],
    ['a constant that needs itself', 'const x = { ...x, y: x };\nexport class A {}\n@Entity(x) export class C { @Column(x) c: string }'],
    ['an endless loop', 'const f = () => { while (true) {} };\n@Entity(f()) export class A { @PrimaryColumn() a: string }'],
    ['an endless recursion', 'const f = (n) => f(n + 1);\n@Entity(f(0)) export class A { @PrimaryColumn() a: string }'],
    ['a value that embeds itself', '@Entity() export class A { @PrimaryColumn() a: string; @Column(() => A) self: A }'],
    ['a decorator that throws', 'const d = () => { throw new Error("no") };\n@Entity() export class A { @d() @PrimaryColumn() a: string }'],
    ['a child of itself', '@ChildEntity() @TableInheritance({ column: "k" }) export class A extends A { @PrimaryColumn() a: string }'],
    ['a child without a root', '@ChildEntity() export class A { @PrimaryColumn() a: string }'],
    [
      'a relation of an entity to nothing',
      '@Entity() export class A { @ManyToOne() a; @OneToMany(() => {}) b; @ManyToMany(undefined) c; @OneToOne(null) d }',
    ],
    [
      'nonsense for options',
      '@Entity(5, []) @Index(7) @Unique({}) export class A { @Column(1, 2) a; @JoinColumn("x") @ManyToOne(() => A, 3, 4) b; @JoinTable(9) @ManyToMany(() => A) c }',
    ],
    ['an entity declared twice', '@Entity() export class A { @PrimaryColumn() a }\n@Entity() export class A { @PrimaryColumn() b }'],
    ['a pattern that is none', 'const p = /(/;\n@Entity("x".replace(p, "y")) export class A { @PrimaryColumn() a }'],
  ])('%s', (_what, text) => {
    const { project } = memoryProject({
      'a.ts': `import { ChildEntity, Column, Entity, Index, JoinColumn, JoinTable, ManyToMany, ManyToOne, OneToMany, OneToOne, PrimaryColumn, TableInheritance, Unique } from 'typeorm';\n${text}\n`,
      'other.ts': other.replace("import { Thing } from './thing';\n", '').replace(/@OneToMany.*\}/, '}'),
    });
    expect(project.graph().entities.some(({ name }) => name === 'Other')).toBe(true);
  });

  it('may import in circles, through barrels that export each other', () => {
    const { project } = memoryProject({
      'a.ts': "export * from './b';\nexport { Missing as Found } from './b';\n",
      'b.ts': "export * from './a';\nexport * from './thing';\nexport { Found as Missing } from './a';\n",
      'thing.ts': healthy,
      'other.ts': other.replace("'./thing'", "'./a'"),
    });
    expect(project.graph().problems).toEqual([]);
    expect(project.graph().entities.find(({ name }) => name === 'Other')?.relations[0]).toMatchObject({ target: 'Thing', inverse: 'other' });
  });
});
