import { actionsOn, type Subject } from './action';

/*
 * Actions of other screens, by key and from the palette. The subject is the screen, which runs them.
 */

type WireScreen = Subject & {
  isAny: boolean;
  isOpen: boolean;
  focusFilter: () => void;
  step: (by: 1 | -1) => void;
  exportHar: () => void;
  copyCurl: () => void;
  /** Undefined for a request that no sample shows. */
  openAsCode: (() => void) | undefined;
};

/** What is done in the log of requests. */
export const wireActions = actionsOn<WireScreen>()('wire', 'View', {
  filter: { label: 'Filter requests', keys: ['/'], run: ({ focusFilter }) => focusFilter() },
  // The log takes these itself when it has the focus.
  next: { label: 'Next request', keys: ['j', 'ArrowDown'], run: ({ step }) => step(1) },
  previous: { label: 'Previous request', keys: ['k', 'ArrowUp'], run: ({ step }) => step(-1) },
  har: { label: 'Export HAR', isEnabled: ({ isAny }) => isAny, run: ({ exportHar }) => exportHar() },
  curl: { label: 'Copy as curl', keys: ['c'], isEnabled: ({ isOpen }) => isOpen, run: ({ copyCurl }) => copyCurl() },
  copyAs: {
    label: 'Copy as…',
    title: 'Copy the request as code',
    isEnabled: ({ openAsCode }) => openAsCode !== undefined,
    run: ({ openAsCode }) => openAsCode?.(),
  },
});

/** What is done where a first connection is made. */
export const connectActions = actionsOn<Subject & { connect: () => void }>()('connect', 'Connections', {
  sandbox: { label: 'Open sandbox', keys: ['1'], run: ({ connect }) => connect() },
  azurite: { label: 'Connect Azurite', keys: ['2'], run: ({ connect }) => connect() },
});

type SandboxClock = Subject & {
  isPaused: boolean;
  pause: () => void;
  step: () => void;
  skip: () => void;
  skipToLeaseEnd: () => void;
  isAnyLeased: boolean;
};

/** What is done to the sandbox. */
export const sandboxActions = actionsOn<SandboxClock>()('sandbox', 'Connections', {
  settings: { label: 'Sandbox clock, faults and contents', opens: 'sandbox' },
  pause: {
    label: ({ isPaused }) => (isPaused ? 'Resume the sandbox clock' : 'Pause the sandbox clock'),
    run: ({ pause }) => pause(),
  },
  step: { label: 'Step 1 s in the sandbox', run: ({ step }) => step() },
  skip: { label: 'Skip 30 s in the sandbox', run: ({ skip }) => skip() },
  leaseEnd: {
    label: 'Skip to the next lease end in the sandbox',
    isEnabled: ({ isAnyLeased }) => isAnyLeased,
    run: ({ skipToLeaseEnd }) => skipToLeaseEnd(),
  },
});
