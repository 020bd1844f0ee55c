/** Which imports a file loads, with TypeScript's own output as the judge. */
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { compilerOf } from '../../../../src/core/typeorm/compiler';
import { loadedImports } from '../../../../src/core/typeorm/resolve/loadedImports';

const compiler = compilerOf(ts);

/** What the compiled module requires, in order. */
function requiredBy(text: string): string[] {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
      importHelpers: false,
    },
  });
  return [...outputText.matchAll(/require\("([^"]+)"\)/g)].map(([, specifier]) => specifier as string);
}

const imports = `import 'side-effect';\nimport One from 'one';\nimport { Two, Other as Renamed } from 'two';\nimport * as Three from 'three';\n`;

describe('an import is loaded where TypeScript leaves it', () => {
  it.each([
    ['nothing is used', ''],
    ['a value is called', 'One();'],
    ['a name is exported', 'export { Two };'],
    ['a renamed import is used', 'const list = [Renamed];'],
    ['a namespace is used', 'Three.start();'],
    ['a name is a type only', 'export function run(one: One, two?: Three.Two): Two[] { return []; }'],
    ['a name is a type argument', 'const list = new Map<One, Two>();'],
    ['a class is extended', 'class Local extends Two<One> {}'],
    ['an interface is implemented', 'class Local implements Two {}'],
    ['an interface extends another', 'interface Local extends Two {}'],
    ['a type is made of one', 'export type Local = One | Two;'],
    ['a property has the name of an import', 'const point = { One: 1, Two() {} }; point.One; class Local { Two = 1; }'],
    ['a shorthand property is the value', 'const point = { One };'],
    ['a destructured name is renamed', 'const { One: local } = { One: 1 };'],
    ['a default value is used', 'function run({ a = Two } = {}) {}'],
    ['a decorator is applied', 'class Local { @One() name: string; }'],
    ['the type of a decorated property counts', 'class Local { @One() two: Two; }'],
    ['the type of a plain property does not', 'class Local { two: Two; }'],
    ['a list of a type does not count', 'class Local { @One() two: Two[]; }'],
    ['a promise of a type does not count', 'class Local { @One() two: Promise<Two>; }'],
    ['the constructor of a decorated class counts', '@One() class Local { constructor(private readonly two: Two) {} }'],
    ['the constructor of a plain class does not', 'class Local { constructor(private readonly two: Two) {} }'],
    ['a decorated method counts with its parameters', 'class Local { @One() run(two: Two): void {} }'],
    ['a plain method does not', 'class Local { run(two: Two): void {} }'],
    ['a cast is a type', 'const local = {} as Two;'],
    ['typeof in a type is a type', 'let local: typeof Two;'],
    ['typeof of a value is a value', 'console.log(typeof Two);'],
    ['a module is passed on', `export * from 'four'; export { five } from 'five'; export type { Six } from 'six'; export * as seven from 'seven';`],
    ['a type-only import is', `import type { Eight } from 'eight'; import { type Nine } from 'nine'; console.log(1 as unknown as Eight & Nine);`],
    ['an import of the old kind', `import Ten = require('ten'); Ten.start();`],
    ['an import of the old kind that nobody uses', `import Ten = require('ten');`],
  ])('%s', (_, text) => {
    expect(loadedImports(compiler, '/file.ts', imports + text)).toEqual(requiredBy(imports + text));
  });

  it('JavaScript leaves none out', () => {
    expect(loadedImports(compiler, '/file.js', imports)).toEqual(['side-effect', 'one', 'two', 'three']);
  });

  it('what is required at once counts, also through the helpers that compilers put around it', () => {
    const text = `require('one');\nconst two = require('two');\nconst three = __importDefault(require('three'));\nlet four = 4;\n__exportStar(require('five'), exports);`;
    expect(loadedImports(compiler, '/file.js', text)).toEqual(['one', 'two', 'three', 'five']);
    expect(loadedImports(compiler, '/file.ts', `${text}\nconst later = () => require('six');\nexports.size = require(name);`)).toEqual([
      'one',
      'two',
      'three',
      'five',
    ]);
  });

  it('a text that is nested too deeply loads nothing that is known', () => {
    expect(loadedImports(compiler, '/file.ts', `${imports}${'['.repeat(100_000)}`)).toEqual([]);
  });
});
