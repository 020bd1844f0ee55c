/** What the formats' own parsers understand of a picture: entities and relations as plain names. Each throws where the text is not of its grammar. */
import { Parser } from '@dbml/core';
import { SaxesParser } from 'saxes';

export interface ReadBack {
  readonly entities: readonly string[];
  readonly relations: readonly (readonly [from: string, to: string])[];
}

/** Mermaid's own parser; relations are named as in the text, from left to right. */
export async function readMermaid(text: string): Promise<ReadBack> {
  const { default: mermaid } = await import('mermaid');
  await mermaid.parse(text);
  // Not its public face, but the one that gives what was understood; `parse` says yes or no only.
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
  const { entities, relations } = entitiesOfMermaid(db);
  return { entities: [...entities.keys()].map(decodeMermaid), relations };
}

interface MermaidDb {
  getEntities(): Map<string, { id: string }>;
  getRelationships(): { entityA: string; entityB: string }[];
}

function entitiesOfMermaid(db: unknown): { entities: Map<string, { id: string }>; relations: [string, string][] } {
  const { getEntities, getRelationships } = bound(db as MermaidDb);
  const entities = getEntities();
  const names = new Map([...entities].map(([name, { id }]) => [id, decodeMermaid(name)]));
  const nameOf = (id: string): string => names.get(id) ?? `no entity ${id}`;
  return { entities, relations: getRelationships().map(({ entityA, entityB }) => [nameOf(entityA), nameOf(entityB)]) };
}

function bound(db: MermaidDb): MermaidDb {
  return { getEntities: () => db.getEntities(), getRelationships: () => db.getRelationships() };
}

/** Mermaid keeps `#quot;` in a form of its own until it draws. */
function decodeMermaid(name: string): string {
  const letters: Readonly<Record<string, string>> = { quot: '"', lt: '<', gt: '>' };
  return name
    .replace(/ﬂ°°(\d+)¶ß/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/ﬂ°(\w+)¶ß/g, (_, code: string) => letters[code] ?? code);
}

/** The parser of dbdiagram.io; `Schema.table` where the schema is not the default one. */
export function readDbml(text: string): ReadBack & { readonly columns: ReadonlyMap<string, readonly string[]> } {
  const { schemas } = parseDbml(text);
  const tables = schemas.flatMap(({ name: schema, tables: own }) => own.map((table) => ({ name: qualify(schema, table.name), table })));
  return {
    entities: tables.map(({ name }) => name),
    columns: new Map(tables.map(({ name, table }) => [name, table.fields.map((field) => field.name)])),
    relations: schemas.flatMap(({ refs }) =>
      refs.map(
        ({ endpoints: [from, to] }) => [qualify(from?.schemaName, from?.tableName ?? ''), qualify(to?.schemaName, to?.tableName ?? '')] as const,
      ),
    ),
  };
}

function parseDbml(text: string): ReturnType<Parser['parse']> {
  try {
    return new Parser().parse(text, 'dbmlv2');
  } catch (error) {
    const { diags } = error as { diags?: { message: string; location: { start: { line: number } } }[] };
    throw new Error(diags?.map(({ message, location }) => `line ${location.start.line}: ${message}`).join('\n') ?? String(error), { cause: error });
  }
}

function qualify(schema: string | null | undefined, table: string): string {
  return schema === null || schema === undefined || schema === 'public' ? table : `${schema}.${table}`;
}

/** Graphviz itself, which lays the graph out too: a port that no label has is an error. */
export async function readDot(text: string): Promise<ReadBack & { readonly clusters: number }> {
  const { Graphviz } = await import('@hpcc-js/wasm-graphviz');
  const graphviz = await Graphviz.load();
  const { objects = [], edges = [] } = JSON.parse(graphviz.layout(text, 'dot_json')) as DotJson;
  const nodes = objects.filter(({ name, nodes: members }) => members === undefined && !name.startsWith('cluster'));
  const names = new Map(objects.map(({ _gvid, name }) => [_gvid, name]));
  return {
    entities: nodes.map(({ name }) => name),
    clusters: objects.filter(({ name }) => name.startsWith('cluster')).length,
    relations: edges.map(({ tail, head }) => [names.get(tail) ?? '', names.get(head) ?? '']),
  };
}

interface DotJson {
  readonly objects?: readonly { readonly _gvid: number; readonly name: string; readonly nodes?: readonly number[] }[];
  readonly edges?: readonly { readonly tail: number; readonly head: number }[];
}

export interface SvgRead {
  /** Titles of the groups right under the picture: modules, then edges, boxes, pills, notes. */
  readonly groups: readonly string[];
  readonly texts: readonly string[];
}

/** A strict XML parser: throws where the document is not well-formed. */
export function readSvg(text: string): SvgRead {
  const parser = new SaxesParser({ xmlns: true });
  const path: string[] = [];
  const groups: string[] = [];
  const texts: string[] = [];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name }) => {
    path.push(name);
    if (name === 'text') texts.push('');
    if (path.join('/') === 'svg/g/title') groups.push('');
  });
  parser.on('text', (part) => {
    if (path.at(-1) === 'text') texts.push((texts.pop() ?? '') + part);
    if (path.join('/') === 'svg/g/title') groups.push((groups.pop() ?? '') + part);
  });
  parser.on('closetag', () => path.pop());
  parser.write(text).close();
  return { groups, texts };
}

/** No parser of PlantUML's runs on Node.js: its line-based statements are read here, as far as the writer uses them, and anything else is refused. */
export function readPlantuml(text: string): ReadBack & { readonly packages: number } {
  const lines = text.trimEnd().split('\n');
  if (lines[0] !== '@startuml' || lines.at(-1) !== '@enduml') throw new Error('@startuml and @enduml belong around it.');
  const entities: string[] = [];
  const relations: [string, string][] = [];
  let packages = 0;
  const open: ('package' | 'entity')[] = [];
  for (const line of lines.slice(1, -1)) {
    const inside = open.at(-1);
    if (inside === 'entity' && /^ {4}(?:--|(?:\* )?(?:\{field\} )?[^"{}<>]+(?: <<(?:PK|FK|U)>>)*)$/.test(line)) continue;
    const entity = /^ {2}entity "[^"{}<>]+" as ([\p{L}\p{N}_]+)(?: <<[\w-]+>>)? \{$/u.exec(line);
    const relation = /^([\p{L}\p{N}_]+) (?:[}|][o|]--[o|][{|]|<\|--) ([\p{L}\p{N}_]+)(?: : \S[^"{}<>]*)?$/u.exec(line);
    if (inside === 'package' && entity) {
      open.push('entity');
      entities.push(entity[1] ?? '');
    } else if (inside === undefined && relation) relations.push([relation[1] ?? '', relation[2] ?? '']);
    else if (inside === undefined && /^package "[^"{}<>]+" \{$/.test(line)) {
      open.push('package');
      packages++;
    } else if (inside !== undefined && line.trim() === '}') open.pop();
    else if (inside !== undefined || !/^(?:hide circle|hide methods|skinparam linetype ortho|)$/.test(line))
      throw new Error(`Not understood: ${line}`);
  }
  if (open.length > 0) throw new Error('A brace is left open.');
  return { entities, relations, packages };
}
