/** After any edits, the rules say what they would say if they had never run before; and they run only for what the edit touches. */
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { parseSource } from '../../../../src/core/edits/sourceText';
import { allRules } from '../../../../src/core/rules/allRules';
import { checkRules, RuleChecker, type CheckOptions } from '../../../../src/core/rules/checkRules';
import { readFileFacts } from '../../../../src/core/rules/memberFacts';
import type { CheckResult } from '../../../../src/core/rules/problemsByFile';
import type { Rule } from '../../../../src/core/rules/rule';
import { readSuppressions } from '../../../../src/core/rules/suppression';
import { memoryProject, type MemoryProject } from '../typeorm/memoryProject';
import { seededRandom } from '../../builders/seededRandom';
import { aClass, imports } from './lint';

const names = ['Index', 'JoinColumn', 'JoinTable', 'ManyToMany', 'ManyToOne', 'OneToMany', 'OneToOne'];
const head = (...others: string[]): string =>
  imports(...names) + others.map((other) => `import { ${other} } from './${other.toLowerCase()}';\n`).join('');

/** Four entities that know of each other, one of them with its fields from a base class. */
const files = {
  'owned.ts': `${head('Author')}export abstract class Owned {\n  @Index()\n  @ManyToOne(() => Author, { onDelete: 'CASCADE' })\n  owner!: Author;\n}\n`,
  'author.ts':
    head('Book', 'Tag') +
    aClass('Author', '@OneToMany(() => Book, (book) => book.author)\nbooks!: Book[];', '@ManyToMany(() => Tag)\n@JoinTable()\ntags!: Tag[];'),
  'book.ts':
    head('Author', 'Owned', 'Page') +
    aClass(
      'Book extends Owned',
      '@ManyToOne(() => Author, (author) => author.books)\nauthor!: Author;',
      '@OneToMany(() => Page, (page) => page.book, { cascade: true })\npages!: Page[];',
    ),
  'page.ts': head('Book', 'Owned') + aClass('Page extends Owned', '@ManyToOne(() => Book, (book) => book.pages, { nullable: false })\nbook!: Book;'),
  'tag.ts': head('Author') + aClass('Tag', '@ManyToMany(() => Author, (author) => author.tags)\nauthors!: Author[];'),
};

/** Words that an edit may put in the place of others. */
const swaps: readonly (readonly [RegExp, string])[] = [
  [/ManyToOne\(/, 'OneToOne('],
  [/OneToMany\(/, 'ManyToMany('],
  [/OneToOne\(/, 'ManyToOne('],
  [/ManyToMany\(/, 'OneToMany('],
  [/\.books/, '.boks'],
  [/\.author\b/, '.owner'],
  [/, \(\w+\) => \w+\.\w+/, ''],
  [/\{ cascade: true \}/, "{ cascade: ['remove'], eager: true }"],
  [/\{ nullable: false \}/, "{ onDelete: 'SET NULL', nullable: false }"],
  [/ {2}@Index\(\)\n/, ''],
  [/ {2}@JoinTable\(\)\n/, '  @JoinColumn()\n'],
  [/\[\];/, '[] = [];'],
  [/extends Owned/, 'extends Missing'],
  [/class (Book|Tag)\b/, 'class $1Renamed'],
  [/^/, '// relation-lens-ignore-file fk-no-index: small tables\n'],
  [/^/, '\n\n'],
  [/\}\n$/, ''],
  [/@Entity\(\)/, "@Entity('another')"],
  [/@Entity\(\)/, ''],
];

function optionsFor({ text }: MemoryProject, rules: readonly Rule[] = allRules): CheckOptions {
  const sourceOf: CheckOptions['sourceOf'] = (file) => {
    const present = text(file);
    return present === undefined ? null : parseSource(ts, file, present);
  };
  return {
    sourceOf,
    factsOf: (file) => {
      const source = sourceOf(file);
      return source ? readFileFacts(source) : new Map();
    },
    suppressionsIn: (file) => readSuppressions(text(file) ?? ''),
    typeormMajor: 1,
    indexesForeignKeys: false,
    rules,
  };
}

function toData({ problems, byFile, suppressed }: CheckResult) {
  return { problems: problems.map(({ fixes, ...problem }) => ({ ...problem, fixes: fixes() })), files: [...byFile.keys()].sort(), suppressed };
}

describe('rules after edits', () => {
  test.each([1, 2, 3])('say what a fresh check says, series %i', (seed) => {
    const random = seededRandom(seed);
    const memory = memoryProject(files);
    const checker = new RuleChecker(optionsFor(memory));
    let found = 0;
    for (let edit = 0; edit < 40; edit++) {
      const name = random.pick(Object.keys(files)) as keyof typeof files;
      const [pattern, replacement] = random.pick(swaps);
      const present = memory.text(`/work/${name}`) ?? '';
      // Now and then a file comes back as it was, or goes altogether.
      const chance = random.below(10);
      memory.write(name, chance === 0 ? null : chance < 4 ? files[name] : present.replace(pattern, replacement));
      checker.fileChanged(`/work/${name}`);
      const graph = memory.project.graph();
      const result = toData(checker.check(graph));
      expect(result).toEqual(toData(checkRules(graph, optionsFor(memory))));
      found += result.problems.length;
    }
    expect(found).toBeGreaterThan(60);
  });

  test('run for the edited entity and those whose verdicts rest on it alone', () => {
    const checked: string[] = [];
    const spy: Rule = { id: 'spy', check: (_context, { name }) => (checked.push(name), []) };
    const memory = memoryProject({ ...files, 'lonely.ts': head() + aClass('Lonely') });
    const checker = new RuleChecker(optionsFor(memory, [spy, ...allRules]));
    checker.check(memory.project.graph());
    expect(checked.splice(0)).toEqual(['Author', 'Book', 'Lonely', 'Page', 'Tag']);
    memory.write('tag.ts', files['tag.ts'].replace('id!: number;', 'id!: number;\n\n  @Column()\n  label!: string;'));
    checker.fileChanged('/work/tag.ts');
    checker.check(memory.project.graph());
    expect(checked.splice(0).sort()).toEqual(['Author', 'Tag']);
    memory.write('lonely.ts', `${head()}\n${aClass('Lonely')}`);
    checker.fileChanged('/work/lonely.ts');
    checker.check(memory.project.graph());
    expect(checked).toEqual(['Lonely']);
  });

  test('keep the list of a file that nothing happened to', () => {
    const memory = memoryProject(files);
    const checker = new RuleChecker(optionsFor(memory));
    const before = checker.check(memory.project.graph());
    expect(checker.check(memory.project.graph())).toBe(before);
    memory.write('tag.ts', `\n${files['tag.ts']}`);
    checker.fileChanged('/work/tag.ts');
    const after = checker.check(memory.project.graph());
    expect(after.byFile.get('/work/page.ts')).toBe(before.byFile.get('/work/page.ts'));
    expect(before.byFile.get('/work/page.ts')).toBeDefined();
  });

  test('leave out what is switched off, the problems of the graph too', () => {
    const memory = memoryProject({
      'a.ts': `${imports('ManyToOne')}${aClass('A', '@ManyToOne(() => Nothing)\nnothing!: unknown;')}class Nothing {}\n`,
    });
    const rules = (severities: CheckOptions['severities']) =>
      checkRules(memory.project.graph(), { ...optionsFor(memory), ...(severities ? { severities } : {}) }).problems.map(({ rule }) => rule);
    expect(rules({})).toContain('target-not-entity');
    expect(rules({ 'target-not-entity': 'off' })).not.toContain('target-not-entity');
  });
});
