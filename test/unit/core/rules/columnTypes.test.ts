/** Columns whose TypeScript type tells TypeORM nothing: found, mended, and left alone where TypeORM has a type all the same. */
import { describe, expect, it } from 'vitest';
import { aClass, imports, lint, type Files } from './lint';

const RULE = 'column-type-unreflected';

function book(compilerOptions: object, ...members: string[]): Files {
  return {
    'tsconfig.json': JSON.stringify({ compilerOptions }),
    'book.ts': imports('ObjectIdColumn', 'PrimaryColumn') + aClass('Book', ...members),
  };
}

const strict = { strict: true };

describe('a column of which TypeScript says Object', () => {
  it.each([
    ['may be null', '@Column()\nisbn!: string | null;', '@Column({ type: String })\nisbn!: string | null;'],
    [
      'may be undefined',
      '@Column({ nullable: true })\nsold!: (Date | undefined);',
      '@Column({ nullable: true, type: Date })\nsold!: (Date | undefined);',
    ],
    ['has no annotation', '@Column({ default: true })\ninPrint = true;', '@Column({ default: true, type: Boolean })\ninPrint = true;'],
    ['is made anew', '@Column()\nadded = new Date();', '@Column({ type: Date })\nadded = new Date();'],
  ])('%s: is given its type', (_what, before, after) => {
    const files = book(strict, before);
    expect(lint(files).of(RULE)).toHaveLength(1);
    const fixed = lint(files).fix(RULE);
    expect(fixed.files).toEqual(book(strict, after));
    expect(fixed.left).not.toContain(RULE);
  });

  it.each(['string | number', 'unknown', 'any', '{ theme: string }', "'a' | 1 | null"])('%s: is told, and its type left to the user', (type) => {
    const [problem, ...more] = lint(book(strict, `@Column()\nvalue!: ${type};`)).of(RULE);
    expect(problem).toMatchObject({ severity: 'error', message: expect.stringContaining('`Book.value`') });
    expect(problem?.fixes()).toEqual([]);
    expect(more).toEqual([]);
  });
});

describe('nothing is said of', () => {
  it.each([
    ['what may be null where nulls are not kept apart', { strict: false }, '@Column()\nisbn!: string | null;'],
    ['what has a type', strict, '@Column({ type: String })\nisbn!: string | null;'],
    ['what names its type first', strict, "@Column('varchar')\nisbn!: string | null;"],
    ['options that are not known', strict, '@Column(optionsFor(process.env))\nisbn!: string | null;'],
    ['an optional property', strict, '@Column()\nisbn?: string;'],
    ['words of one kind', strict, "@Column()\nsize!: 'small' | 'large';"],
    ['a name that may be a class', strict, '@Column()\nprice!: Money;'],
  ])('%s', (_what, compilerOptions, member) => {
    expect(lint(book(compilerOptions, member)).of(RULE)).toEqual([]);
  });

  it('what Babel compiles, which leaves null out', () => {
    const files = book(strict, '@Column()\nisbn!: string | null;');
    const devDependencies = { '@babel/core': '^7.26.0', 'babel-plugin-transform-typescript-metadata': '^0.3.2' };
    expect(lint({ ...files, 'package.json': JSON.stringify({ devDependencies: { '@babel/core': '^7.26.0' } }) }).of(RULE)).toHaveLength(1);
    expect(lint({ ...files, 'package.json': JSON.stringify({ devDependencies }) }).of(RULE)).toEqual([]);
  });

  it('documents of MongoDB, whose types nobody asks for', () => {
    const files = book(strict, '@Column()\nisbn!: string | null;');
    const mongo = {
      ...files,
      'data-source.ts':
        "import { DataSource } from 'typeorm';\nimport { Book } from './book';\nexport const source = new DataSource({ type: 'mongodb', entities: [Book] });\n",
    };
    expect(lint(files).of(RULE)).toHaveLength(1);
    expect(lint(mongo).of(RULE)).toEqual([]);
  });
});
