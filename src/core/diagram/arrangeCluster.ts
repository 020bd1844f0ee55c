/**
 * How a cluster is arranged where there is time: our own columns first, which take a millisecond, in several shapes: with other tables in
 * each column other relations cross, and the best of five has half of the crossings. Where many are left, ELK arranges the cluster too, and
 * the picture with fewer is kept: in every fifth of them it finds one.
 */
import type { Point } from './geometry';
import { createElkArrange, type Elk } from './elkArrange';
import { arrangeLayered, usualAspect } from './layered/arrangeLayered';
import type { ArrangeCluster } from './layoutDiagram';
import type { Cluster } from './partition';
import { isLess, tangleOf, type Tangle } from './tangle';

/** Width ÷ height of the shapes that are tried where relations cross in the usual one. */
const otherAspects = [1.1, 2, 0.8, 2.7];
/** ELK is not asked where relations cross no more often than this: it takes as long as hundreds of our own columns, and seldom finds a way out. */
const bearable = 4;

/** @param elk called where ELK is to be asked: it takes a moment to load. Null where it could not be. */
export function createArrange(elk: () => Elk | null): ArrangeCluster {
  return (cluster) => {
    const own = inBestShape(cluster);
    if (own.tangle.crossings <= bearable) return own.corners;
    const loaded = elk();
    const other = loaded && attempt(() => createElkArrange(loaded)(cluster));
    return other && isLess(tangleOf(cluster, other), own.tangle) ? other : own.corners;
  };
}

interface Arranged {
  readonly corners: readonly Point[];
  readonly tangle: Tangle;
}

function inBestShape(cluster: Cluster): Arranged {
  let best = inShape(cluster, usualAspect);
  for (const aspect of otherAspects) {
    if (best.tangle.crossings === 0) break;
    const other = inShape(cluster, aspect);
    if (isLess(other.tangle, best.tangle)) best = other;
  }
  return best;
}

function inShape(cluster: Cluster, aspect: number): Arranged {
  const corners = arrangeLayered(cluster, aspect);
  return { corners, tangle: tangleOf(cluster, corners) };
}

/** ELK is a large program that was translated from Java; where it fails on a cluster there is a picture all the same. */
function attempt<Result>(act: () => Result): Result | null {
  try {
    return act();
  } catch {
    return null;
  }
}
