/** Runs the rules over sources in the test, and applies their fixes. */
import ts from 'typescript';
import { parseSource, applyEdits, type SourceText } from '../../../../src/core/edits/sourceText';
import { checkRules, type CheckOptions } from '../../../../src/core/rules/checkRules';
import { readFileFacts } from '../../../../src/core/rules/memberFacts';
import type { CheckResult } from '../../../../src/core/rules/problemsByFile';
import { readSuppressions } from '../../../../src/core/rules/suppression';
import type { Problem } from '../../../../src/core/rules/rule';
import { checkUsages } from '../../../../src/core/usage/rules/checkUsages';
import { createEntityProject } from '../../../../src/core/typeorm/entityProject';

export type Files = Readonly<Record<string, string>>;

export interface Linted extends CheckResult {
  /** Problems of one rule. */
  of(rule: string): readonly Problem[];
  /** The files after the rule's fix (its first, or the one of that title), and the ids of the problems that are left. */
  fix(rule: string, title?: RegExp): { readonly files: Files; readonly left: readonly string[] };
}

export function lint(files: Files, options: Partial<CheckOptions> = {}): Linted {
  const texts = new Map(Object.entries(files).map(([name, text]) => [`/app/${name}`, text]));
  const project = createEntityProject(ts, {
    roots: ['/app'],
    listSourceFiles: () => [...texts.keys()].filter((file) => !file.endsWith('.json') && !file.includes('/node_modules/')).sort(),
    listPackageManifests: () => [],
    readFile: (file) => texts.get(file),
    fileExists: (file) => texts.has(file),
    problems: () => [],
  });
  const graph = project.graph();
  const entityNames = new Set(graph.entities.map(({ name }) => name));
  const sourceOf: CheckOptions['sourceOf'] = (file) => {
    const text = texts.get(file);
    return text === undefined ? null : parseSource(ts, file, text, entityNames);
  };
  const result = checkRules(graph, {
    sourceOf,
    factsOf: (file) => {
      const source = sourceOf(file);
      return source ? readFileFacts(source) : new Map();
    },
    suppressionsIn: (file) => readSuppressions(texts.get(file) ?? ''),
    typeormMajor: 1,
    indexesForeignKeys: false,
    ...options,
  });
  const major = options.typeormMajor === undefined ? 1 : options.typeormMajor;
  const inUse = [...texts.keys()].flatMap((file) => checkUsages(sourceOf(file) as SourceText, graph, major));
  const problems = [...result.problems, ...inUse];
  const of = (rule: string): readonly Problem[] => problems.filter((problem) => problem.rule === rule);
  return {
    ...result,
    problems,
    of,
    fix(rule, title = /./) {
      const fixes = of(rule).flatMap((problem) => problem.fixes());
      const chosen = fixes.find((fix) => title.test(fix.title));
      if (!chosen) throw new Error(`no fix ${title} among: ${fixes.map((fix) => fix.title).join(', ')}`);
      const after = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, applyEdits(ts, `/app/${name}`, text, chosen.edits)]));
      return { files: after, left: lint(after, options).problems.map((problem) => problem.rule) };
    },
  };
}

/** The imports of a file of entities; `names` beside the usual ones. */
export function imports(...names: string[]): string {
  return `import { ${['Column', 'Entity', 'PrimaryGeneratedColumn', ...names].sort().join(', ')} } from 'typeorm';\n`;
}

/** A class with an id and the members given, one a line. */
export function aClass(name: string, ...members: string[]): string {
  return [
    '@Entity()',
    `export class ${name} {`,
    '  @PrimaryGeneratedColumn()',
    '  id!: number;',
    ...members.flatMap((member) => ['', ...member.split('\n').map((line) => `  ${line}`)]),
    '}',
    '',
  ].join('\n');
}

/** Two entities in files of their own that import each other. */
export function authorAndBook(author: readonly string[], book: readonly string[], ...names: string[]): Files {
  return {
    'author.ts': `${imports(...names)}import { Book } from './book';\n\n${aClass('Author', ...author)}`,
    'book.ts': `${imports(...names)}import { Author } from './author';\n\n${aClass('Book', ...book)}`,
  };
}
