/** Shared by the rules about options that are read from the owning side only: moves one there. */
import { removeOption, setOption } from '../edits/decoratorEdits';
import { detectStyle } from '../edits/sourceStyle';
import type { Entity, Relation } from '../model/relationGraph';
import type { Fix, RuleContext } from './rule';
import { fixOf, nameOf, syntaxOf } from './ruleSyntax';

export function moveOption(
  context: RuleContext,
  from: Relation,
  to: { readonly entity: Entity; readonly relation: Relation },
  option: string,
  value: string,
): Fix[] {
  const here = syntaxOf(context, from);
  const there = syntaxOf(context, to.relation);
  if (!here?.decorator || !there?.decorator) return [];
  const { quote } = detectStyle(there.source);
  const removed = removeOption(here.source, here.decorator, option);
  const added = setOption(there.source, there.decorator, option, `${quote}${value}${quote}`);
  const title = `Move ${option} to ${nameOf(to.entity, to.relation)}`;
  if (here.source.file === there.source.file) return fixOf(title, [{ source: here.source, changes: removed && added && [...removed, ...added] }]);
  return fixOf(title, [
    { source: here.source, changes: removed },
    { source: there.source, changes: added },
  ]);
}
