// Builds every bundle of the extension and the command-line tool. One table lists them all.
//   node esbuild.js [--watch] [--dev]      (--dev: source maps, no minifying)
const esbuild = require('esbuild');
const fs = require('node:fs');
const path = require('node:path');

const watch = process.argv.includes('--watch');
const dev = watch || process.argv.includes('--dev');

/** The TypeScript compiler is one bundle of its own, shared by the server and the CLI. */
const sharedTypescript = {
  name: 'shared-typescript',
  setup(build) {
    build.onResolve({ filter: /^typescript$/ }, () => ({ path: './typescript.js', external: true }));
  },
};

/** ELK's megabytes are one file, too: the diagram's worker gets it beside its own script, and the CLI reads the same. */
const sharedElk = {
  name: 'shared-elk',
  setup(build) {
    build.onResolve({ filter: /^elkjs\/lib\/elk-worker\.min\.js$/ }, () => ({ path: './webview/elk.js', external: true }));
  },
};

/** The language client is most of the extension's code, and is loaded only where there is something to serve: activation stays short. */
const languageClientApart = {
  name: 'language-client-apart',
  setup(build) {
    build.onResolve({ filter: /\/languageServer\.js$/ }, () => ({ path: './languageClient.js', external: true }));
  },
};

const node = { platform: 'node', format: 'cjs' };
const browser = { platform: 'browser', format: 'iife', target: 'es2022' };

/** entry → outfile, where it runs, oldest runtime, what stays outside. The extension host and the user's app are the oldest Nodes we meet. */
const bundles = [
  {
    entry: 'src/extension/extension.ts',
    out: 'extension.js',
    ...node,
    target: 'node20',
    external: ['vscode'],
    plugins: [languageClientApart],
    // `import()` becomes `require` in a promise, which every extension host can do.
    supported: { 'dynamic-import': false },
  },
  { entry: 'src/extension/features/languageServer.ts', out: 'languageClient.js', ...node, target: 'node20', external: ['vscode'] },
  { entry: 'src/server/main.ts', out: 'server.js', ...node, target: 'node20', plugins: [sharedTypescript] },
  { entry: 'src/debug/main.ts', out: 'debugAdapter.js', ...node, target: 'node20' },
  { entry: 'src/collector/main.ts', out: 'collector.js', ...node, target: 'node20' },
  { entry: 'src/cli/main.ts', out: 'cli.js', ...node, target: 'node20', plugins: [sharedTypescript, sharedElk], banner: '#!/usr/bin/env node' },
  // The probe works from Node 18 on, but must be readable for older ones: they get it preloaded all the same, and it then does nothing.
  { entry: 'src/probe/main.ts', out: 'probe.js', ...node, target: 'node12', minifyIdentifiers: !dev },
  // The one file of ours that debuggers do pause in: not part of the probe's, which they skip. Its statement must survive minifying.
  { entry: 'src/probe/pauseStatement.ts', out: 'pause.js', ...node, target: 'node12', minifyIdentifiers: !dev },
  { entry: 'typescript', out: 'typescript.js', ...node, target: 'node20', minifyIdentifiers: !dev },
  { entry: 'webview/diagram/main.ts', out: 'webview/diagram.js', ...browser },
  { entry: 'webview/diagram/layoutWorker.ts', out: 'webview/layoutWorker.js', ...browser },
  { entry: 'elkjs/lib/elk-worker.min.js', out: 'webview/elk.js', ...browser, format: 'cjs' },
  { entry: 'webview/profiler/main.ts', out: 'webview/profiler.js', ...browser },
];

/** Files that webviews load as they are. */
const copies = [
  ['node_modules/@vscode/codicons/dist/codicon.css', 'webview/codicon.css'],
  ['node_modules/@vscode/codicons/dist/codicon.ttf', 'webview/codicon.ttf'],
];

/**
 * Our own code keeps its names, so that the stacks in logs can be read. esbuild's keepNames would do that for shortened names as well, but
 * by a defineProperty for each closure whenever it is made: parsing with TypeScript took three times as long.
 */
function toOptions({ entry, out, banner, ...rest }) {
  return {
    minifyWhitespace: !dev,
    minifySyntax: !dev,
    ...rest,
    entryPoints: [entry],
    outfile: path.join(__dirname, 'dist', out),
    absWorkingDir: __dirname,
    bundle: true,
    sourcemap: dev ? 'linked' : false,
    // The licenses stand in dist/ThirdPartyNotices.txt.
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    mainFields: rest.platform === 'node' ? ['module', 'main'] : ['browser', 'module', 'main'],
    ...(banner ? { banner: { js: banner } } : {}),
    ...(entry.startsWith('webview/') ? { tsconfig: path.join(__dirname, 'webview/tsconfig.json') } : {}),
  };
}

async function main() {
  const only = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
  const wanted = bundles.filter(({ out }) => only.length === 0 || only.some((name) => out.includes(name)));
  fs.mkdirSync(path.join(__dirname, 'dist/webview'), { recursive: true });
  for (const [from, to] of copies) fs.copyFileSync(path.join(__dirname, from), path.join(__dirname, 'dist', to));
  if (watch) {
    for (const bundle of wanted) await (await esbuild.context(toOptions(bundle))).watch();
    console.log('watching for changes …');
    return;
  }
  const results = await Promise.allSettled(wanted.map((bundle) => esbuild.build(toOptions(bundle))));
  if (results.some(({ status }) => status === 'rejected')) process.exitCode = 1;
  else if (only.length === 0) await writeNotices(results.map(({ value }) => value.metafile));
}

/** @param metafiles what each bundle was made of */
async function writeNotices(metafiles) {
  const { thirdPartyNotices } = await import('./scripts/lib/thirdPartyNotices.mjs');
  const inputs = metafiles.flatMap(({ outputs }) => Object.values(outputs).flatMap((output) => contributing(output.inputs)));
  fs.writeFileSync(path.join(__dirname, 'dist/ThirdPartyNotices.txt'), thirdPartyNotices(__dirname, [...inputs, ...copies.map(([from]) => from)]));
}

/** The files that anything is left of: what nobody calls is no part of a bundle. */
function contributing(inputs) {
  return Object.keys(inputs).filter((file) => inputs[file].bytesInOutput > 0);
}

main();
