/** Word functions of well-known packages, which naming strategies are made of. */
import { compositionExport } from './composition';
import { lodashFunction } from './lodash';
import { native, unknown, type NativeValue, type Value } from './values';

/** Lodash's words: runs of capitals, capitalised or small words, and digits on their own. */
function words(text: string): string[] {
  return text.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [];
}

const capitalize = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();

const conversions: Readonly<Record<string, (text: string) => string>> = {
  snakeCase: (text) => words(text).join('_').toLowerCase(),
  kebabCase: (text) => words(text).join('-').toLowerCase(),
  camelCase: (text) =>
    words(text)
      .map((word, index) => (index === 0 ? word.toLowerCase() : capitalize(word)))
      .join(''),
  upperFirst: (text) => text.charAt(0).toUpperCase() + text.slice(1),
  lowerFirst: (text) => text.charAt(0).toLowerCase() + text.slice(1),
  capitalize,
  toLower: (text) => text.toLowerCase(),
  toUpper: (text) => text.toUpperCase(),
};

/** `change-case` and its parts keep digits with the word before them. */
const snakeWithDigits = (text: string): string => (text.match(/[A-Z]+(?![a-z])\d*|[A-Z]?[a-z]+\d*|\d+/g) ?? []).join('_').toLowerCase();

const irregular: Readonly<Record<string, string>> = {
  person: 'people',
  child: 'children',
  man: 'men',
  woman: 'women',
  mouse: 'mice',
  foot: 'feet',
  tooth: 'teeth',
};
const uncountable = /(?:^|_)(?:data|equipment|fish|information|media|metadata|money|news|series|sheep|species|software)$/i;

/** Regular English plurals, and the few irregular ones that name tables. */
function pluralize(text: string): string {
  const last = /[A-Za-z]+$/.exec(text.replace(/([a-z])([A-Z])/g, '$1 $2'))?.[0] ?? '';
  const stem = text.slice(0, text.length - last.length);
  const known = irregular[last.toLowerCase()];
  if (uncountable.test(text)) return text;
  if (known) return stem + (last.charAt(0) === last.charAt(0).toUpperCase() ? capitalize(known) : known);
  if (/[^aeiou]y$/i.test(text)) return `${text.slice(0, -1)}ies`;
  if (/sis$/i.test(text)) return `${text.slice(0, -2)}es`;
  if (/(?:ss|us|x|z|ch|sh)$/i.test(text)) return `${text}es`;
  // What ends in any other s is plural already.
  return text.endsWith('s') ? text : `${text}s`;
}

/** Undefined where the package is none of these. */
export function textPackageExport(specifier: string, name: string): Value {
  const lodash = /^lodash(?:-es)?(?:[./](\w+))?$/.exec(specifier);
  if (lodash) return lodash[1] && lodash[1] !== 'fp' ? lodashMember(specifier, lodash[1]) : lodashExport(specifier, name);
  if (specifier === 'pluralize') return pluralizeModule;
  if (specifier === 'inflected' || specifier === 'inflection') return inflection(name);
  if (specifier === 'change-case' || specifier === 'snake-case')
    return name === 'snakeCase' ? native(name, convert(snakeWithDigits)) : lodashExport(specifier, name);
  return undefined;
}

/** As in Rails: `underscore` puts an underscore before each capital that follows a small letter or digit, or begins a word after others. */
const underscore = (text: string): string =>
  text
    .replace(/([A-Z\d]+)([A-Z][a-z])/g, '$1_$2')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/-/g, '_')
    .toLowerCase();

function inflection(name: string): Value {
  if (name === '*' || name === '=' || name === 'default') return { kind: 'namespace', get: inflection, names: () => ['underscore', 'pluralize'] };
  if (name === 'underscore') return native(name, convert(underscore));
  return name === 'pluralize' ? native(name, convert(pluralize)) : unknown;
}

function lodashExport(specifier: string, name: string): Value {
  if (name === '*' || name === '=' || name === 'default') {
    const get = (member: string): Value => compositionExport(specifier, member) ?? lodashExport(specifier, member);
    return { kind: 'namespace', get, names: () => Object.keys(conversions) };
  }
  return lodashMember(specifier, name);
}

/** `lodash/fp` takes what is worked on last, and changes nothing. */
function lodashMember(specifier: string, name: string): Value {
  return (/^lodash(?!\/fp$)/.test(specifier) ? lodashFunction(name) : undefined) ?? textFunction(name);
}

function textFunction(name: string): Value {
  const found = Object.entries(conversions).find(([key]) => key.toLowerCase() === name.toLowerCase());
  return found ? native(found[0], convert(found[1])) : unknown;
}

function convert(conversion: (text: string) => string): NativeValue['call'] {
  return ([text]) => (typeof text === 'string' ? conversion(text) : unknown);
}

const plural = native('plural', convert(pluralize));
const pluralizeModule = native(
  'pluralize',
  plural.call,
  new Map<string, Value>([
    ['plural', plural],
    ['default', plural],
  ]),
);
