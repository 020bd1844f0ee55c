/** Runs the rules about code outside of entities over one file. */
import type { SourceText } from '../../edits/sourceText';
import type { Entity, RelationGraph } from '../../model/relationGraph';
import type { Problem } from '../../rules/rule';
import { readUsages } from '../readUsages';
import { limitWithJoin, pageWithoutOrder, whereOverwrites } from './builderRules';
import { nullishWhere } from './nullishWhere';
import { parameterReuse } from './parameterReuse';
import { stringRelations } from './stringRelations';
import { transactionEscapes } from './transactionEscapes';
import { qbUnknownPath, unknownRelationPath } from './unknownPaths';
import type { UsageRule } from './usageRule';

export const usageRules: readonly UsageRule[] = [
  unknownRelationPath,
  qbUnknownPath,
  stringRelations,
  nullishWhere,
  limitWithJoin,
  whereOverwrites,
  parameterReuse,
  pageWithoutOrder,
  transactionEscapes,
];

/** Problems in the order of the file. */
export function checkUsages(source: SourceText, graph: RelationGraph, typeormMajor: number | null): Problem[] {
  const usages = readUsages(source, graph);
  const unread = graph.problems.filter(({ code }) => /^unresolved-(?:base|embedded)|^unknown-base/.test(code));
  const hasUnknownParts = ({ range }: Entity): boolean =>
    unread.some(({ source: at }) => at.file === range.file && at.line >= range.line && at.line <= range.endLine);
  return usageRules
    .flatMap((rule) => [...rule.check({ source, usages, typeormMajor, hasUnknownParts })])
    .sort((a, b) => a.source.line - b.source.line || a.source.column - b.source.column);
}
