/** package.json and the code that answers for it: everything contributed has its constant, every constant is contributed. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../../package.json';
import {
  COMMANDS,
  EMPTY_CONTEXT_KEY,
  ENTITY_ITEM,
  PANELS,
  RELATION_ITEM,
  SETTINGS,
  STATE_CONTEXT_KEY,
  VIEWS,
  VIEW_CONTAINERS,
} from '../../../src/extension/contributions';
import { DEBUG_TYPE } from '../../../src/protocol/debug';

const { contributes, activationEvents } = manifest;
const sorted = (names: readonly string[]) => [...names].sort();

const commandsIn = (text: string) => [...text.matchAll(/\(command:([\w.]+)/g)].map(([, command]) => command);

describe('contributions', () => {
  it('have a command for each constant, and back', () => {
    expect(sorted(contributes.commands.map(({ command }) => command))).toEqual(sorted(Object.values(COMMANDS)));
  });

  it('have a view and container for each constant, and back', () => {
    expect(sorted(Object.values(contributes.views).flatMap((views) => views.map(({ id }) => id)))).toEqual(sorted(Object.values(VIEWS)));
    expect(sorted(Object.values(contributes.viewsContainers).flatMap((containers) => containers.map(({ id }) => id)))).toEqual(
      sorted(Object.values(VIEW_CONTAINERS)),
    );
    expect(sorted(Object.keys(contributes.views))).toEqual(sorted(Object.values(VIEW_CONTAINERS)));
  });

  it('declare every setting that the extension reads', () => {
    const declared = Object.keys(contributes.configuration.properties);
    expect(declared).toEqual(expect.arrayContaining(Object.values(SETTINGS)));
  });

  it('describe every setting in a sentence', () => {
    for (const [name, { markdownDescription }] of Object.entries(contributes.configuration.properties)) {
      expect(markdownDescription, name).toMatch(/^[A-Z].+\.$/s);
    }
  });

  it('are explained in the README, every setting of them', () => {
    const readme = readFileSync(path.resolve(__dirname, '../../../README.md'), 'utf8');
    for (const name of Object.keys(contributes.configuration.properties)) expect(readme).toContain(`\`${name}\``);
  });

  it('contribute the debug type that the adapter speaks for', () => {
    expect(contributes.debuggers.map(({ type }) => type)).toEqual([DEBUG_TYPE]);
  });

  it('can be debugged before the extension has looked at the workspace: F5 may be what wakes it up', () => {
    for (const contributed of contributes.debuggers) expect(contributed).not.toHaveProperty('when');
    expect(activationEvents).toEqual(expect.arrayContaining([`onDebugResolve:${DEBUG_TYPE}`, 'onDebugResolve:node', 'onDebugResolve:pwa-node']));
  });

  it('wake the extension up when one of its panels is restored', () => {
    const restored = activationEvents.filter((event) => event.startsWith('onWebviewPanel:')).map((event) => event.slice('onWebviewPanel:'.length));
    expect(sorted(restored)).toEqual(sorted(Object.values(PANELS)));
  });

  it('lead through the walkthrough with commands and pictures that exist', () => {
    const known = [...Object.values<string>(COMMANDS), 'workbench.action.debug.restart', 'workbench.action.openWalkthrough', 'vscode.openFolder'];
    const [walkthrough] = contributes.walkthroughs;
    for (const { description, media, completionEvents } of walkthrough?.steps ?? []) {
      const svg = readFileSync(path.resolve(__dirname, '../../..', media.svg), 'utf8');
      expect(svg).toContain(media.altText);
      // Colours come from the theme; what stands behind a comma is for a theme that lacks one.
      expect(svg.replace(/var\([^()]*(?:\([^()]*\)[^()]*)*\)/g, '')).not.toMatch(/#[\da-f]{3,8}\b/i);
      for (const command of commandsIn(description)) expect(known).toContain(command);
      const events = completionEvents.map((event) => event.replace(/^on(?:Command|View):/, ''));
      for (const event of events) expect([...known, ...Object.values<string>(VIEWS)]).toContain(event);
    }
    for (const { contents } of contributes.viewsWelcome) {
      for (const command of commandsIn(contents)) expect(known).toContain(command);
      expect(decodeURIComponent(contents)).toContain(`["${manifest.publisher}.${manifest.name}#${walkthrough?.id}"]`.slice(2, -2));
    }
  });

  it('use only commands, views and context keys that exist', () => {
    const menus = Object.values(contributes.menus).flat();
    const commands = Object.values<string>(COMMANDS);
    for (const { command } of menus) expect(commands).toContain(command);
    const conditions = JSON.stringify([menus, contributes.views, contributes.viewsWelcome, contributes.commands]);
    const keys = new Set([...conditions.matchAll(/relationLens\.(?:state|noEntities)\b/g)].map(([key]) => key));
    expect(sorted([...keys])).toEqual(sorted([STATE_CONTEXT_KEY, EMPTY_CONTEXT_KEY]));
    for (const [, view] of conditions.matchAll(/view == ([\w.]+)/g)) expect(Object.values<string>(VIEWS)).toContain(view);
    for (const [, panel] of conditions.matchAll(/activeWebviewPanelId == '([\w.]+)'/g)) expect(Object.values<string>(PANELS)).toContain(panel);
  });

  it('offer the tree’s inline action for the items that the tree marks', () => {
    const patterns = contributes.menus['view/item/context'].map(({ when }) => /viewItem =~ \/(.+)\//.exec(when)?.[1] ?? '');
    for (const pattern of patterns) for (const item of [ENTITY_ITEM, RELATION_ITEM]) expect(item).toMatch(new RegExp(pattern));
  });

  it('run no app in an untrusted workspace', () => {
    const starting: readonly string[] = [COMMANDS.runWithProfiler, COMMANDS.runFileWithProfiler, COMMANDS.copyProfilerEnvironment];
    for (const { command, ...rest } of contributes.commands) {
      if (starting.includes(command)) expect((rest as { enablement?: string }).enablement).toContain('isWorkspaceTrusted');
    }
    expect(manifest.capabilities.untrustedWorkspaces).toMatchObject({ supported: 'limited', restrictedConfigurations: [SETTINGS.profilerMode] });
  });
});
