/**
 * Which files the entity globs of a DataSource stand for. TypeORM hands them to a glob library (DirectoryExportedClassesLoader.ts),
 * which resolves relative ones from the working directory and knows no negation between them.
 */
import { folderOf, joinPath } from './paths';

/** Where a tsconfig says that compiled output goes, and what it is compiled from; both absolute. */
export interface OutputFolder {
  readonly outDir: string;
  readonly rootDir: string | null;
}

/**
 * The regular expressions that the globs of one DataSource come to.
 * @param base the folder of its package, from which relative globs are taken
 * @param files the project's sources. A glob that matches none of them and begins with a folder for compiled output has it
 *   stand for the sources: the tsconfig's `rootDir`, `src` or the package itself.
 * @param outputs what the package's tsconfigs say of their output
 */
export function resolveGlobs(globs: readonly string[], base: string, files: readonly string[], outputs: readonly OutputFolder[] = []): RegExp[] {
  const expanded = globs.flatMap((glob) => expandBraces(glob.replaceAll('\\', '/').replace(/@\(([^()|]*(?:\|[^()|]*)*)\)/g, toBraces)));
  return expanded.flatMap((glob) => {
    const absolute = joinPath(base, glob);
    const readings = [absolute, ...sourceReadings(absolute, base, outputs)].map(toPattern);
    return readings.find((pattern) => files.some((file) => matchesGlobs(file, [pattern]))) ?? [];
  });
}

/** True where a source, or the JavaScript that it is compiled to, matches one of what `resolveGlobs` gave. */
export function matchesGlobs(file: string, patterns: readonly RegExp[]): boolean {
  if (patterns.length === 0) return false;
  const compiled = file.replace(/\.([cm]?)tsx?$/, '.$1js');
  return patterns.some((pattern) => pattern.test(file) || pattern.test(compiled));
}

function toBraces(_whole: string, choices: string): string {
  return `{${choices.replaceAll('|', ',')}}`;
}

/** `*.{ts,js}` → `*.ts`, `*.js`; also one in another. None where they are too many to be meant. */
function expandBraces(glob: string): string[] {
  let globs = [glob];
  while (globs.some((each) => innermostBraces.test(each))) {
    globs = globs.flatMap((each) => {
      const [, before = '', choices, after = ''] = innermostBraces.exec(each) ?? [];
      return choices === undefined ? [each] : choices.split(',').map((choice) => before + choice + after);
    });
    if (globs.length > mostExpansions) return [];
  }
  return globs;
}

const innermostBraces = /^(.*)\{([^{}]*,[^{}]*)\}(.*)$/s;
const mostExpansions = 1000;

/** `/shop/dist/**` → `/shop/src/**`, `/shop/**`: where TypeScript's `rootDir` is `src`, and where it is the package. */
function sourceReadings(glob: string, base: string, outputs: readonly OutputFolder[]): string[] {
  const told = outputs.flatMap(({ outDir, rootDir }) => {
    const rest = isBelow(glob, outDir) ? glob.slice(outDir.length) : null;
    return rest === null ? [] : [...(rootDir === null ? [] : [rootDir + rest]), `${base}/src${rest}`, base + rest];
  });
  if (!isBelow(glob, base)) return told;
  const [output = '', ...rest] = glob.slice(base.length + 1).split('/');
  if (rest.length === 0 || !outputFolder.test(output)) return told;
  return [...told, `${base}/src/${rest.join('/')}`, `${base}/${rest.join('/')}`];
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`);
}

/** What `outDir` is usually called. Any other folder without sources may as well be a slip of the pen, and must not match all there is. */
const outputFolder = /^(?:dist|build|built|out|output|lib|compiled|\.build|\.dist)$/;

/** Wildcards match no name that begins with a dot, as in a shell. */
function toPattern(glob: string): RegExp {
  const parts = glob
    .split('/')
    .slice(1)
    .filter((part, index, all) => part !== '**' || all[index - 1] !== '**');
  return new RegExp(`^${parts.map((part) => (part === '**' ? '(?:/(?!\\.)[^/]+)*' : `/${partPattern(part)}`)).join('')}$`);
}

/** One name of a path. Groups such as `!(*.d|*.spec)` may stand in each other. */
function partPattern(part: string): string {
  const pattern = groupsToPattern(part);
  return /^[*?[!+@]/.test(part) ? `(?!\\.)${pattern}` : pattern;
}

function groupsToPattern(part: string): string {
  const group = /[@+*?!]\(/.exec(part);
  const end = group ? closingParenthesis(part, group.index + 1) : -1;
  if (!group || end < 0) return wildcardsToPattern(part);
  const before = wildcardsToPattern(part.slice(0, group.index));
  const choices = splitChoices(part.slice(group.index + 2, end))
    .map(groupsToPattern)
    .join('|');
  const after = groupsToPattern(part.slice(end + 1));
  const sign = group[0].charAt(0);
  // What must not be is told together with what follows: `!(*.d).ts` is any `.ts` but `.d.ts`.
  if (sign === '!') return `${before}(?!(?:${choices})${after}(?:/|$))[^/]*?${after}`;
  // Whatever may be repeated as often as one likes is anything, and as such quick to tell.
  if ((sign === '+' || sign === '*') && choices.includes('*')) return `${before}[^/]*${after}`;
  return `${before}(?:${choices})${sign === '@' ? '' : sign}${after}`;
}

function closingParenthesis(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return at;
  }
  return -1;
}

/** `a|@(b|c)` → `a`, `@(b|c)`. */
function splitChoices(text: string): string[] {
  const choices = [''];
  let depth = 0;
  for (const character of text) {
    if (character === '|' && depth === 0) choices.push('');
    else choices.push((choices.pop() ?? '') + character);
    if (character === '(') depth++;
    else if (character === ')') depth--;
  }
  return choices;
}

function wildcardsToPattern(part: string): string {
  return part.replace(/\[([!^]?)([^\][/\\]+)\]|\*+|[?]|[.+^${}()|[\]\\]/g, (token, negated: string, set: string | undefined) => {
    if (set !== undefined) return isRangeOrdered(set) ? `[${negated ? '^/' : ''}${set.replaceAll('^', '\\^')}]` : escaped(token);
    if (token.startsWith('*')) return '[^/]*';
    return token === '?' ? '[^/]' : `\\${token}`;
  });
}

/** `[z-a]` is no set in a regular expression. */
function isRangeOrdered(set: string): boolean {
  return [...set.matchAll(/(.)-(.)/gs)].every(([, from = '', to = '']) => from <= to);
}

function escaped(text: string): string {
  return text.replace(/[.+^${}()|[\]\\*?-]/g, '\\$&');
}

/** The folder that relative globs of a DataSource start from, where no package encloses it. */
export function globBase(packageFolder: string, file: string): string {
  return packageFolder === '' ? folderOf(file) : packageFolder;
}
