/** Which of the project's DataSources an entity belongs to, and what they say about its names. */
import type { GraphProblem } from '../../model/relationGraph';
import type { TargetKey } from './declarations';
import { matchesGlobs } from './entityGlobs';
import { folderOf } from './paths';
import { defaultProjectNaming, type Naming } from './namingOfProject';

export interface DataSourceOptions {
  readonly file: string;
  /** What it is called: its `name` option, else the variable that holds it, else its file. */
  readonly name: string;
  readonly naming: Naming;
  /** True where the options say anything about names. */
  readonly isNaming: boolean;
  /** Classes and schemas that the options list by name, as ids of entities. */
  readonly entities: readonly TargetKey[];
  /** Globs of files whose classes are its entities, as written. */
  readonly entityGlobs: readonly string[];
  /** False for options that leave it to others to say which entities they are for. */
  readonly saysEntities: boolean;
  /** True where the options list all that they load, and every item of the list is known. */
  readonly listsAll: boolean;
  /** False for options that apply only where a variable of the environment is set. */
  readonly isChosen: boolean;
  readonly problems: readonly GraphProblem[];
}

/** True where all that DataSources list is known, and this entity is not among it: neither by itself nor by a glob. */
export function isListedNowhere({ id, file }: { readonly id: TargetKey; readonly file: string }, all: readonly MatchedOptions[]): boolean {
  const listing = all.filter(({ options }) => options.saysEntities);
  const isKnown = ({ options, patterns }: MatchedOptions): boolean => (options.entityGlobs.length > 0 ? patterns : options.entities).length > 0;
  if (listing.length === 0 || !listing.every(isKnown)) return false;
  return !listing.some(({ options, patterns }) => options.entities.includes(id) || matchesGlobs(file, patterns));
}

/**
 * True where no DataSource of the workspace can load an entity, which TypeORM then never looks at. Options that do not tell all (a list put together
 * elsewhere, Nest's `autoLoadEntities`, a part of options) may stand for any.
 */
export function isLoadedNowhere({ id, file }: { readonly id: TargetKey; readonly file: string }, all: readonly MatchedOptions[]): boolean {
  const isTold = ({ options, patterns }: MatchedOptions): boolean => options.listsAll && (options.entityGlobs.length === 0 || patterns.length > 0);
  return all.length > 0 && all.every((each) => isTold(each) && !each.options.entities.includes(id) && !matchesGlobs(file, each.patterns));
}

/**
 * The options that apply to the entities of a file. First those that list one of its classes, then those whose globs match it,
 * then those of its own package, then any: of several, the ones that say something about names, and lie nearest.
 * @param all with the patterns that `resolveGlobs` made of their globs
 */
export function namingFor(file: string, matched: readonly MatchedOptions[], packageOf: (file: string) => string): Naming {
  const chosen = matched.filter(({ options }) => options.isChosen);
  // With one DataSource there is nothing to choose.
  if (chosen.length < 2) return chosen[0]?.options.naming ?? defaultProjectNaming;
  const all = chosen.map(({ options }) => options);
  const listed = listedFor(file, chosen, packageOf);
  const ownPackage = packageOf(file);
  const inPackage = all.filter((options) => packageOf(options.file) === ownPackage);
  const candidates = withoutMongoBesideSql(listed.length > 0 ? listed : inPackage.length > 0 ? inPackage : all);
  const naming = candidates.filter(({ isNaming }) => isNaming);
  const nearest = (naming.length > 0 ? naming : candidates).map((options) => ({
    options,
    near: sharedFolders(options.file, file) - (isTest(options.file) ? 100 : 0),
  }));
  nearest.sort((left, right) => right.near - left.near);
  return nearest[0]?.options.naming ?? defaultProjectNaming;
}

/** Options for several databases in one file are choices of one DataSource, whose names are those of its SQL databases. */
function withoutMongoBesideSql(options: readonly DataSourceOptions[]): readonly DataSourceOptions[] {
  const sqlFiles = new Set(options.filter(({ naming }) => !naming.isMongo).map(({ file }) => file));
  return options.filter(({ naming, file }) => !naming.isMongo || !sqlFiles.has(file));
}

export interface MatchedOptions {
  readonly options: DataSourceOptions;
  readonly patterns: readonly RegExp[];
}

function listedFor(file: string, matched: readonly MatchedOptions[], packageOf: (file: string) => string): DataSourceOptions[] {
  const byClass = matched.filter(({ options }) => options.entities.some((key) => key.startsWith(`${file}#`)));
  if (byClass.length > 0) return byClass.map(({ options }) => options);
  const byGlob = matched.filter(({ patterns }) => matchesGlobs(file, patterns)).map(({ options }) => options);
  if (byGlob.length === 0) return [];
  // Options are often put together from parts: one says where the entities are, another how they are named.
  const parts = matched.flatMap(({ options }) => (options.saysEntities ? [] : [options]));
  const packages = new Set(byGlob.map((options) => packageOf(options.file)));
  return [...byGlob, ...parts.filter((options) => packages.has(packageOf(options.file)))];
}

function isTest(file: string): boolean {
  return /\/(?:tests?|__tests__|e2e|fixtures?)\//.test(file);
}

function sharedFolders(left: string, right: string): number {
  const [first, second] = [folderOf(left).split('/'), folderOf(right).split('/')];
  const different = first.findIndex((part, index) => part !== second[index]);
  return different < 0 ? first.length : different;
}
