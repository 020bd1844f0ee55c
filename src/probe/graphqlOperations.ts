/**
 * A scope for every GraphQL operation, whatever server carries it: graphql-http, Apollo and mercurius all call `execute` of the package graphql, Yoga
 * that of @graphql-tools/executor. A request may carry several, so each has a scope of its own beside the request's.
 */
import { runScope } from './customScope';
import { type Definition, repeatedFields } from './graphqlFields';
import { patchMethod } from './patch';
import type { Recorder } from './recorder';
import { ResponseHash } from './responseHash';

interface ExecutionArguments {
  readonly document?: { readonly definitions?: readonly Definition[] };
  readonly operationName?: string | null;
}

/**
 * To be called as soon as the package is loaded, for servers may keep `execute` itself.
 * @param recorder undefined as long as there is no TypeORM in the process
 * @param execution exports of graphql/execution/execute, or of @graphql-tools/executor's
 */
export function hookGraphql(recorder: () => Recorder | undefined, execution: unknown): void {
  if (typeof execution !== 'object' || execution === null) return;
  patchMethod(
    execution,
    'execute',
    (original) =>
      function (this: unknown, ...args) {
        const current = recorder();
        const asked = current?.active ? operationOf(args) : undefined;
        if (!current || asked === undefined) return original.apply(this, args);
        const facts = { asked: repeatedFields(asked.operation, asked.definitions) };
        return runScope(current, 'graphql', nameOf(asked.operation), () => original.apply(this, args), hashOf, undefined, facts);
      },
  );
}

interface Asked {
  readonly operation: Definition;
  /** Of its document, fragments among them. */
  readonly definitions: readonly Definition[];
}

/**
 * Undefined where there is no such operation, for which graphql has an error of its own, and for one that asks about the schema alone, as tools
 * do again and again: no code of the app runs for it.
 */
function operationOf(args: readonly unknown[]): Asked | undefined {
  const { document, operationName } = argumentsOf(args);
  const definitions = document?.definitions ?? [];
  const operations = definitions.filter(({ kind }) => kind === 'OperationDefinition');
  const operation = operationName ? operations.find(({ name }) => name?.value === operationName) : operations[0];
  return !operation || asksAboutSchema(operation) ? undefined : { operation, definitions };
}

/** `GraphQL query Authors` */
function nameOf({ operation, name }: Definition): string {
  return ['GraphQL', operation ?? 'query', name?.value ?? '(unnamed)'].join(' ');
}

/** GraphQL keeps names that begin with `__` for introspection (GraphQL specification, "Names"). */
function asksAboutSchema({ selectionSet }: Definition): boolean {
  const selections = selectionSet?.selections ?? [];
  return selections.length > 0 && selections.every(({ kind, name }) => kind === 'Field' && name?.value.startsWith('__'));
}

/** Until graphql 16 the arguments could also be given one by one: schema, document, root, context, variables, operation name. */
function argumentsOf(args: readonly unknown[]): ExecutionArguments {
  const [first, document, , , , operationName] = args;
  if (args.length === 1) return (first ?? {}) as ExecutionArguments;
  return {
    document: document as NonNullable<ExecutionArguments['document']>,
    operationName: typeof operationName === 'string' ? operationName : null,
  };
}

/** Of the result as it will be sent. */
function hashOf(result: unknown): string | null {
  try {
    const hash = new ResponseHash();
    hash.add(JSON.stringify(result), 'utf8');
    return hash.digest();
  } catch {
    return null;
  }
}
