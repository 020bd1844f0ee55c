// The licenses of what the bundles contain: each asks to be passed on with every copy.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * @param {string} root folder that the inputs are named from
 * @param {Iterable<string>} inputs files of bundles, with `/`; those that are no package's are left out
 * @returns {string} name, version, license, source and license texts of each package, by name
 */
export function thirdPartyNotices(root, inputs) {
  const folders = new Set([...inputs].map(packageFolder).filter((folder) => folder !== null));
  const packages = [...folders].sort().map((folder) => describePackage(path.join(root, folder)));
  return `${heading}\n${packages.join('')}`;
}

const heading = `Relation Lens contains the packages below, under their own licenses. Where a license asks for it, the sources
are to be had at the address given with the package, and in the npm registry under its name and version.
`;

/** `node_modules/a/node_modules/@b/c/lib/d.js` → `node_modules/a/node_modules/@b/c` */
function packageFolder(file) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0] ?? null;
}

function describePackage(folder) {
  const { name, version, license, repository, homepage } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const address = sourceAddress(repository) ?? homepage;
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice|copyright|third-?party-?notice)/i.test(file))
    .sort()
    .map((file) => `\n${readFileSync(path.join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim()}\n`);
  return [`\n${'='.repeat(80)}\n${name} ${version} (${license})\n`, address ? `${address}\n` : '', ...texts].join('');
}

/** @param {string | { url: string } | undefined} repository as in package.json, `git+https://….git` or `owner/name` of GitHub */
function sourceAddress(repository) {
  const url = typeof repository === 'string' ? repository : repository?.url;
  if (url === undefined) return undefined;
  return /^[\w.-]+\/[\w.-]+$/.test(url) ? `https://github.com/${url}` : url.replace(/^[\w+]+:\/\//, 'https://').replace(/\.git$/, '');
}
