import * as vscode from 'vscode';
import { openSource, type SourcePlace } from './openSource';

/** Sets a breakpoint at a line, unless it has one, and shows it. */
export async function pauseAt(place: SourcePlace): Promise<void> {
  const uri = vscode.Uri.file(place.file);
  const line = Math.max(0, place.line - 1);
  const isThere = vscode.debug.breakpoints.some(
    (breakpoint) =>
      breakpoint instanceof vscode.SourceBreakpoint &&
      breakpoint.enabled &&
      breakpoint.location.uri.toString() === uri.toString() &&
      breakpoint.location.range.start.line === line,
  );
  if (!isThere) vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(new vscode.Location(uri, new vscode.Position(line, 0)))]);
  await openSource(place);
}
