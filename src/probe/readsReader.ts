/**
 * Who reads a property: the app's own code, or something that copies or prints the whole object. Told from the two innermost frames;
 * native functions stand there without a file.
 */
import type { ReadManner } from '../protocol/probeReads';

export interface Reader {
  readonly manner: ReadManner;
  /** Where the app's code stands that reads; undefined where it is not the app's. Several properties read at one place are copied. */
  readonly place: string | undefined;
}

/** What reads the one property that a field of a query names, where the app has no resolver of its own for it. */
const RESOLVERS = /[\\/]node_modules[\\/](?:graphql[\\/]execution|graphql-jit|type-graphql|@nestjs[\\/]graphql|@graphql-tools)[\\/]/;

const typeormFolders: string[] = [];

/** Where a copy of TypeORM lies, with a separator at its end: what it reads is its own affair. */
export function noteTypeormFolder(folder: string): void {
  typeormFolders.push(folder);
}

/** @param getter the function that the property read called */
export function readerAbove(getter: object): Reader {
  const frame = innermostFrame(getter);
  if (frame === undefined) return { manner: 'copied', place: undefined };
  const file = frame.getFileName() ?? compilerOf(frame);
  if (!file) return { manner: frame.getFunctionName() === 'stringify' ? 'serialised' : isReflectGet(frame) ? 'code' : 'copied', place: undefined };
  if (typeormFolders.some((folder) => file.startsWith(folder))) return { manner: 'orm', place: undefined };
  if (RESOLVERS.test(file)) return { manner: 'resolved', place: undefined };
  // `util.inspect`, `assert.deepEqual`, `v8.serialize`; class-transformer, lodash.
  if (file.startsWith('node:') || /[\\/]node_modules[\\/]/.test(file)) return { manner: 'copied', place: undefined };
  return { manner: 'code', place: `${file}:${frame.getPosition()}` };
}

/** The file of a package whose `new Function` made the reading code: graphql-jit compiles queries. */
function compilerOf(frame: NodeJS.CallSite): string | undefined {
  const origin = frame.isEval() ? frame.getEvalOrigin() : undefined;
  return origin === undefined ? undefined : /\(([^()]*[\\/]node_modules[\\/][^()]*?)(?::\d+)*\)/.exec(origin)?.[1];
}

function isReflectGet(frame: NodeJS.CallSite): boolean {
  return frame.getTypeName() === 'Reflect';
}

/** Both settings of `Error` that this needs are the app's own: they are put back before anything else runs. */
function innermostFrame(below: object): NodeJS.CallSite | undefined {
  const limit = Error.stackTraceLimit;
  const prepare = Error.prepareStackTrace;
  const holder: { stack?: unknown } = {};
  try {
    Error.stackTraceLimit = 1;
    Error.prepareStackTrace = keepCallSites;
    Error.captureStackTrace(holder, below as () => void);
    return Array.isArray(holder.stack) ? (holder.stack[0] as NodeJS.CallSite | undefined) : undefined;
  } finally {
    Error.stackTraceLimit = limit;
    Error.prepareStackTrace = prepare;
  }
}

function keepCallSites(_error: unknown, callSites: NodeJS.CallSite[]): NodeJS.CallSite[] {
  return callSites;
}
