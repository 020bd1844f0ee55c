/** What is shown where there is nothing to show, and the end of motion for who asked for it. */
import { css } from 'lit';

export const states = css`
  .state {
    max-width: 560px;
    margin: auto;
    padding: 12px 20px;
    display: flex;
    flex-direction: column;
    gap: 8px;
    line-height: 20px;
  }
  .right > .state {
    min-height: 0;
    overflow: auto;
  }
  rl-profiler > .state {
    height: 100%;
    box-sizing: border-box;
    justify-content: center;
  }
  rl-profiler .state h2,
  rl-profiler .state h3 {
    font-size: 15px;
    font-weight: 600;
  }
  .state .actions {
    margin-top: 4px;
  }
  .state .note {
    padding: 0 !important;
  }
  rl-profiler .reasons {
    margin: 0;
    padding-inline-start: 18px;
    color: var(--rl-dim);
  }
  .reasons code {
    overflow-wrap: anywhere;
  }
  .new-run {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    padding: 5px 12px;
    line-height: 18px;
    border-bottom: 1px solid var(--rl-border);
    background: var(--vscode-editorWidget-background);
  }
  .new-run p {
    flex: 1 1 260px;
  }
  .new-run details {
    flex-basis: 100%;
    order: 1;
  }

  @media (prefers-reduced-motion: reduce) {
    rl-profiler * {
      animation: none !important;
      transition: none !important;
    }
  }
  .vscode-reduce-motion rl-profiler * {
    animation: none !important;
    transition: none !important;
  }
`;
