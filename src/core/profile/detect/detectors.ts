/** All detectors, in the order in which they speak: what an earlier one has explained, a later one leaves alone. */
import { copiedRelations } from './copiedRelations';
import { duplicateQuery } from './duplicateQuery';
import type { Detector } from './judging';
import { lazyNPlusOne } from './lazyNPlusOne';
import { loopNPlusOne } from './loopNPlusOne';
import { missingIndex } from './missingIndex';
import { ormFanOut } from './ormFanOut';
import { overFetchedColumns } from './overFetchedColumns';
import { queryBudget } from './queryBudget';
import { repeatedStatement } from './repeatedStatement';
import { rowMultiplication } from './rowMultiplication';
import { sequentialQueries } from './sequentialQueries';
import { slowQuery } from './slowQuery';
import { splitWrite } from './splitWrite';
import { unboundedResult } from './unboundedResult';
import { unloadedRelationRead } from './unloadedRelationRead';
import { unsavedRelation } from './unsavedRelation';
import { unusedEagerLoad } from './unusedEagerLoad';
import { writeNPlusOne } from './writeNPlusOne';
import { writeWithoutEffect } from './writeWithoutEffect';

export const detectors: readonly Detector[] = [
  copiedRelations,
  lazyNPlusOne,
  loopNPlusOne,
  repeatedStatement,
  writeNPlusOne,
  ormFanOut,
  duplicateQuery,
  rowMultiplication,
  unboundedResult,
  unloadedRelationRead,
  unusedEagerLoad,
  overFetchedColumns,
  sequentialQueries,
  slowQuery,
  missingIndex,
  queryBudget,
  writeWithoutEffect,
  unsavedRelation,
  splitWrite,
];
