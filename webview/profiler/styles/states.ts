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
