import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { PATIENCE_MS, waitFor } from './waiting';

const screenshotDirectory = path.join(__dirname, '../../screenshots');
/** For the first list that is opened; a later one is given more. */
const LIST_PATIENCE_MS = 5_000;
/** How long a picked file may take to be the active tab before it is picked again. */
const TAB_PATIENCE_MS = 15_000;
const quickInput = '.quick-input-widget';
const hoverContents = '.monaco-editor .monaco-hover-content, .monaco-resizable-hover .monaco-hover-content, .workbench-hover .monaco-hover-content';

/** VS Code's window as a user sees it: everything goes through keys and what is on the screen. */
export class Workbench {
  #screenshots = 0;

  constructor(
    readonly page: Page,
    /** First part of the screenshots' file names. */
    private readonly name: string,
  ) {
    mkdirSync(screenshotDirectory, { recursive: true });
    const old = readdirSync(screenshotDirectory).filter((file) => file.startsWith(`${name}-`));
    for (const file of old) rmSync(path.join(screenshotDirectory, file));
  }

  async ready(): Promise<void> {
    await this.page.waitForSelector('.monaco-workbench .statusbar-item');
  }

  /** What the window says of itself, for the report of a failure: of the debug run, and in notifications and dialogs. */
  async words(): Promise<string> {
    const said = [`Debugging: ${await this.isDebugging()}`];
    for (const selector of ['.monaco-dialog-box', '.notifications-toasts .notification-list-item']) said.push(await this.#visibleText(selector));
    await this.press('Escape');
    said.push(`Debug console:\n${await this.waitForConsole(/./)}`);
    return said.filter((text) => text !== '').join('\n');
  }

  /** Text of the debug console, once it matches. It is brought to the front again where a run's beginning or end has put something before it. */
  waitForConsole(expected: RegExp): Promise<string> {
    return waitFor(
      async () => {
        await this.command('Debug Console: Focus on Debug Console View');
        const text = await this.#visibleText('.repl');
        return expected.test(text) && text;
      },
      { what: `${expected} in the debug console` },
    );
  }

  /** Runs a command by its title, as the command palette shows it. */
  async command(title: string): Promise<void> {
    await this.#openAndPick('F1', title, title);
  }

  /** As a user does it: VS Code keeps what it will show again. A reload of the page from outside would not give it the time. */
  async reloadWindow(): Promise<void> {
    const reloaded = this.page.waitForEvent('domcontentloaded');
    await this.command('Developer: Reload Window');
    await reloaded;
    await this.ready();
  }

  /** Chooses a row of the list that a command opened. */
  choose(label: string): Promise<void> {
    return this.#pick(label, label, PATIENCE_MS);
  }

  /** What the list on top offers, in its order, once a label is among it. The list stays open. */
  async offered(label: string, patienceMs = PATIENCE_MS): Promise<string[]> {
    const labels = this.page.locator(`${quickInput} .monaco-list-row .label-name`);
    await labels.getByText(label, { exact: true }).first().waitFor({ state: 'visible', timeout: patienceMs });
    return (await labels.allInnerTexts()).map(oneLine);
  }

  /** The same of a list that keys open. */
  offeredBy(keys: string, label: string): Promise<string[]> {
    return this.#openList(keys, label, (patienceMs) => this.offered(label, patienceMs));
  }

  /** Opens a file of the workspace at a 1-based place. */
  async openFile(file: string, line = 1, column = 1): Promise<void> {
    const label = path.basename(file);
    await waitFor(
      async () => {
        await this.#openAndPick('Control+p', `${file}:${line}:${column}`, label);
        // A list that closes by itself, as when a hover takes the focus back, opens nothing.
        return this.waitForTab(label, TAB_PATIENCE_MS).then(
          () => true,
          () => false,
        );
      },
      { what: `the tab of ${label}` },
    );
    await this.page.waitForSelector('.editor-group-container.active .monaco-editor.focused');
    await this.waitForStatus(new RegExp(`Ln ${line}, Col ${column}\\b`));
  }

  press(keys: string): Promise<void> {
    // macOS has Command where other systems have Control.
    return this.page.keyboard.press(keys.replace('Control+', 'ControlOrMeta+'));
  }

  /** Writes at the cursor, as a paste does: nothing is completed or closed on the way. */
  insert(text: string): Promise<void> {
    return this.page.keyboard.insertText(text);
  }

  async save(): Promise<void> {
    await this.press('Control+s');
    await this.page.waitForSelector('.editor-group-container.active .tab.active:not(.dirty)');
  }

  /** Text of the hover at the cursor, once it says something that matches. */
  hover(expected: RegExp): Promise<string> {
    return waitFor(
      async () => {
        await this.press('Control+k');
        await this.press('Control+i');
        const text = await this.#visibleText(hoverContents);
        return expected.test(text) && text;
      },
      { what: `a hover with ${expected}` },
    );
  }

  /** Takes a quick fix at the cursor by its title. */
  async applyQuickFix(title: RegExp): Promise<void> {
    await this.offersQuickFix(title);
    await this.screenshot('quick fix');
    await this.page.locator('.action-widget .monaco-list-row.action', { hasText: title }).first().click();
    await this.page.waitForSelector('.action-widget', { state: 'hidden' });
  }

  /** Waits until the list of quick fixes at the cursor has one of that title; the list stays open. */
  async offersQuickFix(title: RegExp): Promise<void> {
    const row = this.page.locator('.action-widget .monaco-list-row.action', { hasText: title }).first();
    await waitFor(
      async () => {
        if (!(await row.isVisible())) await this.press('Control+.');
        await row.waitFor({ state: 'visible', timeout: 3_000 });
        return true;
      },
      { what: `the quick fix ${title}` },
    );
  }

  /** Text of the status bar item that matches, once there is one. */
  waitForStatus(expected: RegExp): Promise<string> {
    return waitFor(async () => (await this.page.locator('.statusbar-item').allInnerTexts()).map(oneLine).find((text) => expected.test(text)), {
      what: `a status bar item with ${expected}`,
    });
  }

  /** Whether the active editor underlines something on the screen as a warning or information. */
  waitForSquiggle(): Promise<void> {
    return this.page
      .waitForSelector('.editor-group-container.active .squiggly-warning, .editor-group-container.active .squiggly-info')
      .then(() => {});
  }

  /** Waits until the debugger stands at a line of the active editor. */
  async waitForPause(timeoutMs = PATIENCE_MS): Promise<void> {
    await this.page.waitForSelector('.editor-group-container.active .debug-top-stack-frame-line', { timeout: timeoutMs });
  }

  /** Names of the open editors' files, sorted. */
  async openTabs(): Promise<string[]> {
    const names = await this.page
      .locator('.tabs-container .tab')
      .evaluateAll((tabs: readonly { dataset: Record<string, string> }[]) => tabs.map(({ dataset }) => dataset['resourceName'] ?? ''));
    return names.sort();
  }

  async waitForTab(name: string, timeoutMs = PATIENCE_MS): Promise<void> {
    await this.page.waitForSelector(`.editor-group-container.active .tab.active[data-resource-name="${name}"]`, { timeout: timeoutMs });
  }

  /** Text on the clipboard. */
  clipboard(): Promise<string> {
    return this.page.evaluate('navigator.clipboard.readText()');
  }

  /** Whether the command palette has a command. */
  async offersCommand(title: string): Promise<boolean> {
    await this.press('F1');
    const input = this.page.locator(`${quickInput} input[type="text"]`).first();
    await input.waitFor({ state: 'visible' });
    await this.insert(title);
    const rows = this.page.locator(`${quickInput} .monaco-list-row .label-name`);
    await rows.first().waitFor({ state: 'visible' });
    const titles = await waitFor(
      async () => {
        const shown = await rows.allInnerTexts();
        return shown.some((text) => text.includes('Relation Lens') || /No matching|similar/i.test(text)) && shown;
      },
      { what: `the palette’s answer to ${title}` },
    );
    await this.press('Escape');
    return titles.some((text) => oneLine(text) === title);
  }

  async waitForGone(selector: string): Promise<void> {
    await this.page.waitForSelector(selector, { state: 'hidden' });
  }

  /** Presses a button of the latest notification that has it. */
  clickNotification(button: string): Promise<void> {
    return this.page.locator('.notifications-toasts .monaco-button', { hasText: button }).first().click();
  }

  /** Text of the notification that matches, once it is shown. */
  waitForNotification(expected: RegExp): Promise<string> {
    return this.waitForText('.notifications-toasts', expected);
  }

  /** Answers a question that stands in the way of everything else; gives its words. */
  async answerDialog(button: string): Promise<string> {
    const dialog = this.page.locator('.monaco-dialog-box');
    await dialog.waitFor();
    const words = await dialog.innerText();
    await dialog.locator('.monaco-button', { hasText: button }).first().click();
    await dialog.waitFor({ state: 'detached' });
    return words.replaceAll('\u00a0', ' ');
  }

  /** Dismisses what is shown, so that the next of its kind is the one that is clicked. */
  async closeNotifications(): Promise<void> {
    await this.command('Notifications: Clear All Notifications');
    await this.page.waitForSelector('.notifications-toasts .notification-list-item', { state: 'hidden' });
  }

  /** Presses a button above the active editor. */
  titleAction(label: string): Promise<void> {
    return this.page.locator(`.editor-group-container.active .editor-actions .action-label[aria-label^="${label}"]`).first().click();
  }

  /** Brings the keys back to the active editor, from a panel or a notification. */
  async focusEditor(): Promise<void> {
    await this.command('View: Focus Active Editor Group');
    await this.page.waitForSelector('.editor-group-container.active .monaco-editor.focused');
  }

  /** Waits until the active editor holds nothing that is not saved. */
  async waitForClean(): Promise<void> {
    await this.page.waitForSelector('.editor-group-container.active .tab.active:not(.dirty)');
  }

  /** Answers the question in the input box on top. */
  async answer(text: string): Promise<void> {
    const input = this.page.locator(`${quickInput} input`).locator('visible=true').first();
    await input.waitFor({ state: 'visible' });
    await this.insert(text);
    await this.press('Enter');
  }

  isDebugging(): Promise<boolean> {
    return this.page.locator('.debug-toolbar').isVisible();
  }

  /** Waits until the visible editors show so many breakpoints. */
  waitForBreakpoints(count: number): Promise<unknown> {
    const glyphs = this.page.locator('.editor-instance .codicon-debug-breakpoint');
    // Once the debugger has answered, VS Code may show one breakpoint twice: in the margin, and within the line.
    const isShown = (shown: number): boolean => (count === 0 ? shown === 0 : shown >= count);
    return waitFor(async () => isShown(await glyphs.locator('visible=true').count()), { what: `${count} breakpoints` });
  }

  /** Opens a view container by the label of its icon. */
  async openContainer(label: string): Promise<void> {
    await this.page.locator(`.activitybar .action-label[aria-label^="${label}"], .panel .action-label[aria-label^="${label}"]`).first().click();
  }

  /** Waits until a visible editor shows matching text. */
  waitForEditorText(expected: RegExp): Promise<string> {
    return this.waitForText('.editor-instance .view-lines', expected);
  }

  /** Text that a part of the window shows, once it matches. */
  waitForText(selector: string, expected: RegExp): Promise<string> {
    return waitFor(
      async () => {
        const text = await this.#visibleText(selector);
        return expected.test(text) && text;
      },
      { what: `${expected} in ${selector}` },
    );
  }

  /** The webview frame whose document holds the element. */
  webview(selector: string): Promise<Frame> {
    return waitFor(
      async () => {
        for (const frame of this.page.frames()) {
          if ((await frame.$(selector).catch(() => null)) !== null) return frame;
        }
        return null;
      },
      { what: `a webview with ${selector}` },
    );
  }

  /** Keeps a picture in test/screenshots, numbered in the order of the steps. */
  async screenshot(step: string): Promise<void> {
    const number = String(++this.#screenshots).padStart(2, '0');
    await this.page.screenshot({ path: path.join(screenshotDirectory, `${this.name}-${number}-${step.replace(/\W+/g, '-')}.png`) });
  }

  #openAndPick(keys: string, text: string, label: string): Promise<true> {
    return this.#openList(keys, label, (patienceMs) => this.#pick(text, label, patienceMs).then(() => true as const));
  }

  /** A list shows what there was at the moment it opened: a command may not be enabled yet, a file not be found. So it is opened again. */
  #openList<T>(keys: string, label: string, read: (patienceMs: number) => Promise<T>): Promise<T> {
    let patienceMs = LIST_PATIENCE_MS;
    return waitFor(
      async () => {
        await this.press(keys);
        const opened = read(patienceMs);
        // A list that is slow to come on a busy machine must be given more time than the one before it.
        patienceMs *= 1.5;
        return opened.catch(() => this.press('Escape').then(() => false as const));
      },
      { what: `${label} in the list of ${keys}` },
    );
  }

  async #pick(text: string, label: string, patienceMs: number): Promise<void> {
    const input = this.page.locator(`${quickInput} input[type="text"]`).first();
    // Keys pressed while a webview is being loaded are lost.
    await input.waitFor({ state: 'visible', timeout: patienceMs });
    // Appended: some lists begin with a prefix that says what they list.
    await input.press('End');
    await this.insert(text);
    const asked = await input.inputValue();
    const row = this.page
      .locator(`${quickInput} .monaco-list-row`)
      .filter({ has: this.page.locator('.label-name').getByText(label, { exact: true }) })
      .first();
    await row.waitFor({ state: 'visible', timeout: patienceMs });
    await row.click();
    // The command may ask for the next thing in the same place.
    await waitFor(async () => !(await input.isVisible()) || (await input.inputValue()) !== asked, { what: `${label} to be taken` });
  }

  async #visibleText(selector: string): Promise<string> {
    const texts = await this.page.locator(selector).locator('visible=true').allInnerTexts();
    // The editor draws spaces as no-break spaces.
    return texts.join('\n').replaceAll('\u00a0', ' ');
  }
}

/** Labels in the workbench keep words together with no-break spaces. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
