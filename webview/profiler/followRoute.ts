/** Which route is open where nothing else was asked for. No DOM in here. */
import type { Selection } from './panelState';
import type { Route, RunStore } from './runStore';

/**
 * A route that is open stays open, in the newest run as soon as that has it. With nothing open it is the first; what opened by itself gives
 * way to a route that has more to say, until the user has looked at it.
 */
export function routeToFollow(store: RunStore, selection: Selection | null): Route | null {
  const latestRun = store.latestRun();
  const open = selection && (store.route(latestRun?.id ?? '', selection.name) ?? store.route(selection.runId, selection.name));
  if (open && (selection.chosen || weight(open) === MOST)) return open;
  const best = worthOpening(store.routes(latestRun?.id ?? ''), latestRun?.state === 'ended');
  return open && best && weight(best) <= weight(open) ? open : best;
}

function worthOpening(all: readonly Route[], hasEnded: boolean): Route | null {
  const requests = all.filter(({ latest }) => latest.kind !== 'unattributed');
  // A script has none: what it asked is there as soon as it has ended.
  const routes = requests.length > 0 || !hasEnded ? requests : all;
  return routes.reduce<Route | null>((most, route) => (most === null || weight(route) > weight(most) ? route : most), null);
}

const MOST = 3;

function weight({ warnings, infos, latest }: Route): number {
  if (warnings > 0) return MOST;
  if (infos > 0) return 2;
  return latest.queryCount > 0 ? 1 : 0;
}
