import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { indexOf } from '../../../src/service/graphIndex';
import { hover } from '../../../src/service/hover';
import { aShop } from '../builders/graphBuilder';

describe('links of a hover into the diagram', () => {
  const graph = aShop();
  const index = indexOf(graph);
  const author = graph.entities.find(({ name }) => name === 'Author')!;
  const relation = author.relations[0]!;

  it.each([
    ['an entity', { kind: 'entity' as const, entity: author }],
    ['a relation', { kind: 'relation' as const, on: 'name' as const, entity: author, relation, alsoIn: [] }],
  ])('run commands on the entity: %s', (_, hit) => {
    const answer = hover({ index, hit, statsOf: () => undefined, indexesForeignKeys: () => false });
    const commands = commandsIn((answer?.contents as { value: string }).value);
    expect(commands).toEqual([
      ['Show in diagram', 'relationLens.showInDiagram', [author.id]],
      ['Show delete impact', 'relationLens.showDeleteImpact', [author.id]],
      ['Show load impact', 'relationLens.showLoadImpact', [author.id]],
    ]);
  });

  it('are trusted by the editor', () => {
    const client = readFileSync(path.join(__dirname, '../../../src/extension/features/languageServer.ts'), 'utf8');
    const answer = hover({ index, hit: { kind: 'entity', entity: author }, statsOf: () => undefined, indexesForeignKeys: () => false });
    for (const [, command] of commandsIn((answer?.contents as { value: string }).value)) expect(client).toContain(`'${command}'`);
  });
});

/** Label, command and arguments of each command link. */
function commandsIn(markdown: string): [string, string, unknown][] {
  return [...markdown.matchAll(/\[([^\]]*)\]\(command:([\w.]+)\?([^)]*)\)/g)].map(([, label = '', command = '', query = '']) => [
    label,
    command,
    JSON.parse(decodeURIComponent(query)),
  ]);
}
