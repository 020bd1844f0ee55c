/** Reads every find call and query builder of a file whose entity the file itself tells. */
import type ts from 'typescript';
import { isMethodCall } from '../edits/findCall';
import { receiverEntity } from '../edits/receiverEntity';
import { descendants, type SourceText } from '../edits/sourceText';
import type { Entity, RelationGraph } from '../model/relationGraph';
import { isImportedFrom } from './importedEntity';
import type { EntityOf } from './propertyPaths';
import { readBuilderUsage } from './readBuilderUsage';
import { readFindUsage } from './readFindUsage';
import type { BuilderUsage, FileUsages, FindUsage, UsageName } from './usage';

/** A file without these words has nothing to read: most files of a workspace are never parsed for it. */
export const USAGE_WORDS = /\bcreateQueryBuilder\b|\.(?:find|count|exist)\w*\s*\(/;

export function readUsages(source: SourceText, graph: RelationGraph): FileUsages {
  const before = read.get(source.tree);
  if (before?.graph === graph) return before.usages;
  const usages = readAnew(source, graph);
  read.set(source.tree, { graph, usages });
  return usages;
}

/** The last reading of each tree: several questions are asked about one text. */
const read = new WeakMap<ts.SourceFile, { readonly graph: RelationGraph; readonly usages: FileUsages }>();

function readAnew(source: SourceText, graph: RelationGraph): FileUsages {
  const names: UsageName[] = [];
  const builders: BuilderUsage[] = [];
  const finds: FindUsage[] = [];
  if (!USAGE_WORDS.test(source.text)) return { names, builders, finds };
  const lookups = lookupsOf(graph);
  const entityOf: EntityOf = (id) => (id === null ? undefined : lookups.byId.get(id));
  for (const node of descendants(source, source.tree)) {
    if (!isMethodCall(source, node)) continue;
    const name = node.expression.name.text;
    if (name !== 'createQueryBuilder' && !FIND_CALL.test(name)) continue;
    const entity = entityBehind(source, node, lookups.byName);
    if (name === 'createQueryBuilder') {
      const builder = readBuilderUsage(source, node, entity, (wanted) => lookups.byName.get(wanted) ?? null, entityOf);
      if (!builder) continue;
      builders.push(builder.usage);
      names.push(...builder.names);
    } else if (entity) {
      const found = readFindUsage(source, node, entity, entityOf);
      if (found.usage) finds.push(found.usage);
      names.push(...found.names);
    }
  }
  return { names, builders, finds };
}

const FIND_CALL = /^(?:find(?:One)?(?:OrFail|By|ByOrFail)?|findAndCount(?:By)?|count(?:By)?|exists?(?:By)?)$/;

/** Null where the file does not tell, where two entities have the name, or where the name may be another thing's. */
function entityBehind(source: SourceText, call: ts.CallExpression, byName: ReadonlyMap<string, Entity | null>): Entity | null {
  const name = receiverEntity(source, call);
  const entity = name === null ? null : (byName.get(name) ?? null);
  return entity && isImportedFrom(source, entity) ? entity : null;
}

/** The entity that a find call is about; null where the file does not tell. */
export function findEntity(source: SourceText, call: ts.CallExpression, graph: RelationGraph): Entity | null {
  return entityBehind(source, call, lookupsOf(graph).byName);
}

interface Lookups {
  /** Null: several entities have the name. */
  readonly byName: ReadonlyMap<string, Entity | null>;
  readonly byId: ReadonlyMap<string, Entity>;
}

const known = new WeakMap<RelationGraph, Lookups>();

function lookupsOf(graph: RelationGraph): Lookups {
  const before = known.get(graph);
  if (before) return before;
  const byName = new Map<string, Entity | null>();
  for (const entity of graph.entities) byName.set(entity.name, byName.has(entity.name) ? null : entity);
  const lookups = { byName, byId: new Map(graph.entities.map((entity) => [entity.id, entity])) };
  known.set(graph, lookups);
  return lookups;
}
