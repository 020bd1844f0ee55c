/** Edits for what is fetched and not used: relations nobody reads, columns nobody reads; and the index that a foreign key lacks. */
import type { Entity } from '../model/relationGraph';
import type { Finding } from '../profile/queryProfile';
import { addDecorator, ensureImport, type Member } from './decoratorEdits';
import { decline, readSource, toEdit, type EditContext, type FindingEdit } from './editContext';
import { findCall, type MethodCall } from './findCall';
import { callsOnLine } from './findingPlaces';
import type { ChangeResult } from './loadRelations';
import { readInSource } from './readInSource';
import { relationsAlong } from './relationPath';
import { removeRelation } from './removeRelation';
import { selectColumns } from './selectColumns';
import { descendants, lineOf, type SourceText } from './sourceText';

const READS = /^(find(One)?(OrFail|AndCount)?|find(One)?By(OrFail)?|get(Many|One|OneOrFail|ManyAndCount))$/;

export function removeRelationEdit(context: EditContext, finding: Finding): FindingEdit {
  const found = findRead(context, finding);
  if (!found) return { kind: 'gone' };
  const { source, call, entity } = found;
  const paths = finding.advice.relations;
  const read = paths.map((path) => readInSource(source, call, path)).find((reason) => reason !== null);
  if (read) return decline(read);
  const results = paths.map((path) => removeRelation(source, call, entity, path, isEager(context, entity, path)));
  const names = paths.map((path) => `${entity}.${path}`).join(' and ');
  return toEdit(source, `Do not load ${names}: nobody reads it`, finding.advice.predictedQueryCount, together(results));
}

export function selectColumnsEdit(context: EditContext, finding: Finding): FindingEdit {
  const found = findRead(context, finding);
  if (!found) return { kind: 'gone' };
  const { source, call, entity } = found;
  const { relations, columns, predictedQueryCount } = finding.advice;
  // A join that only a condition needs: its columns are left out, the join stays.
  if (!columns) {
    const [path] = relations.length > 0 ? relations : finding.relation ? [finding.relation] : [];
    if (!path) return decline('the columns that are read are not known.');
    return toEdit(
      source,
      `Join ${entity}.${path} without its columns`,
      predictedQueryCount,
      removeRelation(source, call, entity, path, isEager(context, entity, path)),
    );
  }
  const target = context.graph.entities.find(({ name }) => name === entity);
  if (!target) return decline(`${entity} is not among the entities found in the sources.`);
  return toEdit(source, `Select the ${columns.length} columns that are read`, predictedQueryCount, selectColumns(source, call, target, columns));
}

/** `@Index()` at the many-to-one whose foreign key is searched. */
export function addIndexEdit(context: EditContext, { entity, relation, advice, site, parent }: Finding): FindingEdit {
  const [owner, ...others] = context.graph.entities.filter(({ name }) => name === entity);
  // A search that no line of the app's asked for: nothing tells the entities of several apps apart.
  if (others.length > 0 && !site && !parent?.site) return decline(`the sources declare ${others.length + 1} entities named ${entity}.`);
  const found = owner && foreignKeyOf(context, owner, relation ?? advice.relations[0] ?? '');
  if (!found) return decline('the foreign key is not declared in the sources.');
  const source = readSource(context, found.file);
  const member = source && memberAt(source, found.line);
  if (!source || !member) return { kind: 'gone' };
  if (/@Index\(/.test(member.getText(source.tree))) return { kind: 'mended' };
  const changes = [addDecorator(source, member, '@Index()'), ...ensureImport(source, 'Index', 'typeorm')];
  return toEdit(source, `Add @Index() to ${found.name}`, advice.predictedQueryCount, { kind: 'changes', changes });
}

interface ForeignKey {
  readonly file: string;
  readonly line: number;
  readonly name: string;
}

/** The owning side's property: the relation itself, or the one that it is the inverse of. */
function foreignKeyOf({ graph }: EditContext, owner: Entity, property: string): ForeignKey | null {
  const relation = owner.relations.find((each) => each.property === property);
  if (!relation) return null;
  const at = relation.owner ? { entity: owner, relation } : inverseOf(graph, relation.targetId, relation.inverse);
  return at && { file: at.relation.source.file, line: at.relation.source.line, name: `${at.entity.name}.${at.relation.property}` };
}

function inverseOf(graph: EditContext['graph'], targetId: string | null, property: string | null) {
  const entity = graph.entities.find(({ id }) => id === targetId);
  const relation = entity?.relations.find((each) => each.property === property);
  return entity && relation ? { entity, relation } : null;
}

function memberAt(source: SourceText, line: number): Member | null {
  const members = [...descendants(source, source.tree)].filter((node): node is Member => source.typescript.isPropertyDeclaration(node));
  return members.find((member) => lineOf(source, member.name) === line) ?? null;
}

function isEager({ graph }: EditContext, entity: string, path: string): boolean {
  return relationsAlong(graph, entity, path)?.at(-1)?.relation.eager ?? false;
}

/** The call that returned the rows: the finding's parent, or what stands on its line. */
function findRead(context: EditContext, { site, parent, entity }: Finding): { source: SourceText; call: MethodCall; entity: string } | null {
  const place = parent?.site ?? site;
  const source = place && readSource(context, place.file);
  if (!place || !source) return null;
  const name = parent?.entity ?? entity;
  const call = parent
    ? findCall(source, { site: place, api: parent.api, entity: parent.entity })
    : (callsOnLine(source, place).find((each) => READS.test(each.expression.name.text)) ?? null);
  return call && name ? { source, call, entity: name } : null;
}

function together(results: readonly ChangeResult[]): ChangeResult {
  const refused = results.find((result) => result.kind === 'declined');
  if (refused) return refused;
  return { kind: 'changes', changes: results.flatMap((result) => (result.kind === 'changes' ? result.changes : [])) };
}
