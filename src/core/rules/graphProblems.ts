/** What the graph itself found, as problems of rules: TypeORM's own refusals and what could not be resolved. */
import type { SourceText } from '../edits/sourceText';
import { type GraphProblemCode, graphProblemCodes } from '../model/graphProblemCodes';
import type { GraphProblem, SourceRange } from '../model/relationGraph';
import { giveColumnType } from './columnTypeFix';
import type { Fix, Problem, Severity } from './rule';

/** The catalogue's name of a graph problem; null where a rule of its own says it better, with a fix. */
const RULE_OF: Readonly<Partial<Record<GraphProblemCode, string | null>>> = {
  'initialized-relation': null,
  'circular-eager': null,
  'circular-cascade-remove': null,
  'unresolved-target': 'target-not-entity',
  'missing-primary-column': 'no-primary-column',
  'nullable-primary-column': 'primary-nullable',
  'repeated-discriminator-value': 'sti-discriminator',
  'missing-discriminator-column': 'sti-discriminator',
  'child-entity-without-root': 'sti-discriminator',
  'circular-requirement': 'non-null-cycle',
  'constructor-throws': 'ctor-required-args',
  'object-column-type': 'column-type-unreflected',
  'unknown-referenced-column': 'fk-referenced-unknown',
  'unknown-index-column': 'index-unknown-column',
};

/** The names under which the catalogue knows what the graph finds. */
export const namesOfGraphProblems: readonly string[] = [...new Set(Object.values(RULE_OF).filter((name) => name !== null))];

/** What tells of the sources' limits has no page of its own, and stands under its code. */
export const namesWithoutPage: readonly string[] = graphProblemCodes.filter((code) => RULE_OF[code] === undefined);

/** What is as it should be, and only cannot be told from the sources (a tsconfig that a build generates, too); a project's own column decorator may stand at any number of columns. */
const TOLD_ONLY: Readonly<Partial<Record<GraphProblemCode, Severity>>> = {
  'column-registered-later': 'hint',
  'unknown-value': 'info',
  'unknown-schema': 'info',
  'depends-on-environment': 'info',
  'missing-tsconfig': 'info',
  // Only where a package's base class may add it.
  'missing-primary-column': 'info',
};

const FIXES: Readonly<Partial<Record<GraphProblemCode, (source: SourceText | null, place: SourceRange) => readonly Fix[]>>> = {
  'object-column-type': giveColumnType,
};

/** Null where a rule of its own says it better. */
export function graphProblemToProblem({ code, fatal, message, source }: GraphProblem, sourceOf: (file: string) => SourceText | null): Problem | null {
  const rule = RULE_OF[code];
  if (rule === null) return null;
  const fixes = (): readonly Fix[] => FIXES[code]?.(sourceOf(source.file), source) ?? [];
  return { rule: rule ?? code, severity: fatal ? 'error' : (TOLD_ONLY[code] ?? 'warning'), message, source, related: [], fixes };
}
