/** Every rule, in the order of the handbook: the two sides, who owns, keys, deletion, fetching. */
import { arrayInitializer } from './arrayInitializer';
import { cascadeInvalidValue } from './cascadeInvalidValue';
import { cascadeRemoveBoth } from './cascadeRemoveBoth';
import { cascadeRemoveOnM2o } from './cascadeRemoveOnM2o';
import { cascadeRemoveWithoutOnDelete } from './cascadeRemoveWithoutOnDelete';
import { columnAndRelation } from './columnAndRelation';
import { eagerAndLazy } from './eagerAndLazy';
import { eagerCycle } from './eagerCycle';
import { eagerToMany } from './eagerToMany';
import { fkNoIndex } from './fkNoIndex';
import { inverseAsymmetric } from './inverseAsymmetric';
import { inverseKindMismatch } from './inverseKindMismatch';
import { inverseNotARelation } from './inverseNotARelation';
import { inverseOneSided } from './inverseOneSided';
import { inverseShared } from './inverseShared';
import { inverseUnknownProperty } from './inverseUnknownProperty';
import { inverseWrongTarget } from './inverseWrongTarget';
import { missingInverse } from './missingInverse';
import { nonOwnerWithoutInverse } from './nonOwnerWithoutInverse';
import { o2mWithoutInverse } from './o2mWithoutInverse';
import { joinColumnOnM2m } from './joinColumnOnM2m';
import { joinColumnOnO2m } from './joinColumnOnO2m';
import { joinTableOnNonM2m } from './joinTableOnNonM2m';
import { m2mCascadeRemove } from './m2mCascadeRemove';
import { m2mJoinTableBoth } from './m2mJoinTableBoth';
import { m2mNoJoinTable } from './m2mNoJoinTable';
import { o2oJoinColumnBoth } from './o2oJoinColumnBoth';
import { o2oNoJoinColumn } from './o2oNoJoinColumn';
import { onDeleteOnInverse } from './onDeleteOnInverse';
import { orphanNullifyNotNull } from './orphanNullifyNotNull';
import { orphanOnWrongSide } from './orphanOnWrongSide';
import type { Rule } from './rule';
import { setNullNotNull } from './setNullNotNull';

export const allRules: readonly Rule[] = [
  inverseUnknownProperty,
  inverseNotARelation,
  inverseKindMismatch,
  inverseWrongTarget,
  inverseAsymmetric,
  inverseShared,
  o2mWithoutInverse,
  inverseOneSided,
  nonOwnerWithoutInverse,
  missingInverse,
  o2oNoJoinColumn,
  o2oJoinColumnBoth,
  m2mNoJoinTable,
  m2mJoinTableBoth,
  joinColumnOnM2m,
  joinTableOnNonM2m,
  joinColumnOnO2m,
  columnAndRelation,
  arrayInitializer,
  fkNoIndex,
  onDeleteOnInverse,
  setNullNotNull,
  cascadeRemoveBoth,
  m2mCascadeRemove,
  cascadeRemoveOnM2o,
  cascadeRemoveWithoutOnDelete,
  cascadeInvalidValue,
  orphanOnWrongSide,
  orphanNullifyNotNull,
  eagerCycle,
  eagerToMany,
  eagerAndLazy,
];
