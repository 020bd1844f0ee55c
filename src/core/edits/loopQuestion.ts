/** What a loop asks the database in each turn, and how all of it is asked at once. */
import type ts from 'typescript';
import type { Entity, RelationGraph, SourceRange } from '../model/relationGraph';
import type { MethodCall } from './findCall';
import type { LoopKey } from './loopKey';
import type { Loop } from './loops';
import type { RowKey } from './rowKey';
import type { Change, SourceText } from './sourceText';

export interface BatchRequest {
  readonly graph: RelationGraph;
  /** The entity that the lookup asks for. */
  readonly entity: string;
  /** The entity of the loop's elements, where it is known. */
  readonly elementEntity: string | null;
  /** How many keys the measured loop asked for. */
  readonly keys: number;
  /** Driver that the loop was seen on; null where it is not known. */
  readonly driver: string | null;
  /** Whether the measured loop asked for a key of each row that it ran over: none was missing. */
  readonly wasAlwaysThere?: boolean;
  /** Whether the measured loop asked more often than there were rows that it runs over: some of them stand in its list twice. */
  readonly isRepeated?: boolean;
  /** How often the query ran whose rows the loop runs over, and how often it gave a key; absent where the keys come from elsewhere. */
  readonly parentCalls?: { readonly all: number; readonly fed: number };
  /** What the keys were when the loop was measured, as `Advice.keyTypes` names it; absent where that is not known. */
  readonly keyTypes?: readonly string[];
  /** Whether the entity says an order for all of its queries (`@Entity({ orderBy: … })`). */
  readonly isOrdered?: boolean;
  /** A property's declaration as it is written, decorators included; null where it is not found. */
  readonly declarationOf?: (property: { readonly source: SourceRange | null }) => string | null;
}

/** Where the question stands. */
export interface Asked {
  readonly source: SourceText;
  readonly loop: Loop;
  readonly call: MethodCall;
  readonly entity: Entity;
  readonly request: BatchRequest;
}

/** A number of rows, whether there are any, or what their values come to. */
export interface Measure {
  readonly what: 'COUNT' | 'EXISTS' | 'SUM' | 'AVG' | 'MIN' | 'MAX';
  /** `rating` of `sum('rating', …)`; null for counts. */
  readonly column: string | null;
}

/** One raw row of numbers for each key. */
export interface RawRows {
  /** What they are best called: `reviewTotals`. */
  readonly name: string;
  /** Type of one of them, as the code says it; null where it says none, so that it is any. */
  readonly type: string | null;
  /** Whether the row goes on as it is, in which the key would show. */
  readonly isSeenWhole: boolean;
  /** What stands for the row of a key that has none: `{ total: null }`; null where the code reads it like that anyway. */
  readonly ofNothing: string | null;
  /** Whether nobody can change a property's value in its place. */
  readonly isPlain: (property: string) => boolean;
}

export interface LoopQuestion {
  readonly kind: 'question';
  readonly call: MethodCall;
  readonly key: LoopKey;
  /** Property of the looked-up entity that has the key's value; a path where that stands in a related row. */
  readonly property: string;
  readonly rowKey: RowKey;
  /** Whether it asks for one row, or for all that have the key. */
  readonly one: boolean;
  /** Whether it gives the rows and how many they are. */
  readonly isCounted?: true;
  /** What of the call has to be the same in every turn. */
  readonly fixed: readonly ts.Node[];
  /** What is taken out of the loop besides. */
  readonly leftover?: readonly Change[];
  /** What of the rows is asked for, where it is not they themselves. */
  readonly measure?: Measure;
  /** The same, where a query builder gives a raw row of it. */
  readonly raw?: RawRows;
  /** The call's own text, asking for all `keys` (an expression). */
  readonly query: (keys: string) => string;
}
