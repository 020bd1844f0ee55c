/** Classes are imported as their files export them. */
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { readSource } from '../../../../src/core/edits/editContext';
import { entityTypeImport } from '../../../../src/core/edits/entityType';
import { memoryProject } from '../typeorm/memoryProject';

const entity = (start: string, end = ''): string =>
  `import { Entity, PrimaryGeneratedColumn } from 'typeorm';\n@Entity()\n${start} User { @PrimaryGeneratedColumn() id!: number; }\n${end}`;

function importIn(service: string, user: string): string[] | undefined {
  const { project, text } = memoryProject({ 'src/user.ts': user, 'src/users/service.ts': service });
  const graph = project.graph();
  const context = { typescript: ts, graph, readFile: text, resolve: (from: string, specifier: string) => project.resolve(from, specifier) };
  const source = readSource(context, '/work/src/users/service.ts');
  const [owner] = graph.entities;
  if (!source || !owner) throw new Error('The file and its entity are there.');
  return entityTypeImport(source, owner)?.map(({ newText }) => newText.trim());
}

const service = "import { Repository } from 'typeorm';\nexport const repo = new Repository();\n";

describe('the type of an entity that is', () => {
  test.each([
    ['exported by its name', entity('export class'), "import { User } from '../user';"],
    ['exported by name later', entity('class', 'export { User };'), "import { User } from '../user';"],
    ['the default of its file', entity('export default class'), "import User from '../user';"],
    ['made the default later', entity('class', 'export default User;'), "import User from '../user';"],
  ])('%s', (_, user, expected) => {
    expect(importIn(service, user)).toEqual([expected]);
  });

  test('there already stays as it is', () => {
    expect(importIn(`import { User } from '../user';\n${service}`, entity('export class'))).toEqual([]);
    expect(importIn(`import User from '../user';\n${service}`, entity('export default class'))).toEqual([]);
  });
});
