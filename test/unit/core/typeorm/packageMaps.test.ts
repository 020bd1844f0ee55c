import { describe, expect, it } from 'vitest';
import { mappedTargets, sourcesOf } from '../../../../src/core/typeorm/resolve/packageMaps';
import { memoryProject } from './memoryProject';

describe('the maps of a package.json', () => {
  it.each([
    ['a path', './dist/index.js', '.', ['./dist/index.js']],
    ['conditions', { types: './dist/index.d.ts', default: './dist/index.js' }, '.', ['./dist/index.d.ts', './dist/index.js']],
    ['conditions within conditions', { '.': { import: { types: './a.d.ts', default: './a.js' } } }, '.', ['./a.d.ts', './a.js']],
    ['a way into the package', { '.': './a.js', './b': './dist/b.js' }, './b', ['./dist/b.js']],
    ['a pattern', { './entities/*': './dist/entities/*.js' }, './entities/user', ['./dist/entities/user.js']],
    ['the longest of several patterns', { './*': './x/*.js', './a/*': './y/*.js' }, './a/b', ['./y/b.js']],
    ['no such key', { './b': './dist/b.js' }, './c', []],
    ['a target that is shut', { './b': null }, './b', []],
    ['no map at all', undefined, '.', []],
  ])('know %s', (_what, map, key, targets) => {
    expect(mappedTargets(map, key)).toEqual(targets);
  });

  it.each([
    ['./dist/index.d.ts', 'src/index'],
    ['./dist/esm/entities/user.js', 'src/entities/user'],
    ['./src/entities/user.ts', 'src/entities/user'],
    ['lib/a.mjs', 'src/a'],
  ])('%s is published from %s', (target, source) => {
    expect(sourcesOf(target)).toContain(source);
  });

  it('lead from one package of a workspace to the entities of another, and within one', () => {
    const entity = (name: string, target: string | null, from: string | null): string => `
import { Entity, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
${from === null ? '' : `import { ${target} } from '${from}';`}
@Entity()
export class ${name} {
  @PrimaryGeneratedColumn() id: number;
  ${target === null ? '' : `@ManyToOne(() => ${target}) target: ${target};`}
}`;
    const { project } = memoryProject({
      'packages/db/package.json': JSON.stringify({
        name: '@acme/db',
        exports: { '.': { types: './dist/main.d.ts', default: './dist/main.js' }, './models/*': './dist/models/*.js' },
        imports: { '#models/*': './src/models/*.ts', '#nothing': './src/nothing.ts' },
      }),
      'packages/db/src/main.ts': `export * from './models/user.js';`,
      'packages/db/src/models/user.ts': entity('User', 'Team', '#models/team'),
      'packages/db/src/models/team.ts': entity('Team', null, null),
      'packages/db/src/models/lost.ts': entity('Lost', 'Gone', '#nothing'),
      'apps/api/order.ts': entity('Order', 'User', '@acme/db'),
      'apps/api/item.ts': entity('Item', 'Team', '@acme/db/models/team'),
    });
    const targets = project.graph().entities.flatMap(({ name, relations }) => relations.map(({ targetId }) => [name, targetId !== null]));
    expect(targets).toEqual([
      ['Item', true],
      ['Lost', false],
      ['Order', true],
      ['User', true],
    ]);
    expect(project.graph().problems.map(({ code }) => code)).toEqual(['unresolved-target']);
  });
});
