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
import { compositeJoinColumnIncomplete, compositePartialReference, fkReferencedNotUnique } from './foreignKeyReferences';
import { duplicateAssociation } from './duplicateAssociation';
import { duplicateDbColumn } from './duplicateDbColumn';
import { duplicateTable } from './duplicateTable';
import { eagerFanOut } from './eagerFanOut';
import { fkDuplicateColumn } from './fkDuplicateColumn';
import { fkNullableMismatch } from './fkNullableMismatch';
import { indexRedundant } from './indexRedundant';
import { joinTableEqualsEntityTable, joinTableShared } from './joinTables';
import { m2mOnDeleteHalf } from './m2mOnDeleteHalf';
import { m2oUnique } from './m2oUnique';
import { noFkConstraint } from './noFkConstraint';
import { relationToStiChild } from './relationToStiChild';
import { lazyWithoutPromise, relationTypeMismatch } from './relationTypes';
import { stiPropertyClash } from './stiPropertyClash';
import { treeIncomplete } from './treeIncomplete';
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
  relationTypeMismatch,
  lazyWithoutPromise,
  duplicateAssociation,
  m2oUnique,
  relationToStiChild,
  stiPropertyClash,
  treeIncomplete,
  duplicateTable,
  duplicateDbColumn,
  joinTableEqualsEntityTable,
  joinTableShared,
  fkNoIndex,
  indexRedundant,
  fkDuplicateColumn,
  fkNullableMismatch,
  fkReferencedNotUnique,
  compositeJoinColumnIncomplete,
  compositePartialReference,
  noFkConstraint,
  m2mOnDeleteHalf,
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
  eagerFanOut,
  eagerAndLazy,
];
